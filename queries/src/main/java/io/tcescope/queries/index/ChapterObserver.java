package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.language.EventFacts;

/** Watches a replay and gathers its events into chapters. */
final class ChapterObserver implements Observer {
  private final ChapterQueue queue;
  private final long from;
  private final EventFacts facts = new EventFacts();
  private ChapterWriter chapter;
  private long events;
  private long kept;

  /** Gathers the events from that one on; the earlier ones are in the index already. */
  ChapterObserver(ChapterQueue queue, long from) {
    this.queue = queue;
    this.from = from;
    this.chapter = begun(queue.empty());
  }

  private ChapterWriter begun(ChapterWriter empty) {
    empty.begin(Keeping.hasRoom(kept, events));
    return empty;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    events = event.ordinal();
    if (events < from) {
      facts.noteTime(event);
      return;
    }
    chapter.add(event, facts.of(event, change));
    if (chapter.isFull()) {
      put();
    }
  }

  @Override
  public void end(IommuState state) {
    if (!chapter.isEmpty()) {
      put();
    }
  }

  private void put() {
    kept += chapter.keptEvents();
    queue.put(chapter);
    chapter = begun(queue.empty());
  }

  long events() {
    return events;
  }

  long firstTime() {
    return facts.firstTime();
  }
}
