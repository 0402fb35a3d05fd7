package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.Matcher;
import io.tcescope.queries.language.Query;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One question to one run, chapter by chapter. The shapes of a chapter decide what they can, as a
 * whole and then block by block; events are looked at only where that leaves it open.
 */
final class Asking {
  private final Query query;
  private final HitTally tally;
  private final Matcher matcher;
  private final Judge judge;
  private final Candidates candidates;
  private final Map<Long, List<String>> findings;
  private final RecordedEvents recorded;
  private final EventFacts facts = new EventFacts();
  private final Event shapeRow = new Event();
  private final EventFacts shapeFacts = new EventFacts();
  private ShapeMatch[] verdicts = {};
  private int[] counts = {};
  private boolean[] wanted = {};
  private long outOfReach;

  /** The query has no parts left that documents of their own answer. */
  Asking(Query query, HitTally tally, RecordedEvents recorded, Map<Long, List<String>> findings) {
    this.query = query;
    this.tally = tally;
    this.recorded = recorded;
    this.findings = findings;
    long firstTime = recorded.firstTime();
    matcher = Matcher.of(query);
    judge = Judge.of(query, firstTime);
    candidates = new Candidates(firstTime);
    facts.ofRun(recorded.files(), firstTime);
    shapeFacts.ofRun(recorded.files(), firstTime);
  }

  /** Events that may match, but stand only in a recording that is gone. */
  long outOfReach() {
    return outOfReach;
  }

  /** False if the tally wants no more. */
  boolean on(EventChapter chapter) throws IOException {
    if (tally.skips(chapter.extent())) {
      return true;
    }
    long blocks = candidates.blocks(query, chapter);
    if (blocks == 0 || !judgeShapes(chapter)) {
      return true;
    }
    for (int i = 0; i < chapter.blocks().size(); i++) {
      if ((blocks >>> i & 1) != 0 && !on(chapter, chapter.blocks().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** True if the shapes of the chapter leave something to be done. */
  private boolean judgeShapes(EventChapter chapter) throws IOException {
    int shapes = chapter.shapes().size();
    verdicts = new ShapeMatch[shapes];
    counts = new int[shapes];
    wanted = new boolean[shapes];
    boolean open = false;
    for (int code = 0; code < shapes; code++) {
      verdicts[code] = verdict(chapter, code, chapter.extent(), chapter.count(code));
      open |= verdicts[code] != ShapeMatch.NONE;
    }
    return open;
  }

  /** What is left to be found out about the events of a shape there: none if they are counted. */
  private ShapeMatch verdict(EventChapter chapter, int code, EventSpan there, int events)
      throws IOException {
    Shape shape = chapter.shapes().get(code);
    shape.fill(shapeRow);
    shape.restore(shapeFacts);
    ShapeMatch verdict = judge.of(shapeRow, shapeFacts, there);
    boolean taken = verdict == ShapeMatch.ALL && tally.takes(there, shapeRow, shapeFacts, events);
    return taken ? ShapeMatch.NONE : verdict;
  }

  private boolean on(EventChapter chapter, Block block) throws IOException {
    EventSpan there = block.extent();
    if (tally.skips(there)) {
      return true;
    }
    Codes codes = chapter.codes();
    int from = (int) (there.first() - chapter.extent().first());
    int to = from + there.size();
    boolean any = false;
    Arrays.fill(counts, 0);
    for (int i = from; i < to; i++) {
      counts[codes.of(i)]++;
    }
    for (int code = 0; code < counts.length; code++) {
      wanted[code] =
          counts[code] > 0
              && verdicts[code] != ShapeMatch.NONE
              && verdict(chapter, code, there, counts[code]) != ShapeMatch.NONE;
      any |= wanted[code];
    }
    return !any || look(chapter, block, from, to);
  }

  /** Asks the events of a block that are of the wanted shapes. */
  private boolean look(EventChapter chapter, Block block, int from, int to) throws IOException {
    Codes codes = chapter.codes();
    int first = from;
    int last = to - 1;
    while (!wanted[codes.of(first)]) {
      first++;
    }
    while (!wanted[codes.of(last)]) {
      last--;
    }
    KeptEvents.Visitor asking = event -> ask(chapter, event);
    long notKept = notKept(chapter);
    if (notKept > 0 && recorded.condition() != Source.Condition.MISSING) {
      long base = chapter.extent().first();
      return recorded.visit(block, base + first, base + last, asking);
    }
    outOfReach += notKept;
    return chapter.visitKept(block.extent(), asking);
  }

  private boolean ask(EventChapter chapter, Event event) throws IOException {
    if (!wanted[chapter.codes().of(chapter.indexOf(event))]) {
      return true;
    }
    chapter.restore(event, facts);
    facts.findings(findings.getOrDefault(event.ordinal(), List.of()));
    return !matcher.matches(event, facts) || tally.on(event, facts);
  }

  /** Events of the wanted shapes in the block that the case does not keep. */
  private long notKept(EventChapter chapter) {
    long events = 0;
    for (int code = 0; code < wanted.length; code++) {
      events += wanted[code] && !chapter.isKept(code) ? counts[code] : 0;
    }
    return events;
  }
}
