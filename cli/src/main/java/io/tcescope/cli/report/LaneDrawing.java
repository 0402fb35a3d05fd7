package io.tcescope.cli.report;

import io.tcescope.cli.output.DiagnosisWords;
import io.tcescope.cli.output.WindowLife;
import io.tcescope.cli.output.Words;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.state.Notation;
import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.LanePart;
import io.tcescope.queries.timeline.Lanes;
import io.tcescope.queries.timeline.Moment;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One lane of the drawing: the windows that a LIOBN named, one after the other. */
final class LaneDrawing {
  /** Where the picture ends, in its own units. */
  static final int RIGHT = 1000;

  /** From one lane to the next. */
  static final int PITCH = 58;

  private static final int LEFT = 180;
  private static final int HEIGHT = 40;
  private static final int FAILURES = 4;
  private static final double LEAST_WIDTH = 2;
  private static final double DOT = 4.5;
  private static final double DOTS_APART = 10;
  private static final int MOST_DOTS = 5;

  private final Html html;
  private final Report report;
  private final Lanes lanes;
  private final DiagnosisWords words;
  private final int top;

  LaneDrawing(Html html, Report report, int top) {
    this.html = html;
    this.report = report;
    this.lanes = report.lanes();
    this.words = report.words();
    this.top = top;
  }

  /** From 0, where the run begins, to 1, where it ends. */
  static double x(double fraction) {
    return LEFT + fraction * (RIGHT - LEFT);
  }

  /** Where a part of the run begins. */
  static double x(int part, int parts) {
    return x((double) part / parts);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String[] box(double x, double y, double width, double height, String style) {
    return new String[] {
      "x",
      number(x),
      "y",
      number(y),
      "width",
      number(width),
      "height",
      number(height),
      "class",
      style
    };
  }

  private double x(int part) {
    return x(part, lanes.parts());
  }

  private double x(Moment moment) {
    return x(lanes.partOf(moment.event()));
  }

  void label(String name, String about) {
    html.leaf("text", name, "x", "0", "y", String.valueOf(top + 16), "class", "name");
    html.leaf("text", about, "x", "0", "y", String.valueOf(top + 32), "class", "about");
  }

  /** The windows of one LIOBN, drawn against the most entries that any of them had live. */
  void windows(List<Lane> windows) {
    long most = windows.stream().mapToLong(Lane::peak).max().orElse(0);
    for (Lane window : windows) {
      if (window.generation() > 0) {
        life(window);
        live(window, most);
        window.sweeps().forEach(this::sweep);
      }
      window.parts().forEach(this::failures);
    }
  }

  private double from(Lane window) {
    return window.opened().isKnown() ? x(window.opened()) : LEFT;
  }

  private double to(Lane window) {
    double end = window.closed().isKnown() ? x(window.closed()) : RIGHT;
    return Math.max(end, from(window) + LEAST_WIDTH);
  }

  private void life(Lane window) {
    double from = from(window);
    boolean told = report.run().rules().showsTables();
    String style = (told ? "life" : "untold") + (window.closed().isKnown() ? "" : " open");
    html.open("rect", box(from, top, to(window) - from, HEIGHT, style));
    html.leaf("title", words(window)).close();
  }

  private String words(Lane window) {
    WindowLife life = WindowLife.of(window);
    String opened =
        life.opened() == 0
            ? "there before the recording"
            : "opened at " + words.moment(life.opened());
    String closed =
        life.closed() == 0 ? "open at the end" : "closed at " + words.moment(life.closed());
    String live =
        report.run().rules().showsTables()
            ? "; peak %s, at its end %s live"
                .formatted(
                    Words.atLeast(life.peak(), life.isPeakWhole()),
                    Words.atLeast(life.live(), life.whole()))
            : "";
    return "%s %s, %s, pages of %s; %s, %s%s"
        .formatted(
            Notation.window(window.liobn(), window.generation()),
            life.role(),
            life.range(),
            life.page(),
            opened,
            closed,
            live);
  }

  /** A stepped area: in each part as high as its peak, between parts as the last one left it. */
  private void live(Lane window, long most) {
    if (!report.run().rules().showsTables() || most == 0) {
      return;
    }
    double right = to(window);
    StringBuilder path = new StringBuilder("M" + number(from(window)) + " " + y(0, most));
    long live = 0;
    int next = window.opened().isKnown() ? lanes.partOf(window.opened().event()) : 0;
    for (LanePart part : window.parts()) {
      if (part.number() > next) {
        path.append('V').append(y(live, most)).append('H').append(number(x(part.number())));
      }
      path.append('V').append(y(part.peak(), most));
      path.append('H').append(number(Math.min(right, x(part.number() + 1))));
      live = part.live();
      next = part.number() + 1;
    }
    path.append('V').append(y(live, most)).append('H').append(number(right));
    path.append('V').append(y(0, most)).append('Z');
    html.empty("path", "d", path.toString(), "class", "live");
  }

  private String y(long live, long most) {
    return number(top + HEIGHT - (double) HEIGHT * live / most);
  }

  private void sweep(Moment sweep) {
    html.open("rect", box(x(sweep), top, 1, HEIGHT, "sweep"));
    html.leaf("title", "swept clear at line " + sweep.line()).close();
  }

  private void failures(LanePart part) {
    if (part.refused() + part.faults() > 0) {
      double width = Math.max(LEAST_WIDTH, x(part.number() + 1) - x(part.number()));
      html.open("rect", box(x(part.number()), top + HEIGHT + 1, width, FAILURES, "refused"));
      String refused = Words.count(part.refused(), "call") + " failed";
      String faults = Words.count(part.faults(), "look-up") + " found nothing";
      html.leaf("title", part.faults() == 0 ? refused : refused + ", " + faults).close();
    }
  }

  /** A dot for each, those of one place side by side; of many there only the first are drawn. */
  void findings(List<Finding> findings) {
    Map<Integer, Integer> drawn = new HashMap<>();
    for (Finding finding : findings) {
      int part = lanes.partOf(finding.ordinal());
      int before = drawn.merge(part, 1, Integer::sum) - 1;
      if (before < MOST_DOTS) {
        dot(finding, Math.min(x(part) + before * DOTS_APART, RIGHT - DOT));
      }
    }
    drawn.forEach(this::more);
  }

  private void dot(Finding finding, double x) {
    String what = finding.rule() + ", " + words.where(finding.ordinal());
    html.open("a", "href", "#" + report.anchor(finding)).open("circle", "cx", number(x));
    html.attributes("cy", number(top + DOT), "r", number(DOT));
    html.attributes("class", "dot " + finding.severity().label());
    html.leaf("title", what + ": " + finding.message()).close().close();
  }

  private void more(int part, int findings) {
    if (findings > MOST_DOTS) {
      String x = number(x(part) + MOST_DOTS * DOTS_APART - DOT);
      html.open("text", "x", x, "y", number(top + 2 * DOT), "class", "about");
      html.text("+" + (findings - MOST_DOTS)).close();
    }
  }
}
