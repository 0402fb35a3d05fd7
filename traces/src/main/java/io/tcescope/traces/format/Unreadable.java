package io.tcescope.traces.format;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.util.OptionalLong;

/**
 * A record that names a call and cannot be read to its end. The call was made all the same, so what
 * it may have changed is lost: the entries that the record still names, or else everything.
 */
public final class Unreadable {
  /** Entries of a list: a page of eight bytes each. */
  private static final long MOST_IN_LIST = 512;

  private Unreadable() {}

  /** A record of which nothing is whole but its name. */
  public static void fill(Event event, EventKind kind, String name) {
    fill(event, kind, name, OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * Says so in an event that has been begun.
   *
   * @param name what readers of this format call such a record
   * @param liobn of the record, if it is whole
   * @param ioba where the call began, if it is whole
   */
  public static void fill(
      Event event, EventKind kind, String name, OptionalLong liobn, OptionalLong ioba) {
    if (!kind.changesTables()) {
      event.is(EventKind.LOG, name, 0);
      return;
    }
    event.is(EventKind.LOST, name, 0);
    if (!kind.isTceCall() || liobn.isEmpty()) {
      return;
    }
    event.withLiobn(liobn.getAsLong());
    if (kind != EventKind.H_STUFF_TCE && ioba.isPresent()) {
      event.withIoba(ioba.getAsLong());
      event.withPages(kind == EventKind.H_PUT_TCE ? 1 : MOST_IN_LIST);
    }
  }
}
