package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.state.Role;
import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.LanePart;
import io.tcescope.queries.timeline.Lanes;
import io.tcescope.queries.timeline.Moment;
import io.tcescope.queries.timeline.Upheaval;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The windows of runs as lanes, as JSON. */
public final class TimelineJson {
  private static final int NANO_DIGITS = 9;

  private final Json json;

  public TimelineJson(Json json) {
    this.json = json;
  }

  /** All runs in one document. */
  public void document(List<Drawn> runs) {
    json.object().number("tcescope", 1).list("timelines");
    runs.forEach(this::run);
    json.endList().endObject().line();
  }

  private void run(Drawn drawn) {
    References references = new References(drawn.run().files());
    json.object().text("trace", drawn.run().name()).value("files", drawn.run().files());
    axis(drawn.lanes());
    upheavals(drawn, references);
    json.list("windows");
    boolean tables = drawn.run().rules().showsTables();
    drawn.lanes().lanes().forEach(lane -> lane(lane, tables, references));
    json.endList().list("findings");
    drawn.run().findings().forEach(finding -> finding(drawn, finding, references));
    json.endList().endObject();
  }

  private void upheavals(Drawn drawn, References references) {
    if (drawn.lanes().upheavals().isEmpty()) {
      return;
    }
    json.list("machine");
    for (Upheaval one : drawn.lanes().upheavals()) {
      json.object()
          .text("what", UpheavalWords.label(one.kind()))
          .number("part", drawn.lanes().partOf(one.event()));
      references.write(json, drawn.run().places().get(one.event())).endObject();
    }
    json.endList();
  }

  /** Part n of the axis begins at {@code origin + n * part}. */
  private void axis(Lanes lanes) {
    json.text("by", lanes.timed() ? "time" : "event");
    if (lanes.timed()) {
      json.text("origin", seconds(lanes.origin()))
          .text("part", seconds(lanes.width()))
          .text("length", seconds(lanes.length()));
    } else {
      json.number("origin", 1).number("part", lanes.width()).number("length", lanes.length() + 1);
    }
    json.number("parts", lanes.parts()).list("lost");
    for (int part = 0; part < lanes.parts(); part++) {
      if (lanes.losses().get(part) > 0) {
        json.object().number("part", part).number("count", lanes.losses().get(part)).endObject();
      }
    }
    json.endList();
  }

  private static String seconds(long nanoseconds) {
    return BigDecimal.valueOf(nanoseconds, NANO_DIGITS).toPlainString();
  }

  /** What is live is not known of a recording that shows no tables. */
  private void lane(Lane lane, boolean tables, References references) {
    json.object()
        .address("liobn", lane.liobn())
        .number("generation", lane.generation())
        .address("buid", lane.buid(), lane.buid() != 0)
        .text("role", lane.role() == Role.UNKNOWN ? null : lower(lane.role().name()))
        .text("mapping", lane.generation() == 0 ? null : lower(lane.mapping().name()))
        .address("start", lane.start(), lane.placed())
        .number("pageShift", lane.pageShift(), lane.placed())
        .number("entries", lane.entries(), lane.placed())
        .number("peak", lane.peak(), tables)
        .number("live", lane.live(), tables)
        .number("unknown", lane.unknown(), tables && lane.placed())
        .number("refused", lane.refused())
        .number("faults", lane.faults());
    moment("opened", lane.opened(), references);
    moment("closed", lane.closed(), references);
    json.list("sweeps");
    lane.sweeps().forEach(sweep -> references.write(json.object(), Place.of(sweep)).endObject());
    json.endList().list("parts");
    lane.parts().forEach(part -> part(part, tables));
    json.endList().endObject();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void moment(String name, Moment moment, References references) {
    if (moment.isKnown()) {
      references.write(json.object(name), Place.of(moment)).endObject();
    } else {
      json.text(name, null);
    }
  }

  private void part(LanePart part, boolean tables) {
    json.object()
        .number("part", part.number())
        .number("live", part.live(), tables)
        .number("peak", part.peak(), tables)
        .number("mapped", part.mapped())
        .number("cleared", part.cleared())
        .number("refused", part.refused())
        .number("faults", part.faults())
        .flag("swept", part.swept())
        .endObject();
  }

  private void finding(Drawn drawn, Finding finding, References references) {
    boolean window = finding.liobn().isPresent();
    json.object().text("rule", finding.rule()).text("severity", finding.severity().label());
    references
        .write(json, drawn.run().places().get(finding.ordinal()))
        .number("part", drawn.lanes().partOf(finding.ordinal()))
        .address("liobn", finding.liobn().orElse(0), window)
        .number("generation", finding.generation(), window)
        .text("message", finding.message())
        .endObject();
  }
}
