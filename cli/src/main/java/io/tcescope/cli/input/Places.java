package io.tcescope.cli.input;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.queries.index.RunReport;
import io.tcescope.queries.timeline.Moment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the events stand that a report names. */
public final class Places {
  private final Map<Long, Place> places = new HashMap<>();
  private final List<Boolean> textFiles;

  private Places(Map<Long, RunReport.Named> named, List<Boolean> textFiles) {
    this.textFiles = textFiles;
    named.forEach((ordinal, event) -> places.put(ordinal, place(event)));
  }

  private static Place place(RunReport.Named event) {
    Moment moment = event.moment();
    String time = Place.seconds(moment.time(), moment.timeDigits());
    return new Place(moment.event(), moment.line(), time, moment.file(), event.record());
  }

  /** The places of those events of a run, found by reading it again, forwards, once. */
  public static Places of(Trace trace, Collection<Long> ordinals) {
    List<Boolean> textFiles = new ArrayList<>();
    for (int file = 0; file < trace.files().size(); file++) {
      textFiles.add(trace.source(file).isText());
    }
    return new Places(RunReport.Named.read(trace, ordinals), textFiles);
  }

  /** The places of events of one file that were looked up before. */
  public static Places of(Map<Long, RunReport.Named> named, SourceKind source) {
    return new Places(named, List.of(source.isText()));
  }

  /** The same with some of the places. */
  public Places only(Set<Long> ordinals) {
    Places some = new Places(Map.of(), textFiles);
    some.places.putAll(places);
    some.places.keySet().retainAll(ordinals);
    return some;
  }

  /** True if lines of that file are lines of text, not records. */
  public boolean isText(int file) {
    return file >= 0 && file < textFiles.size() && textFiles.get(file);
  }

  /** The place of one event. */
  public static Place of(Trace trace, long ordinal) {
    return of(trace, List.of(ordinal)).get(ordinal);
  }

  /** The line of an event that was asked for, with its file if there are several of them. */
  public String line(long ordinal, List<String> files) {
    if (ordinal == 0) {
      return "before the recording";
    }
    Place place = get(ordinal);
    String file = files.size() > 1 ? " of " + files.get(place.file()) : "";
    return "line " + place.line() + file;
  }

  /** The place of an event that was asked for. */
  public Place get(long ordinal) {
    return places.getOrDefault(ordinal, Place.START);
  }
}
