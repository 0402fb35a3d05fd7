package io.tcescope.traces.recorder;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.traces.qemulog.QemuEvent;
import java.util.SplittableRandom;

/** Events as QEMU could record them, with every number as odd as its type allows. */
public final class RandomEvents {
  private static final long[] EDGES = {
    0, 1, 9, 0xa, 0xff, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, Long.MAX_VALUE, Long.MIN_VALUE, -1
  };
  private static final long SECONDS = 2_000_000_000L;
  private static final int MOST_OF_A_CALL = 512;
  private static final int SHIFTS = 35;

  private final SplittableRandom random;
  private final QemuEvent[] names = QemuEvent.values();
  private long ordinal;

  public RandomEvents(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Fills the event with the next one, recorded to the microsecond. */
  public void next(Event event) {
    ordinal++;
    event.begin(ordinal, ordinal);
    QemuEvent name = names[random.nextInt(names.length)];
    event.is(name.kind(), name.recordedName(), 0);
    fill(name, event);
    event.time(random.nextLong(SECONDS) * 1_000_000_000L + random.nextLong(1_000_000) * 1000, 6);
    event.withThread(random.nextLong(1, 1 << 22));
  }

  private long any() {
    return random.nextInt(4) == 0 ? EDGES[random.nextInt(EDGES.length)] : sized();
  }

  /** All lengths of numbers, not only the longest. */
  private long sized() {
    return random.nextLong() >>> random.nextInt(Long.SIZE);
  }

  private long any32() {
    return any() & 0xffff_ffffL;
  }

  private long status() {
    return random.nextBoolean() ? HcallStatus.H_SUCCESS : any();
  }

  private void fill(QemuEvent name, Event event) {
    String recorded = name.recordedName();
    switch (name.kind()) {
      case H_PUT_TCE -> event.put(recorded, any(), any(), any(), status());
      case H_GET_TCE -> event.get(recorded, any(), any(), any(), status());
      case H_STUFF_TCE -> event.stuffedTo(recorded, any(), any(), any(), any(), status());
      case H_PUT_TCE_INDIRECT -> {
        long lastIndex = random.nextInt(MOST_OF_A_CALL);
        event.indirectLast(recorded, any(), any(), any(), lastIndex, any(), status());
      }
      case DMA -> {
        event.withLiobn(any()).withIoba(any()).withTce(any());
        event.withPermission(random.nextInt(4)).withPageMask(any32());
        event.holding(Event.IOBA_IS_RELATIVE);
      }
      case NEW_TABLE, PRE_SAVE, POST_LOAD -> table(name, event);
      case QUERY_PE_DMA_WINDOW -> {
        bridge(event).withAvailable(random.nextInt(3));
        event.withLargestBlock(any()).withPageMask(any32());
      }
      case CREATE_PE_DMA_WINDOW -> create(event);
      case REMOVE_PE_DMA_WINDOW -> event.withLiobn(any32()).withStatus(HcallStatus.H_SUCCESS);
      case RESET_PE_DMA_WINDOW -> bridge(event);
      case VIO_REGISTER_CRQ -> event.withId(any32()).withIoba(any()).withSize(any());
      case INTERRUPT, PROBE -> {
        // Readers keep nothing of their arguments.
      }
      default -> event.withId(any32());
    }
  }

  private void table(QemuEvent name, Event event) {
    event.withLiobn(any32());
    if (name == QemuEvent.NEW_TABLE) {
      int fd = random.nextInt(-1, 3);
      event.withId(fd).holding(fd >= 0 ? Event.IN_KERNEL : 0);
      event.holding(random.nextBoolean() ? Event.NO_TABLE : 0);
      return;
    }
    event.withEntries(any32()).withStart(any()).withPageShift(random.nextInt(SHIFTS));
    if (name == QemuEvent.POST_LOAD) {
      event.withPages(any32());
    }
  }

  private Event bridge(Event event) {
    event.withBuid(any()).withConfigAddress(any32());
    return event.withStatus(HcallStatus.H_SUCCESS);
  }

  private void create(Event event) {
    int shift = random.nextInt(SHIFTS);
    long requested = any();
    bridge(event).withPageShift(shift).withSize(requested).withEntries(requested >>> shift);
    event.withStart(any()).withLiobn(any32());
  }
}
