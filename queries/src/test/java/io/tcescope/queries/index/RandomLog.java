package io.tcescope.queries.index;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Pseudo-random QEMU logs, in which calls meet each other's entries and windows. */
public final class RandomLog {
  private static final long DDW_START = 0x800000000000000L;

  private final RandomGenerator random;
  private final boolean timed;
  private final int threads;
  private final int bridges;
  private final StringBuilder text = new StringBuilder();
  private long microseconds = 1_000_000;

  private RandomLog(RandomGenerator random, int threads, int bridges) {
    this.random = random;
    this.threads = threads;
    this.bridges = bridges;
    this.timed = random.nextInt(4) > 0;
  }

  public static String make(long seed, int lines) {
    return make(seed, lines, 2, 2);
  }

  /** Two windows a bridge. */
  static String make(long seed, int lines, int threads, int bridges) {
    RandomLog log = new RandomLog(new SplittableRandom(seed), threads, bridges);
    for (int i = 0; i < lines; i++) {
      log.line();
    }
    return log.text.toString();
  }

  private void line() {
    long liobn = 0x80000000L + 0x100L * random.nextInt(bridges) + random.nextInt(2);
    long ioba = ((liobn & 1) != 0 ? DDW_START : 0) + ((long) page() << 12);
    int status = random.nextInt(10) == 0 ? -4 : 0;
    switch (random.nextInt(20)) {
      case 0 -> create(liobn);
      case 1 -> event("spapr_iommu_ddw_remove liobn=0x%x".formatted(liobn));
      case 2 -> event("spapr_iommu_ddw_reset buid=0x%x addr=0x800".formatted(buid(liobn)));
      case 3 ->
          event(
              "spapr_iommu_xlate liobn=0x%x 0x%x -> 0x0 perm=0 mask=0xfff".formatted(liobn, ioba));
      case 4 -> plain("remark " + random.nextInt(100) + " of something that failed");
      case 5, 6, 7 ->
          event(
              "spapr_iommu_pci_stuff liobn=0x%x ioba=0x%x tcevalue=0x0 npages=%d ret=%d"
                  .formatted(
                      liobn, ioba, random.nextInt(random.nextInt(8) == 0 ? 4096 : 20), status));
      case 8, 9 ->
          event(
              ("spapr_iommu_pci_indirect liobn=0x%x ioba=0x%x tcelist=0x3000000 iobaN=0x%x"
                      + " tceN=0x%x ret=%d")
                  .formatted(liobn, ioba, random.nextInt(20), tce(), status));
      case 10 ->
          event(
              "spapr_iommu_pci_get liobn=0x%x ioba=0x%x ret=%d tce=0x%x"
                  .formatted(liobn, ioba, status, tce()));
      default ->
          event(
              "spapr_iommu_pci_put liobn=0x%x ioba=0x%x tce=0x%x ret=%d"
                  .formatted(liobn, ioba, tce(), status));
    }
  }

  private int page() {
    return random.nextInt(6) == 0 ? random.nextInt(1 << 18) : random.nextInt(64);
  }

  private long tce() {
    return ((long) random.nextInt(256) << 12) | random.nextInt(4);
  }

  private static long buid(long liobn) {
    return 0x800000020000000L + ((liobn >> 8) & 0xffff);
  }

  private void create(long liobn) {
    event("spapr_iommu_new_table liobn=0x%x table=0x7f42cc81d010 fd=-1".formatted(liobn));
    event(
        ("spapr_iommu_ddw_create buid=0x%x addr=0x800, page size=0x%x, requested=0x%x,"
                + " start addr=0x%x, liobn=0x%x")
            .formatted(
                buid(liobn),
                random.nextBoolean() ? 0x1000 : 0x10000,
                0x1000000L << random.nextInt(6),
                (liobn & 1) != 0 ? DDW_START : 0,
                liobn));
  }

  private void event(String line) {
    if (timed) {
      microseconds += random.nextInt(400);
      long stamp = random.nextInt(50) == 0 ? microseconds - 300 : microseconds;
      text.append(
          "%d@%d.%06d:"
              .formatted(4700 + random.nextInt(threads), stamp / 1_000_000, stamp % 1_000_000));
    }
    plain(line);
  }

  private void plain(String line) {
    text.append(line).append('\n');
  }
}
