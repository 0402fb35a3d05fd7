package io.tcescope.engine;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HypervisorCall;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A recording made by hand: calls by short names, in the order they are made. {@link #event} adds
 * what no short name covers.
 */
public final class Calls {
  private final List<HypervisorCall> calls = new ArrayList<>();
  private final Event scratch = new Event();

  /** A put: one entry := {@code tce}. */
  public Calls put(long liobn, long ioba, long tce, long status) {
    return event(e -> e.put("put", liobn, ioba, tce, status));
  }

  public Calls get(long liobn, long ioba, long tce, long status) {
    return event(e -> e.get("get", liobn, ioba, tce, status));
  }

  /** A stuff by its arguments. */
  public Calls stuff(long liobn, long ioba, long tce, long pages, long status) {
    return event(e -> e.stuff("stuff", liobn, ioba, tce, pages, status));
  }

  /** A stuff as QEMU logs it, with the address where it ended. */
  public Calls stuffedTo(long liobn, long end, long tce, long pages, long status) {
    return event(e -> e.stuffedTo("spapr_iommu_pci_stuff", liobn, end, tce, pages, status));
  }

  /** An indirect put whose whole list is recorded. */
  public Calls indirect(long liobn, long ioba, long status, long... list) {
    return event(
        e -> {
          e.is(
              EventKind.H_PUT_TCE_INDIRECT,
              "indirect",
              Event.LIOBN | Event.IOBA | Event.PAGES | Event.STATUS);
          e.withLiobn(liobn).withIoba(ioba).withPages(list.length).withStatus(status).beginList();
          for (long tce : list) {
            e.addToList(tce);
          }
        });
  }

  /** An indirect put of {@code pages} entries that rise by {@code step}, the list recorded. */
  public Calls rising(long liobn, long ioba, int pages, long first, long step, long status) {
    long[] list = new long[pages];
    for (int i = 0; i < pages; i++) {
      list[i] = first + i * step;
    }
    return indirect(liobn, ioba, status, list);
  }

  /** An indirect put as QEMU logs it, see {@link Event#indirectLast}. */
  public Calls indirectLast(long liobn, long ioba, long lastIndex, long tce, long status) {
    return event(
        e ->
            e.indirectLast(
                "spapr_iommu_pci_indirect", liobn, ioba, 0x3000000, lastIndex, tce, status));
  }

  public Calls query(long buid, long configAddress, long available, long block, long mask) {
    return event(
        e ->
            e.is(EventKind.QUERY_PE_DMA_WINDOW, "query", 0)
                .withBuid(buid)
                .withConfigAddress(configAddress)
                .withAvailable(available)
                .withLargestBlock(block)
                .withPageMask(mask)
                .withStatus(0));
  }

  /** A window created, or with a status other than 0 asked for and not granted. */
  public Calls create(
      long buid,
      long configAddress,
      int pageShift,
      int windowShift,
      long liobn,
      long start,
      long status) {
    return event(
        e -> {
          e.is(EventKind.CREATE_PE_DMA_WINDOW, "create", 0)
              .withBuid(buid)
              .withConfigAddress(configAddress)
              .withPageShift(pageShift)
              .withEntries(windowShift < pageShift ? 0 : 1L << (windowShift - pageShift))
              .withSize(1L << windowShift)
              .withStatus(status);
          if (status == 0) {
            e.withLiobn(liobn).withStart(start);
          }
        });
  }

  public Calls remove(long liobn, long status) {
    return event(
        e -> e.is(EventKind.REMOVE_PE_DMA_WINDOW, "remove", 0).withLiobn(liobn).withStatus(status));
  }

  public Calls reset(long buid, long configAddress, long status) {
    return event(
        e ->
            e.is(EventKind.RESET_PE_DMA_WINDOW, "reset", 0)
                .withBuid(buid)
                .withConfigAddress(configAddress)
                .withStatus(status));
  }

  /** A table allocated by QEMU. */
  public Calls newTable(long liobn) {
    return event(
        e -> e.is(EventKind.NEW_TABLE, "spapr_iommu_new_table", 0).withLiobn(liobn).withId(1));
  }

  /** A window that exists, all clear, as CSV states it. */
  public Calls window(long liobn, long buid, String role, long start, int pageShift, long entries) {
    return event(
        e ->
            e.is(EventKind.WINDOW, "window", 0)
                .withLiobn(liobn)
                .withBuid(buid)
                .withStart(start)
                .withPageShift(pageShift)
                .withEntries(entries)
                .withText(role));
  }

  /** A device's look-up at an absolute bus address. */
  public Calls access(long liobn, long ioba, int permission) {
    return event(
        e ->
            e.is(EventKind.DMA, "access", 0)
                .withLiobn(liobn)
                .withIoba(ioba)
                .withPermission(permission));
  }

  /** Something without fields of its own: unplug, machine reset, quiesce. */
  public Calls sign(EventKind kind, long id) {
    return event(e -> e.is(kind, kind.call(), 0).withId(id));
  }

  /** {@code count} records lost, negative if the recorder does not say how many. */
  public Calls lost(long count) {
    return event(
        e -> {
          e.is(EventKind.LOST, "lost", 0);
          if (count >= 0) {
            e.withSize(count);
          }
        });
  }

  public Calls log(String text) {
    return event(e -> e.is(EventKind.LOG, "log", 0).withText(text));
  }

  /** Changes the last call, as to its time. */
  public Calls last(Consumer<Event> changing) {
    changing.accept(calls.removeLast().fill(scratch));
    calls.add(HypervisorCall.of(scratch));
    return this;
  }

  /** Any record: the next one, to be filled by {@code filling}. */
  public Calls event(Consumer<Event> filling) {
    long ordinal = calls.size() + 1L;
    scratch.begin(ordinal, ordinal).withText("");
    filling.accept(scratch);
    calls.add(HypervisorCall.of(scratch));
    return this;
  }

  public List<HypervisorCall> list() {
    return List.copyOf(calls);
  }

  public int size() {
    return calls.size();
  }

  /** A complete recording, as a CSV file is one. */
  public Trace trace() {
    return trace(SourceKind.CSV);
  }

  /** What such recorders might have written together. */
  public Trace trace(SourceKind... sources) {
    return new ListedTrace(Set.of(sources), list());
  }

  /** {@code n} calls on the windows of two bridges and a VIO device, most of them valid. */
  public static Calls random(long seed, int n) {
    return RandomCalls.make(new SplittableRandom(seed), n);
  }

  private record ListedTrace(Set<SourceKind> sources, List<HypervisorCall> calls) implements Trace {
    @Override
    public SourceKind source() {
      return sources.size() == 1 ? sources.iterator().next() : SourceKind.FUSED;
    }

    @Override
    public List<String> files() {
      return List.of("calls");
    }

    @Override
    public long bytes() {
      return calls.size();
    }

    @Override
    public TraceReader read(long first) {
      return new ListedReader(calls, (int) (first - 1));
    }

    @Override
    public void close() {}
  }

  private static final class ListedReader implements TraceReader {
    private final List<HypervisorCall> calls;
    private final TraceHealth health = new TraceHealth();
    private int at;

    ListedReader(List<HypervisorCall> calls, int from) {
      this.calls = calls;
      this.at = from;
    }

    @Override
    public boolean next(Event event) {
      if (at >= calls.size()) {
        return false;
      }
      HypervisorCall call = calls.get(at++);
      call.fill(event);
      if (call.kind() == EventKind.LOST) {
        health.lost(event.has(Event.SIZE) ? event.size() : -1);
      }
      health.progressed(at, at);
      return true;
    }

    @Override
    public long position() {
      return at;
    }

    @Override
    public TraceHealth health() {
      return health;
    }
  }
}
