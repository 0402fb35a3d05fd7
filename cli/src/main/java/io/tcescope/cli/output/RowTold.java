package io.tcescope.cli.output;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.queries.language.EventFacts;
import java.util.Optional;

/**
 * How a row of the neutral CSV tells an event: by its columns, or, where QEMU tells it in a way
 * that no column is for, by the event's line in the text.
 *
 * @param text the text column
 * @param loss what the record is, if neither can tell all of it
 */
record RowTold(String call, String text, Optional<String> loss) {
  private static final String LOG = EventKind.LOG.call();
  private static final String REGISTER = "H_REG_CRQ";
  private static final String FREE = "H_FREE_CRQ";
  private static final String QEMU_NAMES = "spapr_";
  private static final long IN_QUEUE_PAGE = 0xfff;

  /** Fields that columns hold, whatever the call. */
  private static final int COLUMNS =
      Event.LIOBN
          | Event.IOBA
          | Event.TCE
          | Event.PAGES
          | Event.STATUS
          | Event.LIST
          | Event.LIST_ADDRESS
          | Event.BUID
          | Event.CONFIG_ADDRESS
          | Event.PAGE_SHIFT
          | Event.START
          | Event.AVAILABLE
          | Event.LARGEST_BLOCK
          | Event.PAGE_MASK
          | Event.PERMISSION
          | Event.IOBA_IS_END
          | Event.IOBA_IS_RELATIVE;

  static RowTold of(Event event, EventFacts facts) {
    String line = event.text();
    EventKind kind = event.kind();
    boolean evidence = event.has(Event.WITNESS);
    boolean nameless = kind.isTceCall() && !event.has(Event.LIOBN);
    if (evidence || nameless) {
      return new RowTold(LOG, line, Optional.of(kind.call()));
    }
    if (isByLine(event, facts)) {
      return new RowTold(kind.call(), bare(event, line), Optional.empty());
    }
    boolean all = (event.fields() & ~held(event, facts)) == 0;
    Optional<String> loss = all ? Optional.empty() : Optional.of(kind.call());
    return new RowTold(call(kind), toldByColumns(event) ? "" : line, loss);
  }

  /** QEMU's own way of telling, for which there is no column. */
  private static boolean isByLine(Event event, EventFacts facts) {
    if (!event.name().startsWith(QEMU_NAMES)) {
      return false;
    }
    return switch (event.kind()) {
      case H_PUT_TCE_INDIRECT -> event.has(Event.LIST_LAST_ONLY);
      case H_STUFF_TCE -> !facts.startKnown() || !event.succeeded();
      case DMA -> !facts.startKnown();
      case NEW_TABLE, INTERRUPT -> true;
      case POST_LOAD -> event.has(Event.PAGES); // as many entries as the table had before
      case VIO_REGISTER_CRQ -> (event.size() & IN_QUEUE_PAGE) != 0;
      default -> event.kind().call().equals(EventKind.DRC.call());
    };
  }

  /** The event's line without what its log has before it. */
  private static String bare(Event event, String line) {
    return line.substring(Math.max(0, line.indexOf(event.name())));
  }

  private static int held(Event event, EventFacts facts) {
    int held = COLUMNS;
    held |= facts.startKnown() ? Event.TCE_NUMBER : 0;
    return held
        | switch (event.kind()) {
          case PRE_SAVE, POST_LOAD, WINDOW -> Event.ENTRIES;
          case CREATE_PE_DMA_WINDOW -> Event.ENTRIES | Event.SIZE;
          case VIO_REGISTER_CRQ, VIO_FREE_CRQ, EEH -> Event.ID | Event.SIZE;
          case LOST, MEMORY_ADDED, MEMORY_REMOVED -> Event.SIZE;
          default -> 0;
        };
  }

  /** What two kinds are called in output is told apart in a table. */
  private static String call(EventKind kind) {
    return switch (kind) {
      case VIO_REGISTER_CRQ -> REGISTER;
      case VIO_FREE_CRQ -> FREE;
      default -> kind.call();
    };
  }

  /** A call is told by its columns; any other record keeps its text. */
  private static boolean toldByColumns(Event event) {
    return switch (event.kind().group()) {
      case TCE, DDW, TABLE -> event.text().equals(event.raw());
      case PLATFORM -> event.name().startsWith(QEMU_NAMES);
      case DEVICE, GUEST, RECORD -> false;
    };
  }

  boolean isQueue() {
    return call.equals(REGISTER) || call.equals(FREE);
  }

  boolean isLog() {
    return call.equals(LOG);
  }
}
