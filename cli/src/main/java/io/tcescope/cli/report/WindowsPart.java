package io.tcescope.cli.report;

import io.tcescope.cli.output.WindowLife;
import io.tcescope.cli.output.Words;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Notation;
import java.util.List;

/** All windows that ever were, in the order in which they came. */
final class WindowsPart extends PagePart {
  private static final int MOST_WINDOWS = 1000;
  private static final List<String> COLUMNS =
      List.of("window", "role", "PE (BUID)", "bus range", "page", "mapping", "peak", "live");

  WindowsPart(Html html, Report report) {
    super(html, report);
  }

  @Override
  void write() {
    html.open("section", "id", "windows").leaf("h2", "Windows");
    if (run.windows().isEmpty()) {
      html.leaf("p", "Nothing in the recording tells of one.");
    } else {
      table();
    }
    html.close();
  }

  private void table() {
    html.open("div", "class", "wide").open("table").open("thead").open("tr");
    COLUMNS.forEach(name -> html.leaf("th", name));
    html.leaf("th", "opened").leaf("th", "closed").close().close().open("tbody");
    run.windows().stream().limit(MOST_WINDOWS).forEach(this::row);
    html.close().close().close();
    if (run.rules().showsTables() && !run.windows().stream().allMatch(WindowLife::isPeakWhole)) {
      html.leaf("p", Words.AT_LEAST);
    }
    int left = run.windows().size() - MOST_WINDOWS;
    if (left > 0) {
      html.leaf("p", "and " + left + " more (tcescope timeline --format json has them all)");
    }
  }

  private void row(WindowLife window) {
    boolean tables = run.rules().showsTables();
    html.open("tr").leaf("td", Notation.window(window.liobn(), window.generation()));
    html.leaf("td", window.role());
    html.leaf("td", window.buid() == 0 ? "" : Hex.of(window.buid()));
    html.leaf("td", window.range()).leaf("td", window.page()).leaf("td", window.mapping());
    html.leaf(
        "td", tables ? Words.atLeast(window.peak(), window.isPeakWhole()) : "?", "class", "number");
    html.leaf("td", tables ? Words.atLeast(window.live(), window.whole()) : "?", "class", "number");
    html.leaf("td", words.where(window.opened()));
    html.leaf("td", window.closed() == 0 ? "" : words.where(window.closed()));
    html.close();
  }
}
