package io.tcescope.cli.output;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told together in a report for people, because it says the same. */
public final class Alike {
  private Alike() {}

  /** Findings of one rule together; the worst first, else in the order of events. */
  public static List<List<Finding>> byRule(List<Finding> findings) {
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort((a, b) -> b.severity().compareTo(a.severity()));
    Map<String, List<Finding>> groups = new LinkedHashMap<>();
    sorted.forEach(
        finding -> groups.computeIfAbsent(finding.rule(), rule -> new ArrayList<>()).add(finding));
    return new ArrayList<>(groups.values());
  }

  /** Evidence in its order, cut where the note changes. */
  public static List<List<Evidence>> byNote(List<Evidence> evidence) {
    List<List<Evidence>> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= evidence.size(); i++) {
      if (i == evidence.size() || !evidence.get(i).note().equals(evidence.get(from).note())) {
        parts.add(evidence.subList(from, i));
        from = i;
      }
    }
    return parts;
  }
}
