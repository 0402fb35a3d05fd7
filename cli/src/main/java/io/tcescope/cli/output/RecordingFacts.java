package io.tcescope.cli.output;

import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.state.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a recording is: its kind, span and calls, how it was replayed, what could not be read. */
public final class RecordingFacts {
  private RecordingFacts() {}

  /** The facts by their names, in the order in which they are told. */
  public static Map<String, String> of(Checked run) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("recording", recording(run));
    if (run.files().size() > 1) { // which are shown by the ends of their paths elsewhere
      facts.put("files", String.join(", ", run.files()));
    }
    facts.put("span", span(run));
    facts.put("replayed as", replayed(run));
    if (!run.upheavals().isEmpty()) {
      List<String> files = FileNames.shown(run.files());
      facts.put("machine", UpheavalWords.of(run.upheavals(), run.places(), files));
    }
    CallsText calls = new CallsText(run.health());
    if (!calls.windowCalls().isEmpty()) {
      facts.put("DDW calls", calls.windowCalls());
    }
    if (!calls.others().isEmpty()) {
      facts.put(calls.windowCalls().isEmpty() ? "calls" : "other calls", calls.others());
    }
    facts.put("health", health(run.health(), run.rules().unrecorded()));
    return facts;
  }

  private static String recording(Checked run) {
    return run.source().title()
        + ", "
        + Words.size(run.bytes())
        + ", "
        + Words.count(run.health().events(), "event");
  }

  private static String span(Checked run) {
    long last = run.health().events();
    String from = time(run, 1, 1);
    String to = time(run, last, -1);
    if (from.isEmpty() || to.isEmpty()) {
      return "not told: the first or the last records bear no time";
    }
    double seconds = Double.parseDouble(to) - Double.parseDouble(from);
    return String.format(Locale.ROOT, "%.3f s, from %s to %s", seconds, from, to);
  }

  /** The time of the first record from one on that bears one; empty if none near does. */
  private static String time(Checked run, long first, int step) {
    for (int i = 0; i < Checked.UNTIMED_AT_ENDS; i++) {
      String time = run.places().get(first + (long) i * step).time();
      if (time != null) {
        return time;
      }
    }
    return "";
  }

  private static String replayed(Checked run) {
    String platform =
        switch (run.rules().platform()) {
          case QEMU -> "QEMU";
          case KVM -> "KVM";
          case POWERVM -> "PowerVM";
        };
    if (!run.source().tellsTables()) { // nor are lists completed; and QEMU is what is guessed first
      boolean guess = run.rules().platform() == Platform.QEMU;
      return platform
          + (guess ? " unless --platform names another" : "")
          + ", windows without their entries";
    }
    return platform
        + (run.rules().inferLists()
            ? ", lists completed as Linux writes them (inferred)"
            : ", lists not completed");
  }

  private static String health(TraceHealth health, Set<EventKind> unrecorded) {
    List<String> parts = new ArrayList<>();
    health
        .skipped()
        .forEach(
            (reason, skipped) -> parts.add(Words.count(skipped.count(), "line") + ": " + reason));
    if (health.lost() > 0 || health.lostUnknown()) {
      parts.add((health.lostUnknown() ? "at least " : "") + health.lost() + " lost");
    }
    if (parts.isEmpty()) {
      parts.add("every line was read");
    }
    unrecorded.forEach(kind -> parts.add("not one " + kind.call() + " is recorded"));
    return String.join("; ", parts);
  }
}
