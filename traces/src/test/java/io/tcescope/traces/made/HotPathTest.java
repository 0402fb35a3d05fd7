package io.tcescope.traces.made;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.traces.guest.Shown;
import io.tcescope.traces.qemulog.QemuLogFormat;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What an event costs in memory on its way from the bytes to the findings. */
final class HotPathTest {
  private static final int ROUNDS = 60_000;
  private static final int EVENTS_PER_ROUND = 5;

  /** By then every entry that is used was written once, and every storm has its evidence. */
  private static final long TOUCHED = 50_000;

  private static final long LIOBN = 0x80000100L;
  private static final int PAGE = 12;
  private static final int SINGLES = 2048;
  private static final int LISTS = 256;
  private static final int LIST = 8;
  private static final long OUTSIDE = 1L << 40;

  /** Takes the memory that the thread has allocated, at two events. */
  private static final class Meter implements Observer {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CheckRunner checks;
    private long before;
    private long allocated;

    Meter(Trace trace) {
      checks = new CheckRunner(trace);
    }

    @Override
    public void on(Event event, Change change, IommuState state) {
      checks.on(event, change, state);
      if (event.ordinal() == TOUCHED) {
        before = threads.getCurrentThreadAllocatedBytes();
      } else if (event.ordinal() == ROUNDS * EVENTS_PER_ROUND) {
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      }
    }

    @Override
    public void end(IommuState state) {
      checks.end(state);
    }
  }

  @Test
  void decodingReplayAndChecksAllocateNothingPerEventOnTouchedLeaves() {
    ReplayOptions options = ReplayOptions.defaults().withInference(Inference.LINUX);
    try (Trace trace = Shown.open(new QemuLogFormat(), log())) {
      long allocated = Long.MAX_VALUE;
      for (int run = 0; run < 4; run++) {
        Meter meter = Replay.run(trace, options, () -> new Meter(trace)).observer();
        allocated = Math.min(allocated, meter.allocated);
        assertThat(meter.checks.findings()).hasSizeBetween(1, 8);
      }
      assertThat(allocated).isLessThan((ROUNDS * EVENTS_PER_ROUND - TOUCHED) / 10);
    }
  }

  /** A driver that maps and unmaps single pages and lists; one call in fifty goes wrong. */
  private static byte[] log() {
    LogWriter writer = new LogWriter(LogWriter.Prefix.THREAD_AND_TIME, "0x");
    StringBuilder log = new StringBuilder();
    Event event = new Event();
    long ordinal = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int step = 0; step < EVENTS_PER_ROUND; step++) {
        ordinal++;
        event.begin(ordinal, ordinal).time(ordinal * 1000, 6).withThread(7);
        fill(event, round, step);
        log.append(writer.line(event)).append('\n');
      }
    }
    return log.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void fill(Event event, int round, int step) {
    long single = (long) (round % SINGLES) << PAGE;
    long list = (long) (SINGLES + LIST * (round % LISTS)) << PAGE;
    long page = (0x1000L + round) << PAGE;
    long behind = list + ((long) LIST << PAGE);
    switch (step) {
      case 0 -> event.put("spapr_iommu_pci_put", LIOBN, single, page | 3, 0);
      case 1 ->
          event.indirectLast(
              "spapr_iommu_pci_indirect", LIOBN, list, 0xfb000, LIST - 1, page | 1, 0);
      case 2 -> unusual(event, round, single, page | 3);
      case 3 -> event.stuffedTo("spapr_iommu_pci_stuff", LIOBN, single + (1 << PAGE), 0, 1, 0);
      default -> event.stuffedTo("spapr_iommu_pci_stuff", LIOBN, behind, 0, LIST, 0);
    }
  }

  private static void unusual(Event event, int round, long single, long tce) {
    switch (round % 10) {
      case 0 -> event.put("spapr_iommu_pci_put", LIOBN, OUTSIDE, 3, HcallStatus.H_PARAMETER);
      case 1 -> event.put("spapr_iommu_pci_put", LIOBN, single, tce + (1 << PAGE), 0);
      case 2 -> event.put("spapr_iommu_pci_put", LIOBN, single, tce, 0);
      default -> event.get("spapr_iommu_pci_get", LIOBN, single, tce, 0);
    }
  }
}
