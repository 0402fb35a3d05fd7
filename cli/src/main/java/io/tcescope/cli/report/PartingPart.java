package io.tcescope.cli.report;

import io.tcescope.cli.compare.Pair;
import io.tcescope.cli.compare.PartingRows;
import io.tcescope.cli.compare.PartingRows.Side;
import io.tcescope.cli.output.FileNames;
import io.tcescope.queries.story.Parting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the run parts from another that it is compared with, bridge by bridge. */
final class PartingPart extends PagePart {
  private static final int MOST_CHAPTERS = 50;

  private final Pair pair;

  PartingPart(Html html, Report report, Pair pair) {
    super(html, report);
    this.pair = pair;
  }

  @Override
  void write() {
    html.open("section", "id", "parting").leaf("h2", "Where it parts from " + other());
    List<Parting> different = pair.partings().stream().filter(one -> !one.isAlike()).toList();
    if (different.isEmpty()) {
      html.leaf("p", "Nowhere: both runs tell the same story.");
    }
    different.stream().limit(MOST_CHAPTERS).forEach(this::chapter);
    if (different.size() > MOST_CHAPTERS) {
      html.leaf("p", "and " + (different.size() - MOST_CHAPTERS) + " more (tcescope compare)");
    }
    String alike =
        pair.partings().stream()
            .filter(Parting::isAlike)
            .map(Parting::subject)
            .collect(Collectors.joining(", "));
    if (!alike.isEmpty()) {
      html.leaf("p", "Alike: " + alike + ".");
    }
    html.close();
  }

  /** The other run's files, told apart from this one's, which are often called alike. */
  private String other() {
    List<String> others = pair.a().checked().files();
    List<String> both = Stream.concat(others.stream(), run.files().stream()).toList();
    return String.join(" + ", FileNames.shown(both).subList(0, others.size()));
  }

  private void chapter(Parting parting) {
    PartingRows rows = new PartingRows(pair, parting);
    html.leaf("h3", parting.subject()).open("div", "class", "wide").open("table");
    html.open("thead").open("tr").leaf("th", "there").leaf("th", "here").leaf("th", "");
    html.close().close().open("tbody");
    rows.rows().forEach(this::row);
    html.close().close().close();
    if (rows.left() > 0) {
      html.leaf("p", "and " + rows.left() + " more differences (tcescope compare --format json)");
    }
  }

  private void row(PartingRows.Row row) {
    String side = row.side().name().toLowerCase(Locale.ROOT).replace('_', '-');
    html.open("tr", "class", side).leaf("td", row.a()).leaf("td", row.b());
    boolean missing = row.side() == Side.ONLY_A;
    html.leaf("td", (missing ? "not here: " : "") + row.told()).close();
  }
}
