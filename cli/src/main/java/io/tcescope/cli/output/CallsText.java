package io.tcescope.cli.output;

import io.tcescope.engine.event.TraceHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The calls of a recording by the names that it has for them, each with how many failed. */
public final class CallsText {
  /** Beside these kinds, how many more there are is enough. */
  private static final int KINDS_SHOWN = 8;

  private static final Set<String> BEGINNINGS = Set.of("spapr_iommu_", "H_", "ibm,", "hcall ");

  /** Records of QEMU that tell of a table or a look-up and of no call. */
  private static final Set<String> NO_CALLS =
      Set.of(
          "spapr_iommu_new_table",
          "spapr_iommu_pre_save",
          "spapr_iommu_post_load",
          "spapr_iommu_xlate");

  private final TraceHealth health;

  CallsText(TraceHealth health) {
    this.health = health;
  }

  /** All calls of a recording by their names. */
  public static Map<String, TraceHealth.Records> in(TraceHealth health) {
    Map<String, TraceHealth.Records> calls = new TreeMap<>(health.records());
    calls.keySet().removeIf(name -> !isCall(name));
    return calls;
  }

  /** The calls that make, remove and ask for windows: rare, and each of them matters. */
  String windowCalls() {
    return String.join(", ", counts(CallsText::isWindowCall));
  }

  /** The most frequent of all others; what is left out is said. */
  String others() {
    List<String> counts = counts(name -> isCall(name) && !isWindowCall(name));
    if (counts.size() <= KINDS_SHOWN + 1) {
      return String.join(", ", counts);
    }
    return String.join(", ", counts.subList(0, KINDS_SHOWN))
        + " and "
        + (counts.size() - KINDS_SHOWN)
        + " more kinds";
  }

  private List<String> counts(Predicate<String> wanted) {
    List<String> counts = new ArrayList<>();
    Stream<Map.Entry<String, TraceHealth.Records>> records =
        health.records().entrySet().stream().filter(entry -> wanted.test(entry.getKey()));
    records
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().count()))
        .forEach(entry -> counts.add(count(entry.getKey(), entry.getValue())));
    return counts;
  }

  private static String count(String name, TraceHealth.Records records) {
    String number = String.format(Locale.ROOT, "%,d %s", records.count(), name);
    return records.failed() == 0
        ? number
        : number + String.format(Locale.ROOT, " (%,d failed)", records.failed());
  }

  private static boolean isCall(String name) {
    return BEGINNINGS.stream().anyMatch(name::startsWith) && !NO_CALLS.contains(name);
  }

  private static boolean isWindowCall(String name) {
    return name.startsWith("spapr_iommu_ddw_") || name.contains("-pe-dma-window");
  }
}
