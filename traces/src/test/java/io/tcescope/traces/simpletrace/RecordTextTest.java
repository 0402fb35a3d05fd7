package io.tcescope.traces.simpletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.guest.Shown;
import io.tcescope.traces.made.SimpletraceWriter;
import io.tcescope.traces.qemulog.QemuEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A binary record is shown as QEMU's text log has it. */
final class RecordTextTest {
  private static final long FOREIGN = 7;

  private final SimpletraceWriter writer = new SimpletraceWriter(4, ByteOrder.LITTLE_ENDIAN);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  RecordTextTest() {
    writer.begin(out);
    writer.name(out, FOREIGN, "virtio_notify");
  }

  /** Lines of real logs, and the arguments behind them. */
  static List<Arguments> lines() {
    return List.of(
        line("spapr_iommu_pci_put liobn=0x80000100 ioba=0x3000 tce=0x16003 ret=-4")
            .with(0x80000100L, 0x3000L, 0x16003L, -4L),
        line("spapr_iommu_new_table liobn=0x80000001 table=(nil) fd=-1").with(0x80000001L, 0L, -1L),
        line("spapr_iommu_new_table liobn=0x80000001 tcet=0x7f01 table=0x7f02 fd=9")
            .with(0x80000001L, 0x7f01L, 0x7f02L, 9L),
        line("spapr_iommu_pre_save liobn=80000000 40000 bus_offset=0x0 ps=12")
            .with(0x80000000L, 0x40000L, 0L, 12L),
        line("spapr_iommu_post_load liobn=80000001 0 => 0x10 bus_offset=0x800000000000000 ps=24")
            .with(0x80000001L, 0L, 0x10L, 0x800000000000000L, 24L),
        line("spapr_vio_h_reg_crq CRQ for dev 0x71000002 registered at 0x7e374000/0x1000")
            .with(0x71000002L, 0x7e374000L, 0x1000L),
        line("spapr_pci_msi Releasing wrong config (cfg=0x0)").with("Releasing wrong config", 0L),
        line("spapr_pci_msi_setup dev\"virtio-blk-pci\" vector 0, addr=0x40000000000")
            .with("virtio-blk-pci", 0L, 0x40000000000L),
        line("spapr_pci_msi_write @0x0<=0x1302 IRQ 4866").with(0L, 0x1302L, 4866L),
        line("spapr_pci_msi_retry Guest device at 0x0 asked 4, have only 3").with(0L, 4L, 3L),
        line("spapr_pci_rtas_ibm_change_msi cfgaddr 0x0 func 4, requested 3, first irq 0")
            .with(0L, 4L, 3L, 0L),
        line("spapr_pci_rtas_ibm_query_interrupt_source_number queries for #0, IRQ4864")
            .with(0L, 4864L),
        line("spapr_pci_lsi_set pci@800000020000001 PIN0 IRQ 4612")
            .with("pci@800000020000001", 0L, 4612L),
        line("spapr_drc_realize_child drc: 0x10000000, child name: dr-connector[268435456]")
            .with(0x10000000L, "dr-connector[268435456]"),
        line("spapr_drc_attach drc: 0x20000005").with(0x20000005L));
  }

  private record Line(String text) {
    Arguments with(Object... arguments) {
      return Arguments.of(text, List.of(arguments));
    }
  }

  private static Line line(String text) {
    return new Line(text);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aRecordIsShownAsTheLineOfTheTextLog(String line, List<Object> arguments) {
    String name = line.substring(0, line.indexOf(' '));
    write(Objects.requireNonNull(QemuEvent.of(name)), arguments);
    assertThat(shown()).isEqualTo(line);
  }

  @Test
  void argumentsOfWhichNoFormatIsKnownAreShownInHexadecimal() {
    writer.mixed(out, FOREIGN, List.of(0x10L, -1L));
    assertThat(shown()).isEqualTo("virtio_notify 0x10 0xffffffffffffffff");
  }

  @Test
  void bytesThatAreNoWholeWordAreShownToo() {
    writer.mixed(out, FOREIGN, List.of(0x10L, "ab"));
    assertThat(shown()).isEqualTo("virtio_notify 0x10 020000006162");
  }

  @Test
  void argumentsThatALaterVersionHasBesidesStandBehindTheLine() {
    write(QemuEvent.DRC_ATTACH, List.of(0x20000005L, 3L));
    assertThat(shown()).isEqualTo("spapr_drc_attach drc: 0x20000005 0x3");
  }

  @Test
  void aRecordShorterThanItsFormatIsShownInHexadecimal() {
    write(QemuEvent.PUT, List.of(0x71000002L, 0x1000L));
    assertThat(shown()).isEqualTo("spapr_iommu_put 0x71000002 0x1000");
  }

  @Test
  void aTextThatClaimsToBeLongerThanItsRecordIsNotRead() {
    write(QemuEvent.LSI_SET, List.of(0xffff_ffff_0000_0008L, 1L));
    assertThat(shown()).isEqualTo("spapr_pci_lsi_set 0xffffffff00000008 0x1");
  }

  @Test
  void aNumberWithoutANameIsShown() {
    writer.mixed(out, 9999, List.of(0x10L));
    assertThat(shown()).isEqualTo("unnamed event 9999 0x10");
  }

  @Test
  void aDropRecordSaysHowManyWereLost() {
    writer.dropped(out, 168);
    assertThat(shown()).isEqualTo("dropped 168");
  }

  private void write(QemuEvent event, List<?> arguments) {
    writer.mixed(out, SimpletraceWriter.id(event), arguments);
  }

  @Test
  void itsThreadAndItsTimeStandBeforeIt() {
    writer.record(out, SimpletraceWriter.id(QemuEvent.DRC_ATTACH), 2_817_388_635_999L, 1);
    assertThat(raw())
        .isEqualTo(SimpletraceWriter.PROCESS + "@2817.388635:spapr_drc_attach drc: 0x1");
  }

  private String shown() {
    String raw = raw();
    return raw.substring(raw.indexOf(':') + 1);
  }

  private String raw() {
    Event event = new Event();
    try (Trace trace = Shown.open(new SimpletraceFormat(null), out.toByteArray())) {
      TraceReader reader = trace.read(1);
      assertThat(reader.next(event)).isTrue();
      String text = event.raw();
      assertThat(event.text()).isEqualTo(text);
      return text;
    }
  }
}
