package io.tcescope.traces.made;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.traces.qemulog.QemuEvent;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Any event of the pSeries machine with any values, the same ones for the same seed. */
public final class RandomEvents {
  private static final List<QemuEvent> WRITTEN =
      List.of(QemuEvent.values()).stream()
          .filter(event -> !event.recordedName().startsWith("vfio_"))
          .toList();

  private final RandomGenerator random;

  public RandomEvents(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Fills the event with the next one. */
  public Event fill(Event event, long ordinal) {
    event.begin(ordinal, ordinal).time(1_795_349_130_000_000_000L + ordinal * 7000, 6);
    event.withThread(1 + random.nextInt(100_000));
    QemuEvent name = WRITTEN.get(random.nextInt(WRITTEN.size()));
    event.is(name.kind(), name.recordedName(), 0);
    call(event, name);
    return event;
  }

  /** Of any magnitude: short and long numbers are written differently. */
  private long number() {
    return random.nextLong() >>> random.nextInt(64);
  }

  private long status() {
    return random.nextInt(4) == 0 ? -random.nextInt(60) : HcallStatus.H_SUCCESS;
  }

  private void call(Event event, QemuEvent name) {
    String recorded = name.recordedName();
    switch (name.kind()) {
      case H_PUT_TCE -> event.put(recorded, number(), number(), number(), status());
      case H_GET_TCE -> event.get(recorded, number(), number(), number(), status());
      case H_STUFF_TCE ->
          event.stuffedTo(recorded, number(), number(), number(), number() >>> 1, status());
      case H_PUT_TCE_INDIRECT ->
          event.indirectLast(
              recorded, number(), number(), number(), number() >>> 1, number(), status());
      default -> rare(event, name);
    }
  }

  private void rare(Event event, QemuEvent name) {
    switch (name.kind()) {
      case DMA ->
          event
              .withLiobn(number())
              .withIoba(number())
              .withTce(number())
              .withPermission(random.nextInt(4))
              .withPageMask(random.nextInt() & 0xffffffffL)
              .holding(Event.IOBA_IS_RELATIVE);
      case NEW_TABLE -> newTable(event);
      case PRE_SAVE -> geometry(event.withLiobn(number()).withEntries(number()));
      case POST_LOAD ->
          geometry(event.withLiobn(number()).withPages(number()).withEntries(number()));
      case QUERY_PE_DMA_WINDOW ->
          pe(event)
              .withAvailable(random.nextInt(3))
              .withLargestBlock(number())
              .withPageMask(random.nextInt(0x200));
      case CREATE_PE_DMA_WINDOW -> create(event);
      case REMOVE_PE_DMA_WINDOW -> event.withLiobn(number()).withStatus(HcallStatus.H_SUCCESS);
      case RESET_PE_DMA_WINDOW -> pe(event);
      case VIO_REGISTER_CRQ -> event.withId(number()).withIoba(number()).withSize(number());
      case INTERRUPT -> {
        // Nothing is asked of it.
      }
      default -> event.withId(number());
    }
  }

  private void newTable(Event event) {
    event.withLiobn(number()).withId(random.nextInt(5) - 1);
    event.holding(random.nextBoolean() ? Event.NO_TABLE : 0);
    event.holding(event.id() >= 0 ? Event.IN_KERNEL : 0);
  }

  private void geometry(Event event) {
    event.withStart(number()).withPageShift(12 + random.nextInt(20));
  }

  private Event pe(Event event) {
    return event.withBuid(number()).withConfigAddress(number()).withStatus(HcallStatus.H_SUCCESS);
  }

  private void create(Event event) {
    int shift = 12 + random.nextInt(20);
    long size = number();
    pe(event).withPageShift(shift).withSize(size).withEntries(size >>> shift);
    event.withStart(number()).withLiobn(number());
  }
}
