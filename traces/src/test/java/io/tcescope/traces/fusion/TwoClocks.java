package io.tcescope.traces.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A run in which a guest maps single pages, as its host and as the guest itself record it. The
 * guest's clock began at another time and runs faster or slower; the guest records the end of a
 * call some microseconds after the host. The guest began to record late.
 */
final class TwoClocks {
  private static final long HOST_START = 1_795_348_500_000_000L;

  private final StringBuilder host = new StringBuilder();
  private final StringBuilder guest = new StringBuilder();
  private final List<String> order = new ArrayList<>();
  private final List<Long> guestTimes = new ArrayList<>();
  private final double rate;
  private long hostTime = HOST_START;

  /** No call yet, and clocks that run alike. */
  TwoClocks() {
    rate = 1;
  }

  TwoClocks(long seed, int calls) {
    RandomGenerator random = new SplittableRandom(seed);
    rate = 1 + (random.nextDouble() - 0.5) * 4e-4;
    int late = random.nextInt(calls / 4);
    for (int i = 0; i < calls; i++) {
      long pause = 200L + random.nextInt(i % 10 == 0 ? 500_000 : 2000);
      long page = 0x1000L * (1 + random.nextInt(1 << 18));
      long number = 16L + random.nextInt(64);
      boolean recorded = i >= late;
      call(pause, number, page, recorded);
    }
  }

  /** So many microseconds after the call before, the page is mapped by the entry of that number. */
  void call(long pause, long number, long page, boolean recorded) {
    hostTime += pause;
    host.append(
        hostLine(
            "spapr_iommu_pci_put liobn=0x80000100 ioba=0x"
                + Long.toHexString(number << 12)
                + " tce=0x"
                + Long.toHexString(page | 3)
                + " ret=0"));
    order.add("host " + (page | 3));
    long time = 5_000_000 + (long) ((hostTime - HOST_START) * rate);
    guestTimes.add(time);
    if (recorded) {
      guestLine(
          time - 60,
          String.format(
              Locale.ROOT,
              "buildmulti: (tce_buildmulti_pSeriesLP+0xc/0x390) tbl=0xc0000000040e4800 tcenum=%d npages=1 uaddr=0x%x dir=0 attrs=0x0",
              number,
              page + 0xc000000000000000L));
      guestLine(time - 30, "hcall_entry: opcode=32");
      guestLine(time + 20, "hcall_exit: opcode=32 retval=0");
      order.add("guest " + (page | 3));
    }
  }

  private void guestLine(long time, String record) {
    guest.append(
        String.format(
            Locale.ROOT, "            task-1       [000] d....  %s: %s%n", stamp(time), record));
  }

  private static String stamp(long micros) {
    return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
  }

  String hostLine(String event) {
    return "4711@" + stamp(hostTime) + ":" + event + "\n";
  }

  /** What the guest recorded, and that it removed a window behind that call. */
  String guestThatRemoves(long liobn, int call) {
    String before = guest.toString();
    long time = guestTimes.get(call) + 25;
    guestLine(
        time,
        String.format(
            Locale.ROOT, "rtas_input: ibm,remove-pe-dma-window arguments: {0x%x}", liobn));
    guestLine(time, "rtas_output: ibm,remove-pe-dma-window status: 0, other outputs: {}");
    String all = guest.toString();
    guest.setLength(0);
    guest.append(before);
    return all;
  }

  String host() {
    return host.toString();
  }

  String guest() {
    return guest.toString();
  }

  /** The calls in the order in which they happened, each as both tell it. */
  List<String> order() {
    return order;
  }
}
