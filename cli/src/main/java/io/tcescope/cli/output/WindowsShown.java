package io.tcescope.cli.output;

import io.tcescope.cli.input.WindowName;
import io.tcescope.engine.check.Finding;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which windows fit on one screen: those that are open at the end, then those that findings name,
 * the worst first, then the others in the order in which they came.
 *
 * @param shown in the order in which they came if they are all, else in the order above
 * @param left how many are not shown
 * @param openLeft how many of these are open at the end
 */
record WindowsShown(List<WindowLife> shown, int left, long openLeft) {
  private static final int MOST = 8;

  /** More are shown if they are open. */
  private static final int MOST_OPEN = 12;

  static WindowsShown of(Checked run) {
    List<WindowLife> all = run.windows();
    if (all.size() <= MOST + 1) { // to say that there is one more takes the place of that one
      return new WindowsShown(all, 0, 0);
    }
    List<WindowLife> sorted = all.stream().sorted(weightier(run.findings())).toList();
    long open = all.stream().filter(WindowsShown::isOpen).count();
    int shown = Math.clamp(open, MOST, MOST_OPEN);
    List<WindowLife> left = sorted.subList(Math.min(shown, sorted.size()), sorted.size());
    return new WindowsShown(
        sorted.subList(0, sorted.size() - left.size()),
        left.size(),
        left.stream().filter(WindowsShown::isOpen).count());
  }

  private static Comparator<WindowLife> weightier(List<Finding> findings) {
    Map<WindowName, Integer> ranks = new HashMap<>();
    findings.stream()
        .filter(one -> one.liobn().isPresent())
        .sorted(Comparator.comparing(Finding::severity).reversed())
        .map(one -> new WindowName(one.liobn().orElseThrow(), one.generation()))
        .forEach(name -> ranks.putIfAbsent(name, ranks.size()));
    return Comparator.comparing((WindowLife one) -> !isOpen(one))
        .thenComparing(one -> ranks.getOrDefault(name(one), Integer.MAX_VALUE));
  }

  private static boolean isOpen(WindowLife window) {
    return window.closed() == 0;
  }

  private static WindowName name(WindowLife window) {
    return new WindowName(window.liobn(), window.generation());
  }

  /** What is left out, in words. */
  String rest(String files) {
    String open = openLeft == 0 ? ", all of them closed" : ", " + openLeft + " of them open";
    return "... and "
        + Words.count(left, "more window")
        + open
        + " (tcescope timeline "
        + files
        + ")";
  }
}
