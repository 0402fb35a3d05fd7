package io.tcescope.cli.report;

import io.tcescope.cli.output.Ruler;
import io.tcescope.cli.output.UpheavalWords;
import io.tcescope.cli.output.WindowLife;
import io.tcescope.cli.output.Words;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Role;
import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.Lanes;
import io.tcescope.queries.timeline.Upheaval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The windows over the run, a lane for each LIOBN: from their opening to their end, as high as they
 * are full, with the sweeps, the calls that failed and the findings.
 */
final class LanesPart extends PagePart {
  private static final int MOST_LANES = 100;
  private static final int MOST_TICKS = 8;
  private static final int TOP = 26;

  /** There is no room for a label behind it. */
  private static final double LAST_LABEL = 0.95;

  private final Lanes lanes;

  LanesPart(Html html, Report report) {
    super(html, report);
    this.lanes = report.lanes();
  }

  @Override
  void write() {
    Map<Long, List<Lane>> byLiobn = lanes.byLiobn();
    html.open("section", "id", "timeline").leaf("h2", "Windows over time");
    if (byLiobn.isEmpty()) {
      html.leaf("p", "Nothing in the recording tells of a window.");
    } else {
      List<List<Lane>> shown = byLiobn.values().stream().limit(MOST_LANES).toList();
      drawing(shown);
      legend();
      int left = byLiobn.size() - shown.size();
      if (left > 0) {
        html.leaf("p", "and " + Words.count(left, "more lane") + " (tcescope timeline --liobn)");
      }
    }
    html.close();
  }

  private void drawing(List<List<Lane>> shown) {
    List<Finding> elsewhere = new ArrayList<>(report.findings());
    shown.forEach(windows -> elsewhere.removeAll(of(windows)));
    int rows = shown.size() + (elsewhere.isEmpty() ? 0 : 1);
    int height = TOP + rows * LaneDrawing.PITCH;
    String box = "0 0 " + LaneDrawing.RIGHT + " " + height;
    html.open("svg", "viewBox", box, "role", "img", "aria-label", "Windows over time");
    ruler(height);
    losses(height);
    upheavals(height);
    int top = TOP;
    for (List<Lane> windows : shown) {
      LaneDrawing lane = new LaneDrawing(html, report, top);
      lane.label(Hex.of(windows.getFirst().liobn()), label(windows));
      lane.windows(windows);
      lane.findings(of(windows));
      top += LaneDrawing.PITCH;
    }
    if (!elsewhere.isEmpty()) {
      LaneDrawing lane = new LaneDrawing(html, report, top);
      lane.label("elsewhere", "findings of no lane");
      lane.findings(elsewhere);
    }
    html.close();
  }

  private List<Finding> of(List<Lane> windows) {
    long liobn = windows.getFirst().liobn();
    return report.findings().stream()
        .filter(one -> one.liobn().isPresent() && one.liobn().getAsLong() == liobn)
        .toList();
  }

  private String label(List<Lane> windows) {
    if (windows.stream().allMatch(lane -> lane.generation() == 0)) {
      return "never had a window";
    }
    String roles =
        windows.stream()
            .map(lane -> lane.role() == Role.UNKNOWN ? "?" : lane.role().name())
            .distinct()
            .collect(Collectors.joining(", "))
            .toLowerCase(Locale.ROOT);
    long most = windows.stream().mapToLong(Lane::peak).max().orElse(0);
    return roles
        + (report.run().rules().showsTables()
            ? ", peak " + Words.atLeast(most, WindowLife.arePeaksWhole(windows))
            : ", contents not recorded");
  }

  private void ruler(int height) {
    for (Ruler.Tick tick : Ruler.ticks(lanes.length(), lanes.timed(), MOST_TICKS)) {
      String x = LaneDrawing.number(LaneDrawing.x(tick.at()));
      String bottom = String.valueOf(height);
      html.empty("line", "x1", x, "x2", x, "y1", "16", "y2", bottom, "class", "tick");
      if (tick.at() < LAST_LABEL) {
        html.leaf("text", tick.label(), "x", x, "y", "12", "class", "tick");
      }
    }
  }

  private void losses(int height) {
    for (int part = 0; part < lanes.parts(); part++) {
      long count = lanes.losses().get(part);
      if (count > 0) {
        double x = LaneDrawing.x(part, lanes.parts());
        html.open("rect", LaneDrawing.box(x, TOP, 2, height - TOP, "lost"));
        html.leaf("title", "records are missing here").close();
      }
    }
  }

  private void upheavals(int height) {
    for (Upheaval one : lanes.upheavals()) {
      double x = LaneDrawing.x(lanes.partOf(one.event()), lanes.parts());
      html.open("rect", LaneDrawing.box(x, TOP, 2, height - TOP, "machine"));
      String what = UpheavalWords.what(one.kind());
      html.leaf("title", what + ", " + report.words().moment(one.event())).close();
    }
  }

  private void legend() {
    html.open("p", "class", "legend");
    if (report.run().rules().showsTables()) {
      key("life", "a window from its opening to its end");
      key("live", "how full it is, against the lane's peak");
    } else {
      key("untold", "a window from its opening to its end; contents not recorded");
    }
    key("sweep", "the guest sweeps it clear");
    key("refused", "calls that failed, accesses that found nothing");
    key("lost", "records are missing");
    if (!lanes.upheavals().isEmpty()) {
      key("machine", kinds() + " (the whole machine)");
    }
    html.text("Dots are findings; all of it tells more under the pointer.").close();
  }

  private String kinds() {
    return lanes.upheavals().stream()
        .map(one -> UpheavalWords.what(one.kind()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void key(String style, String meaning) {
    html.open("span").leaf("i", "", "class", "key " + style).text(" " + meaning).close().text(" ");
  }
}
