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

  /** Gathers the events from that one on; the earlier ones are in the index already. */
  BlockObserver(BlockQueue queue, long from) {
    this.queue = queue;
    this.from = from;
    this.block = queue.empty();
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
      queue.put(block);
      block = queue.empty();
    }
  }

  @Override
  public void end(IommuState state) {
    if (block.block().size > 0) {
      queue.put(block);
      block = queue.empty();
    }
  }

  long events() {
    return events;
  }

  long firstTime() {
    return facts.firstTime();
  }
}
