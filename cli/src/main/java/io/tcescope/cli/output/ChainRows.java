package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.input.Places;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.why.Cause;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chain of a cause as a table.
 *
 * @param files the names of the run's files, as they are shown
 */
public record ChainRows(Places places, List<String> files) {
  /**
   * Steps that stand next to each other and say the same.
   *
   * @param ordinal the event of the first of them
   * @param place where it stands
   * @param time from the deciding event, empty if the two are not on one clock
   * @param note what it does
   */
  public record Row(long ordinal, String place, String time, String note) {}

  /** Seconds that records of one clock may be out of order. */
  private static final BigDecimal DISORDER = new BigDecimal("0.001");

  public ChainRows {
    files = List.copyOf(files);
  }

  /** The steps of a cause, those that follow each other and say the same as one. */
  public List<Row> of(Cause cause) {
    List<Row> rows = new ArrayList<>();
    List<Evidence> steps = cause.chain();
    List<Evidence> timed = onOneClock(steps, cause.ordinal());
    for (int i = 0; i < steps.size(); i++) {
      int first = i;
      String note = steps.get(first).note();
      while (i + 1 < steps.size() && isSame(steps.get(i + 1), steps.get(first))) {
        i++;
      }
      int times = i - first + 1;
      rows.add(
          new Row(
              steps.get(first).ordinal(),
              place(steps.get(first)),
              timed.contains(steps.get(first))
                  ? since(cause.ordinal(), steps.get(first).ordinal())
                  : "",
              times == 1 ? note : note + " (and " + (times - 1) + " more like it)"));
    }
    return rows;
  }

  private boolean isSame(Evidence next, Evidence first) {
    return next.note().equals(first.note())
        && places.get(next.ordinal()).file() == places.get(first.ordinal()).file();
  }

  private String place(Evidence step) {
    Place place = places.get(step.ordinal());
    String line = "line " + place.line();
    return files.size() > 1 ? files.get(place.file()) + " " + line : line;
  }

  /**
   * The steps around the deciding one up to where a recorder's time goes back: there a kernel
   * booted, whose clock begins anew.
   */
  private List<Evidence> onOneClock(List<Evidence> steps, long deciding) {
    int from = 0;
    int to = steps.size();
    for (int i = 1; i < steps.size(); i++) {
      if (goesBack(steps.get(i - 1), steps.get(i))) {
        boolean before = steps.get(i).ordinal() <= deciding;
        from = before ? i : from;
        to = before ? to : Math.min(to, i);
      }
    }
    return steps.subList(from, to);
  }

  private boolean goesBack(Evidence step, Evidence next) {
    Place before = places.get(step.ordinal());
    Place after = places.get(next.ordinal());
    BigDecimal from = seconds(before.time());
    BigDecimal to = seconds(after.time());
    return before.file() == after.file()
        && from != null
        && to != null
        && to.add(DISORDER).compareTo(from) < 0;
  }

  /** Seconds from the deciding event, empty if either has no time. */
  private String since(long deciding, long ordinal) {
    BigDecimal from = seconds(places.get(deciding).time());
    BigDecimal to = seconds(places.get(ordinal).time());
    if (from == null || to == null) {
      return "";
    }
    BigDecimal between = to.subtract(from).setScale(3, RoundingMode.HALF_UP);
    return (between.signum() >= 0 ? "+" : "") + between.toPlainString() + " s";
  }

  private static @Nullable BigDecimal seconds(@Nullable String time) {
    try {
      return time == null ? null : new BigDecimal(time);
    } catch (NumberFormatException e) {
      return null; // a recorder's own way to write times
    }
  }
}
