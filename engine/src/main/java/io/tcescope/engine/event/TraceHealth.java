package io.tcescope.engine.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a reader met: how much it read, what it skipped and why, what the recorder says it lost. */
public final class TraceHealth {
  /** Bad records whose places are kept for each reason; all are counted. */
  private static final int PLACES_KEPT = 5;

  /** Characters of a detail that are kept: a cell of a table may hold kilobytes. */
  private static final int MOST_DETAIL = 240;

  /** Where a bad record stands, and what is wrong with it. */
  public record Place(String file, long line, String detail) {
    @Override
    public String toString() {
      return file + ":" + line + ": " + detail;
    }
  }

  /** How often a reason to skip occurred, and the first places. */
  public record Skipped(long count, List<Place> first) {}

  /** Records of one name, and how many of them tell of a call that failed. */
  public record Records(long count, long failed) {}

  private final Map<String, Long> skippedCounts = new LinkedHashMap<>();
  private final Map<String, List<Place>> skippedPlaces = new LinkedHashMap<>();
  private final Map<String, Records> records = new TreeMap<>();
  private final List<String> remarks = new ArrayList<>();
  private long events;
  private long lines;
  private long lost;
  private boolean lostUnknown;
  private boolean damaged;

  /**
   * Counts a record that could not be read; {@code reason} is a short fixed phrase, {@code detail}
   * this case.
   */
  public void skipped(String reason, String file, long line, String detail) {
    skippedCounts.merge(reason, 1L, Long::sum);
    List<Place> places = skippedPlaces.computeIfAbsent(reason, r -> new ArrayList<>());
    if (places.size() < PLACES_KEPT) {
      places.add(new Place(file, line, cut(detail)));
    }
  }

  private static String cut(String detail) {
    return detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL) + "...";
  }

  /** Counts a record that ends in the middle or a file that is broken behind this point. */
  public void damaged(String reason, String file, long line, String detail) {
    damaged = true;
    skipped(reason, file, line, detail);
  }

  /** The recorder says that it lost {@code count} records, negative if it does not say how many. */
  public void lost(long count) {
    if (count < 0) {
      lostUnknown = true;
    } else {
      lost += count;
    }
  }

  /** Something worth saying once about the whole recording, such as an unknown CSV column. */
  public void remark(String remark) {
    if (!remarks.contains(remark)) {
      remarks.add(remark);
    }
  }

  /** Says how far the reader is. */
  public void progressed(long eventsRead, long linesRead) {
    events = eventsRead;
    lines = linesRead;
  }

  /** Says how many records of a name were read so far. */
  public void records(String name, long count, long failed) {
    records.put(name, new Records(count, failed));
  }

  /** Adds what another reader of the same run met. */
  public void add(TraceHealth other) {
    events += other.events;
    lines += other.lines;
    lost += other.lost;
    lostUnknown |= other.lostUnknown;
    other.records.forEach(
        (name, more) ->
            records.merge(
                name, more, (a, b) -> new Records(a.count() + b.count(), a.failed() + b.failed())));
    other.remarks.forEach(this::remark);
    other.skipped().forEach((reason, skipped) -> add(reason, skipped, other.damaged));
  }

  /** Adds what was skipped for one reason earlier, perhaps by another process. */
  public void add(String reason, Skipped skipped, boolean isDamage) {
    damaged |= isDamage;
    skippedCounts.merge(reason, skipped.count(), Long::sum);
    List<Place> places = skippedPlaces.computeIfAbsent(reason, r -> new ArrayList<>());
    skipped.first().stream().limit(Math.max(0, PLACES_KEPT - places.size())).forEach(places::add);
  }

  public long events() {
    return events;
  }

  /** Lines of text, or records of a binary. */
  public long lines() {
    return lines;
  }

  /** Records the recorder says it lost; a lower bound if {@link #lostUnknown()}. */
  public long lost() {
    return lost;
  }

  /** True if records were lost and the recorder does not say how many. */
  public boolean lostUnknown() {
    return lostUnknown;
  }

  /** True if part of the input is unreadable: truncated, corrupt. */
  public boolean isDamaged() {
    return damaged;
  }

  /** True if a record was lost or skipped, so that the recording is not whole. */
  public boolean isLossy() {
    return damaged || lostUnknown || lost > 0 || !skippedCounts.isEmpty();
  }

  /** Records not read, by reason, in order of first occurrence. */
  public Map<String, Skipped> skipped() {
    Map<String, Skipped> result = new LinkedHashMap<>();
    skippedCounts.forEach(
        (reason, count) ->
            result.put(
                reason,
                new Skipped(count, List.copyOf(skippedPlaces.getOrDefault(reason, List.of())))));
    return result;
  }

  /** Records read, by the recorder's own name for them. */
  public Map<String, Records> records() {
    return Collections.unmodifiableMap(records);
  }

  public List<String> remarks() {
    return List.copyOf(remarks);
  }
}
