package io.tcescope.traces.made;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.csv.CsvFormat;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.guest.Shown;
import io.tcescope.traces.qemulog.QemuLogFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A recording in which one strange thing happens again and again, as where a guest is mad or a
 * machine huge: what is rare elsewhere, and may take its time there, must not do so here.
 *
 * @param name what happens
 * @param head the recording's first lines
 * @param round the lines of a round, without what the format puts before each
 */
public record StrangeRun(
    String name, Format format, List<String> head, IntFunction<List<String>> round) {
  private static final String BUID = "0x800000020000000";
  private static final long DEFAULT = 0x80000000L;
  private static final long DDW = 0x80000001L;
  private static final long VIO = 0x71000002L;
  private static final long DDW_BUS = 0x800000000000000L;
  private static final long TCE = 0x5000003;
  private static final int PAGES = 100_000;
  private static final int LIVE = 64;
  private static final int LIST = 16;
  private static final int CHUNK = 512;
  private static final int REFUSED = -4;

  private static final String REMOVE = "spapr_iommu_ddw_remove liobn=0x80000001";
  private static final String COLUMNS =
      "time_ns,call,liobn,ioba,pages,tce,ret,buid,config_addr,text,page_shift,window_shift,start";
  private static final String WINDOW = "window,0x80000000,,,,," + BUID + ",,,12,30,0x0";

  /** All there are. */
  public static List<StrangeRun> all() {
    return List.of(
        log("windows come and go", i -> List.of(create(), put(DDW, DDW_BUS, TCE), REMOVE)),
        log("windows are swept and go", StrangeRun::sweptWindow),
        log("the default window is reset", i -> List.of(put(DEFAULT, bus(i), TCE), reset())),
        log("bridges are many", i -> List.of(newTable(bridge(i)), put(bridge(i), bus(1), TCE))),
        log("LIOBNs are unknown", i -> List.of(put(0x90000000L + i, bus(1), TCE, REFUSED))),
        log("calls leave the window", i -> List.of(put(DEFAULT, bus(PAGES) * 8, TCE, REFUSED))),
        log(
            "calls on dead windows succeed",
            i -> List.of(create(), REMOVE, put(DDW, DDW_BUS, TCE))),
        log("entries are mapped twice", i -> List.of(put(DEFAULT, bus(i % LIVE), page(i)))),
        log("entries are cleared twice", i -> List.of(map(i), clear(bus(i)), clear(bus(i)))),
        log("permissions change", i -> List.of(put(DEFAULT, bus(i % LIVE), TCE - i % 3))),
        log(
            "mappings are cut",
            i -> List.of(list(bus(LIST * (long) i), LIST), stuff(bus(LIST * (long) i), 8))),
        log("chunks end inside mappings", StrangeRun::chunk),
        log("reads contradict", i -> List.of(map(i), get(bus(i), page(i + 1)))),
        log("devices hit freed entries", i -> List.of(map(i), clear(bus(i)), lookUp(bus(i)))),
        log("devices hit lost entries", StrangeRun::lost),
        log("connectors are reset", i -> List.of("spapr_drc_reset drc: 0x" + hex(0x40000000L + i))),
        log("queues are freed", StrangeRun::freedQueue),
        log("lines are foreign", i -> List.of("a line of another program, number " + i)),
        log("lines are broken", i -> List.of("spapr_iommu_pci_put liobn=0x80000000 ioba=" + i)),
        csv("PEs freeze", i -> List.of(row(i, "0x5000003"), row(i, "0x0"), frozen())),
        csv("allocations stay", StrangeRun::allocation),
        csv("allocations fail", i -> List.of(says("tg3 0000:00:01.0: iommu_alloc failed, tbl 0"))),
        csv("machines are reset", i -> List.of("machine-reset,,,,,,,,,,,", row(1, "0x5000003"))),
        csv("guests boot", i -> List.of(says("Linux version 6.1.0"), row(1, "0x5000003"))),
        csv("records are lost", i -> List.of("lost,,,,,,,,,,,", row(1, "0x5000003"))),
        csv("creates fail", i -> List.of(ddw("query", 0), ddw("create", -1))),
        csv("bridges are unplugged", i -> List.of(WINDOW, row(1, "0x5000003"), unplug())));
  }

  /** The recording of that many rounds, opened. */
  public Trace open(int rounds) {
    String text =
        head.stream().map(line -> line + "\n").collect(Collectors.joining())
            + IntStream.range(0, rounds)
                .mapToObj(round)
                .flatMap(List::stream)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    return Shown.open(format, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return name;
  }

  private static StrangeRun log(String name, IntFunction<List<String>> round) {
    return new StrangeRun(name, new QemuLogFormat(), List.of(newTable(DEFAULT)), round);
  }

  private static StrangeRun csv(String name, IntFunction<List<String>> round) {
    List<String> head = List.of(COLUMNS, "0," + WINDOW);
    IntFunction<List<String>> timed =
        i -> round.apply(i).stream().map(row -> 1000L * (i + 1) + "," + row).toList();
    return new StrangeRun(name, new CsvFormat(), head, timed);
  }

  private static List<String> sweptWindow(int i) {
    return List.of(
        create(),
        put(DDW, DDW_BUS, TCE),
        stuff(DDW, DDW_BUS, CHUNK, 16),
        stuff(DDW, DDW_BUS + (CHUNK << 16), CHUNK, 16),
        REMOVE);
  }

  private static List<String> chunk(int i) {
    long at = bus(2L * CHUNK * i);
    return List.of(list(at, CHUNK), list(at + bus(CHUNK), CHUNK), stuff(at, CHUNK), get(at, 0));
  }

  private static List<String> lost(int i) {
    return List.of(i % LIST == 0 ? reset() : map(i), lookUp(bus(Math.max(0, i - LIST))));
  }

  private static List<String> freedQueue(int i) {
    return List.of(put(VIO, bus(i % LIVE), TCE), "spapr_vio_free_crq CRQ for dev 0x71000002 freed");
  }

  private static List<String> allocation(int i) {
    String place = ",0x80000000,0x" + hex(bus(i)) + ",1,,,,,,,,";
    List<String> made = List.of("alloc" + place, row(i, "0x5000003"));
    return i % 2 == 0 ? made : List.of(made.getFirst(), made.getLast(), "free" + place);
  }

  private static String hex(long value) {
    return Long.toHexString(value);
  }

  private static long bus(long index) {
    return (index % PAGES) << 12;
  }

  private static long page(int i) {
    return TCE + ((long) i << 12);
  }

  private static long bridge(int i) {
    return DEFAULT + ((long) i << 8);
  }

  private static String newTable(long liobn) {
    return "spapr_iommu_new_table liobn=0x" + hex(liobn) + " table=0x7f0000000000 fd=-1";
  }

  private static String create() {
    return "spapr_iommu_ddw_create buid="
        + BUID
        + " addr=0x0, page size=0x10000, requested=0x10000000, start addr=0x800000000000000,"
        + " liobn=0x80000001";
  }

  private static String reset() {
    return "spapr_iommu_ddw_reset buid=" + BUID + " addr=0x0";
  }

  private static String map(int i) {
    return put(DEFAULT, bus(i), page(i));
  }

  private static String put(long liobn, long ioba, long tce) {
    return put(liobn, ioba, tce, 0);
  }

  private static String put(long liobn, long ioba, long tce, int status) {
    return "spapr_iommu_pci_put liobn=0x%x ioba=0x%x tce=0x%x ret=%d"
        .formatted(liobn, ioba, tce, status);
  }

  private static String get(long ioba, long tce) {
    return "spapr_iommu_pci_get liobn=0x80000000 ioba=0x%x ret=0 tce=0x%x".formatted(ioba, tce);
  }

  private static String clear(long ioba) {
    return put(DEFAULT, ioba, 0);
  }

  private static String stuff(long ioba, int pages) {
    return stuff(DEFAULT, ioba, pages, 12);
  }

  private static String stuff(long liobn, long ioba, int pages, int pageShift) {
    long end = ioba + ((long) pages << pageShift);
    return "spapr_iommu_pci_stuff liobn=0x%x ioba=0x%x tcevalue=0x0 npages=%d ret=0"
        .formatted(liobn, end, pages);
  }

  private static String list(long ioba, int pages) {
    return "spapr_iommu_pci_indirect liobn=0x80000000 ioba=0x%x tcelist=0x1000 iobaN=0x%x tceN=0x%x ret=0"
        .formatted(ioba, pages - 1, TCE + bus(pages - 1));
  }

  private static String lookUp(long ioba) {
    return "spapr_iommu_xlate liobn=0x80000000 0x%x -> 0x0 perm=0 mask=0xfff".formatted(ioba);
  }

  private static String row(int i, String tce) {
    return "H_PUT_TCE,0x80000000,0x" + hex(bus(i)) + ",," + tce + ",0,,,,,,";
  }

  private static String frozen() {
    return "eeh,,,,,," + BUID + ",,EEH: Frozen PHB#0-PE#1 detected,,,";
  }

  private static String unplug() {
    return "unplug,,,,,," + BUID + ",,,,,";
  }

  private static String says(String message) {
    return "log,,,,,,,,\"" + message + "\",,,";
  }

  private static String ddw(String what, int status) {
    return "\"ibm," + what + "-pe-dma-window\",,,,," + status + "," + BUID + ",0x0,,,,";
  }
}
