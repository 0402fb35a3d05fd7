package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Opcodes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call is, in terms that every recorder of it knows: one that sees registers tells LIOBN and
 * bus address, one that sees the guest's functions the number of the entry. Calls with equal keys
 * may be one call; times and values decide.
 */
final class Operation {
  /** The key of a record that is no call, or does not tell enough. */
  static final long NONE = 0;

  private final Map<Long, Shape> shapes = new HashMap<>();
  private final ToldShapes elsewhere;

  /** The shapes that this recording tells, at whatever time. */
  final ToldShapes told = new ToldShapes();

  /** Windows that were called before the recording told anything of them. */
  final Set<Long> guessed = new HashSet<>();

  /** The table that was made last, if nothing has said yet what for; 0 if something has. */
  private long made;

  /**
   * The operations of one recording.
   *
   * @param elsewhere the shapes of windows that other recordings tell
   */
  Operation(ToldShapes elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** The call in a record, null if it is none. */
  static @Nullable EventKind call(Event event) {
    if (event.kind() != EventKind.HCALL) {
      return event.kind().isTceCall() || event.kind().group() == EventKind.Group.DDW
          ? event.kind()
          : null;
    }
    if (!event.has(Event.ID)) {
      return null;
    }
    return Opcodes.kind(event.id());
  }

  /** Takes note of what a record tells of page sizes; to be called for each record in order. */
  void learn(Event event) {
    switch (event.kind()) {
      case CREATE_PE_DMA_WINDOW, PRE_SAVE, POST_LOAD, WINDOW -> {
        if (event.has(Event.LIOBN | Event.PAGE_SHIFT) && event.pageShift() > 0) {
          made = made == event.liobn() ? 0 : made;
          put(event.liobn(), Shape.of(event));
        }
      }
      case NEW_TABLE -> {
        atBoot();
        made = event.liobn();
        shapes.remove(event.liobn());
      }
      case REMOVE_PE_DMA_WINDOW -> {
        if (event.succeeded()) {
          shapes.put(event.liobn(), Shape.DEFAULT);
        }
      }
      case RESET_PE_DMA_WINDOW -> {
        if (event.succeeded()) {
          shapes.replaceAll((l, shape) -> shape.isOf(event.buid()) ? Shape.DEFAULT : shape);
        }
      }
      default -> {}
    }
    if (event.kind() != EventKind.NEW_TABLE) {
      atBoot();
    }
  }

  /** A table that nothing was said of is that of a window at boot, unless its number is another. */
  private void atBoot() {
    if (made != 0 && !isSecond(made)) {
      put(made, Shape.DEFAULT);
    }
    made = 0;
  }

  /** True if QEMU gives that LIOBN to created windows only. */
  private static boolean isSecond(long liobn) {
    return (liobn & 0x80000000L) != 0 && (liobn & 0xff) != 0;
  }

  private void put(long liobn, Shape shape) {
    shapes.put(liobn, shape);
    told.tell(liobn, shape);
  }

  private Shape shape(long liobn) {
    Shape known = shapes.get(liobn);
    if (known != null) {
      return known;
    }
    guessed.add(liobn);
    Shape other = elsewhere.of(liobn);
    return other == null ? Shape.DEFAULT : other;
  }

  /** Logarithm of the table's page size, as far as the records up to here tell. */
  int shift(long liobn) {
    return shape(liobn).shift();
  }

  /**
   * True if the one value recorded of a list says that the list maps memory one to one: the kernel
   * does so with all of it, and nothing else gives that value.
   */
  boolean isDirect(Event event) {
    if (!event.has(Event.LIST_LAST_ONLY) || !event.succeeded()) {
      return false;
    }
    long first = (event.tce() & ~3L) - ((event.pages() - 1) << shift(event.liobn()));
    return first == event.ioba() - shape(event.liobn()).start();
  }

  /** The key of the call in a record. */
  long key(Event event) {
    EventKind call = call(event);
    if (call == null || !event.has(Event.STATUS)) {
      return NONE;
    }
    return switch (call) {
      case H_PUT_TCE, H_GET_TCE -> table(event, call, 1);
      case H_STUFF_TCE -> event.has(Event.PAGES) ? table(event, call, event.pages()) : NONE;
      case H_PUT_TCE_INDIRECT -> indirect(event);
      case QUERY_PE_DMA_WINDOW -> mix(call, event.buid(), event.configAddress());
      case CREATE_PE_DMA_WINDOW -> mix(call, event.buid(), event.pageShift());
      case RESET_PE_DMA_WINDOW -> mix(call, event.buid(), 0);
      case REMOVE_PE_DMA_WINDOW -> mix(call, event.liobn(), 0);
      default -> NONE;
    };
  }

  /** How many entries a refused list had is not always told, so they are known by their place. */
  private long indirect(Event event) {
    if (event.status() != HcallStatus.H_SUCCESS) {
      return table(event, EventKind.H_PUT_TCE_INDIRECT, -1);
    }
    return event.has(Event.PAGES)
        ? table(event, EventKind.H_PUT_TCE_INDIRECT, event.pages())
        : NONE;
  }

  private long table(Event event, EventKind call, long pages) {
    if (event.has(Event.TCE_NUMBER)) {
      return mix(call, event.tceNumber(), pages);
    }
    if (!event.has(Event.LIOBN | Event.IOBA)) {
      return NONE;
    }
    long number = event.ioba() >>> shift(event.liobn());
    if (!event.has(Event.IOBA_IS_END)) {
      return mix(call, number, pages);
    }
    // Where a refused clear began cannot be told from where it ended.
    return event.succeeded() ? mix(call, number - pages, pages) : NONE;
  }

  /**
   * The key of a list put by the kernel function that maps a range of memory: it tells the table
   * and not the place.
   */
  static long rangeKey(long liobn) {
    return mix(EventKind.WINDOW, liobn, 1);
  }

  /** True if the record is such a list put, seen from inside the guest. */
  static boolean isRange(Event event) {
    return call(event) == EventKind.H_PUT_TCE_INDIRECT
        && event.kind() == EventKind.HCALL
        && event.has(Event.LIOBN)
        && !event.has(Event.TCE_NUMBER);
  }

  private static long mix(EventKind kind, long a, long b) {
    long hash = kind.call().hashCode() * 0x9E3779B97F4A7C15L;
    hash = (hash ^ a) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ hash >>> 31 ^ b) * 0x94D049BB133111EBL;
    return (hash ^ hash >>> 29) | 1;
  }
}
