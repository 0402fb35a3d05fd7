package io.tcescope.traces.qemulog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogReaderTest {
  private static final String PUT =
      "spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x3 ret=0";
  private static final String PUT_READ =
      "H_PUT_TCE spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x3 status=0";

  @Test
  void aTextThatOnlyQuotesEventsIsRemarked() {
    String notes =
        "# A run\n\nThe window went:\n\n    " + PUT + "\n\nand `spapr_drc_reset` came.\n";
    assertThat(remarks(notes))
        .containsExactly(
            "memory: of 7 lines 1 hold an event and 1 only name one: it looks like a text about a"
                + " recording, not like a recording");
  }

  @Test
  void aLogAmongAConsolesLinesIsNotRemarked() {
    String console = "[    0.000000] Linux version 6.12\nbooting ...\n".repeat(20);
    assertThat(remarks(console + PUT + "\n" + console + "login: " + PUT + "\n")).isEmpty();
    assertThat(remarks(("Jan 27 14:19:41 host qemu[77]: " + PUT + "\n").repeat(3))).isEmpty();
  }

  private static List<String> remarks(String text) {
    try (Trace trace = Shown.open(new QemuLogFormat(), text.getBytes(StandardCharsets.US_ASCII))) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        // to the end
      }
      return reader.health().remarks();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4711@1626870000.123456:",
        "2025-09-18T10:11:12.123456Z ",
        "2025-09-18T10:11:12Z ",
        "2025-06-26T19:55:14.366177Z (1234) ",
        "\u001b[32m",
        "Jan 27 14:19:41 host qemu[77]: ",
        "  CPU 0/KVM-4713 [010] .... 5005.000100: tracing_mark_write: "
      })
  void everyPrefixIsPassed(String prefix) {
    assertThat(Shown.calls(new QemuLogFormat(), prefix + PUT + "\r\n")).containsExactly(PUT_READ);
  }

  @ParameterizedTest
  @CsvSource({
    "'4711@1626870000.123456:', 1626870000123456000, 6, 4711",
    "'2025-09-18T10:11:12.123456Z ', 1758190272123456000, 6, 0",
    "'2025-09-18T10:11:12Z ', 1758190272000000000, 0, 0",
    "'2025-06-26T19:55:14.366177Z (1234) ', 1750967714366177000, 6, 1234",
    "'\u001b[32m4711@1626870000.000001:', 1626870000000001000, 6, 4711",
  })
  void aPrefixTellsTimeAndThread(String prefix, long nanoseconds, int digits, long thread) {
    Event event = first(prefix + PUT + "\u001b[0m\n");
    assertThat(event.kind()).isEqualTo(EventKind.H_PUT_TCE);
    assertThat(event.time()).isEqualTo(nanoseconds);
    assertThat(event.timeDigits()).isEqualTo(digits);
    assertThat(event.thread()).isEqualTo(thread);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
spapr_iommu_pci_put liobn=80000000 ioba=0x10000 tce=0x3 ret=0 | H_PUT_TCE spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x3 status=0
spapr_iommu_get liobn=0x71000003 ioba=0x97a9000 ret=0 tce=0xffffffffffffffff | H_GET_TCE spapr_iommu_get liobn=0x71000003 ioba=0x97a9000 tce=0xffffffffffffffff status=0
spapr_iommu_pci_put liobn=0xab64c80d884e1f8d ioba=0x800000007a00000 tce=0x14400003 ret=-4 | H_PUT_TCE spapr_iommu_pci_put liobn=0xab64c80d884e1f8d ioba=0x800000007a00000 tce=0x14400003 status=-4
spapr_iommu_stuff liobn=0x71000003 ioba=0x16f33000 tcevalue=0x0 npages=11 ret=-4 | H_STUFF_TCE spapr_iommu_stuff liobn=0x71000003 ioba=0x16f33000 tce=0x0 pages=0xb status=-4
spapr_iommu_indirect liobn=0x71000003 ioba=0x96b6000 tcelist=0x3000000 iobaN=0x13d tceN=0x0 ret=0 | H_PUT_TCE_INDIRECT spapr_iommu_indirect liobn=0x71000003 ioba=0x96b6000 tce=0x0 pages=0x13e status=0 list-address=0x3000000
spapr_iommu_xlate liobn=0x80000101 0x4a47a84 -> 0x4000000 perm=3 mask=0xffffff | DMA spapr_iommu_xlate liobn=0x80000101 ioba=0x4a47a84 tce=0x4000000 mask=0xffffff permission=0x3
spapr_iommu_new_table liobn=0x80000001 table=(nil) fd=-1 | NEW_TABLE spapr_iommu_new_table liobn=0x80000001 id=0xffffffffffffffff
spapr_iommu_new_table liobn=80000001 tcet=0x7f68 table=0x7f42cc81d010 fd=7 | NEW_TABLE spapr_iommu_new_table liobn=0x80000001 id=0x7
spapr_iommu_pre_save liobn=80000000 40000 bus_offset=0x0 ps=12 | PRE_SAVE spapr_iommu_pre_save liobn=0x80000000 shift=0xc entries=0x40000 start=0x0
spapr_iommu_post_load liobn=80000001 0 => 0x10 bus_offset=0x800000000000000 ps=24 | POST_LOAD spapr_iommu_post_load liobn=0x80000001 pages=0x0 shift=0x18 entries=0x10 start=0x800000000000000
spapr_iommu_ddw_query buid=800000020000000 addr=a4a5, 1 windows available, max window size=80000000, mask=107 | QUERY_PE_DMA_WINDOW spapr_iommu_ddw_query status=0 buid=0x800000020000000 config=0xa4a5 available=0x1 block=0x80000000 mask=0x107
spapr_vio_h_reg_crq CRQ for dev 0x71000002 registered at 0x7e374000/0x1000 | VIO_REGISTER_CRQ spapr_vio_h_reg_crq ioba=0x7e374000 id=0x71000002 size=0x1000
spapr_drc_realize_child drc: 0x10000000, child name: dr-connector[268435456] | DRC spapr_drc_realize_child id=0x10000000
spapr_drc_set_isolation_state drc: 0x40010008, state: 0x0 | DRC_ISOLATED spapr_drc_set_isolation_state id=0x40010008
spapr_drc_set_isolation_state drc: 0x40010008, state: 0x1 | DRC spapr_drc_set_isolation_state id=0x40010008
spapr_pci_msi_write @0x0<=0x1302 IRQ 4866 | INTERRUPT spapr_pci_msi_write
vfio_spapr_create_window pageshift=0x10 levels=1 winsize=0x1000 offset=0x0 | PROBE vfio_spapr_create_window
""")
  void everyEventIsReadInEveryNotation(String line, String event) {
    assertThat(Shown.calls(new QemuLogFormat(), line + "\n")).containsExactly(event);
  }

  @Test
  void foreignLinesAreLogEventsOfTheirOwnAndNoFault() {
    TraceHealth health =
        health(
            PUT
                + "\nqemu-system-ppc64: warning: a line of another subsystem\n"
                + "put_tce_emu: spapr_vio_put_tce on out-of-bounds IOBA 0x00000000deadb000\n"
                + "spapr_tce_find_by_liobn: Request for out-of-bounds LIOBN 0x1\n\nhello\n");
    assertThat(health.events()).isEqualTo(6);
    assertThat(health.isLossy()).isFalse();
    assertThat(health.records().keySet())
        .containsExactly("guest_error", "log", "spapr_iommu_pci_put", "warning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4711@1626870000.123456:", "2025-09-18T10:11:12Z "})
  void aMalformedEventIsCountedOnceAndStaysALine(String prefix) {
    TraceHealth health = health(PUT + "\n" + prefix + PUT.replace("tce=", "tea=") + "\n" + PUT);
    assertThat(health.events()).isEqualTo(3);
    assertThat(health.skipped()).containsOnlyKeys("malformed event");
    assertThat(health.skipped().values()).allSatisfy(bad -> assertThat(bad.count()).isEqualTo(1));
    assertThat(health.isDamaged()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spapr_iommu_pre_save liobn=80000000 40000 bus_offset=0x0 ps=77",
        "spapr_iommu_pre_save liobn=80000000 40000 bus_offset=0x0 ps=-1",
        "spapr_iommu_post_load liobn=80000000 0 => 0x40000 bus_offset=0x0 ps=64",
        "spapr_iommu_ddw_create buid=0x800000020000000 addr=0x0, page size=0x0,"
            + " requested=0x10000000, start addr=0x800000000000000, liobn=0x80000001",
        "spapr_iommu_ddw_create buid=0x800000020000000 addr=0x0, page size=0x30000,"
            + " requested=0x10000000, start addr=0x800000000000000, liobn=0x80000001",
      })
  void anEventOfPagesThatCannotBeIsCountedAndStaysALine(String line) {
    TraceHealth health = health(PUT + "\n" + line + "\n" + PUT);
    assertThat(health.events()).isEqualTo(3);
    assertThat(health.skipped()).containsOnlyKeys("malformed event");
    assertThat(health.isDamaged()).isFalse();
  }

  @Test
  void aLastLineCutAnywhereIsDamageOnlyIfSomethingIsMissing() {
    for (int length = "spapr_".length(); length < PUT.length(); length++) {
      TraceHealth health = health(PUT + "\n" + PUT.substring(0, length));
      assertThat(health.isDamaged()).as("cut to %d", length).isTrue();
      assertThat(health.events()).isEqualTo(2);
    }
    assertThat(health(PUT + "\n" + PUT).isLossy()).isFalse();
  }

  @Test
  void coloursInsideALineAreNoFault() {
    String red = "\u001b[01;31m\u001b[K";
    String off = "\u001b[m\u001b[K";
    String found = PUT.replace("spapr_iommu", red + "spapr_iommu" + off);
    String prefixed = "log.txt" + red + ":" + off + "4711@1626870000.123456:" + found;
    for (String line : List.of(found, prefixed, PUT.replace("ioba=", red + "ioba" + off + "="))) {
      assertThat(Shown.calls(new QemuLogFormat(), line + "\n")).containsExactly(PUT_READ);
      assertThat(health(line + "\n").isLossy()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spapr_iommu_ddw_remove liobn=0x80000001",
        "spapr_iommu_ddw_create buid=0x800000020000000 addr=0x0, page size=0x1000000,"
            + " requested=0x80000000, start addr=0x800000000000000, liobn=0x80000001"
      })
  void aLiobnThatLacksDigitsAtTheEndOfTheFileIsCutOff(String line) {
    String cut = line.substring(0, line.length() - 2);
    assertThat(health(PUT + "\n" + cut).isDamaged()).isTrue();
    assertThat(health(PUT + "\n" + line).isLossy()).isFalse();
  }

  /** It may be any number that begins so. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TCE | spapr_iommu_pci_get liobn=0x80000000 ioba=0x1000 ret=0 tce=0x12340",
        "PAGE_MASK | spapr_iommu_xlate liobn=0x80000000 0x1000 -> 0x1234000 perm=3 mask=0xfff",
        "PAGE_MASK | spapr_iommu_ddw_query buid=0x800000020000000 addr=0x0, 1 windows available,"
            + " max window size=0x80000000, mask=0x10",
      })
  void theNumberAtTheEndOfAFileThatMayBeCutThereIsNotTold(String field, String line) {
    int bit = field.equals("TCE") ? Event.TCE : Event.PAGE_MASK;
    assertThat(first(line + "\n").has(bit)).isTrue();
    assertThat(first(line).has(bit)).isFalse();
    assertThat(health(line).isLossy()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spapr_iommu_pre_save liobn=80000000 40000 bus_offset=0x0 ps=1",
        "spapr_iommu_post_load liobn=80000000 0 => 0x40000 bus_offset=0x0 ps=2"
      })
  void aPageShiftThatLacksADigitAtTheEndOfTheFileIsCutOff(String line) {
    assertThat(health(PUT + "\n" + line).isDamaged()).isTrue();
    assertThat(health(PUT + "\n" + line + "2").isLossy()).isFalse();
    assertThat(health("spapr_iommu_pre_save liobn=80000001 0 bus_offset=0x0 ps=0").isLossy())
        .isFalse();
  }

  @Test
  void aLineOfTenMegabytesIsPassedAndCountedWithItsPlace() {
    TraceHealth health = health(PUT + "\n" + "x".repeat(10_000_000) + "\n" + PUT + "\n");
    assertThat(health.events()).isEqualTo(3);
    assertThat(health.records())
        .containsEntry("spapr_iommu_pci_put", new TraceHealth.Records(2, 0));
    assertThat(health.skipped().values())
        .singleElement()
        .satisfies(line -> assertThat(line.first().getFirst().line()).isEqualTo(2));
  }

  private static Event first(String text) {
    Event event = new Event();
    try (Trace trace = open(text)) {
      assertThat(trace.read(1).next(event)).isTrue();
    }
    return event;
  }

  private static TraceHealth health(String text) {
    try (Trace trace = open(text)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        assertThat(event.ordinal()).isEqualTo(event.line());
      }
      return reader.health();
    }
  }

  private static Trace open(String text) {
    return Shown.open(new QemuLogFormat(), text.getBytes(StandardCharsets.UTF_8));
  }
}
