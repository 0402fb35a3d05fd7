package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.language.EventFacts;

/** Watches a replay and gathers its events into blocks. */
final class BlockObserver implements Observer {
  private final BlockQueue queue;
  private final long from;
  private final EventFacts facts = new EventFacts();
  private BlockFields block;
  private long events;
  private long kept;

  /** Gathers the events from that one on; the earlier ones are in the index already. */
  BlockObserver(BlockQueue queue, long from) {
    this.queue = queue;
    this.from = from;
    this.block = begun(queue.empty());
  }

  private BlockFields begun(BlockFields empty) {
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
    block.add(event, facts.of(event, change));
    if (block.block().isFull()) {
      put();
    }
  }

  @Override
  public void end(IommuState state) {
    if (block.block().size > 0) {
      put();
    }
  }

  private void put() {
    kept += block.keptEvents();
    queue.put(block);
    block = begun(queue.empty());
  }

  long events() {
    return events;
  }

  long firstTime() {
    return facts.firstTime();
  }
}
