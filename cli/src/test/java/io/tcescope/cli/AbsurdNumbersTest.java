package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that no machine gives, one at a time, in every place where an event has a number. */
@Timeout(300)
final class AbsurdNumbersTest {
  /** What an event's number would be is in braces, in the notation of the event. */
  private static final Pattern NUMBER = Pattern.compile("\\{(0x|h)?([-0-9a-f]+)}");

  /** Events that tell of a window's place and size, or of many entries. */
  private static final Pattern SHAPES = Pattern.compile("pre_save|post_load|create|stuff");

  private static final List<Long> ABSURD =
      List.of(
          0L,
          1L,
          -1L,
          63L,
          64L,
          77L,
          512L,
          1L << 31,
          (1L << 32) - 1,
          1L << 40,
          1L << 52,
          1L << 62,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          Long.MIN_VALUE + 16);

  private static final List<String> EVENTS =
      List.of(
          "iommu_pci_put liobn={0x80000000} ioba={0x3000} tce={0x75003} ret={0}",
          "iommu_put liobn={0x71000002} ioba={0x3000} tce={0x75003} ret={-4}",
          "iommu_pci_get liobn={0x80000001} ioba={0x800000000000000} ret={0} tce={0x71003}",
          "iommu_pci_stuff liobn={0x80000000} ioba={0x3000} tcevalue={0x0} npages={2} ret={0}",
          "iommu_pci_stuff liobn={0x80000000} ioba={0x40000000} tcevalue={0x0} npages={2} ret={-4}",
          "iommu_pci_indirect liobn={0x80000001} ioba={0x800000000000000} tcelist={0x100000}"
              + " iobaN={0x3} tceN={0x79003} ret={0}",
          "iommu_pci_indirect liobn={0x80000000} ioba={0x3ffff000} tcelist={0x100000}"
              + " iobaN={0x0} tceN={0x79003} ret={-4}",
          "iommu_xlate liobn={0x80000000} {0x1000} -> {0x71000} perm={3} mask={0xfff}",
          "iommu_new_table liobn={0x80000100} table={0x55abd552c9c0} fd={-1}",
          "iommu_pre_save liobn={h80000000} {h40000} bus_offset={0x0} ps={12}",
          "iommu_pre_save liobn={h80000001} {h40000} bus_offset={0x800000000000000} ps={16}",
          "iommu_post_load liobn={h80000000} {h0} => {0x40000} bus_offset={0x0} ps={12}",
          "iommu_ddw_query buid={0x800000020000000} addr={0x0}, {1} windows available,"
              + " max window size={0x40000}, mask={0x7}",
          "iommu_ddw_create buid={0x800000020000000} addr={0x0}, page size={0x10000},"
              + " requested={0x10000000}, start addr={0x800000000000000}, liobn={0x80000001}",
          "iommu_ddw_remove liobn={0x80000001}",
          "iommu_ddw_reset buid={0x800000020000000} addr={0x0}",
          "vio_h_reg_crq CRQ for dev {0x71000002} registered at {0x1000}/{0x1000}",
          "vio_free_crq CRQ for dev {0x71000002} freed",
          "pci_msi_write @{0x0}<={0x1302} IRQ {4866}",
          "drc_attach drc: {0x20000001}",
          "drc_unplug_request drc: {0x20000000}",
          "drc_unrealize drc: {0x40000000}",
          "drc_reset drc: {0x20000000}",
          "drc_set_isolation_state drc: {0x20000000}, state: {0x0}",
          "drc_detach drc: {0x20000000}");

  private static final List<String> BEFORE =
      List.of(
          "iommu_new_table liobn=0x71000002 table=0x55abd552c9c0 fd=-1",
          "iommu_new_table liobn=0x80000000 table=0x55abd552c9c0 fd=-1",
          "iommu_pci_put liobn=0x80000000 ioba=0x1000 tce=0x71003 ret=0",
          "iommu_put liobn=0x71000002 ioba=0x1000 tce=0x72003 ret=0",
          "iommu_ddw_create buid=0x800000020000000 addr=0x0, page size=0x10000,"
              + " requested=0x10000000, start addr=0x800000000000000, liobn=0x80000001",
          "iommu_pci_put liobn=0x80000001 ioba=0x800000000000000 tce=0x71003 ret=0");

  private static final List<String> AFTER =
      List.of(
          "iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x73003 ret=0",
          "iommu_pci_put liobn=0x80000001 ioba=0x800000000010000 tce=0x81003 ret=0",
          "iommu_pci_indirect liobn=0x80000001 ioba=0x800000000020000 tcelist=0x100000 iobaN=0x3"
              + " tceN=0x90003 ret=0",
          "iommu_pci_stuff liobn=0x80000001 ioba=0x800000000040000 tcevalue=0x0 npages=2 ret=0",
          "iommu_ddw_remove liobn=0x80000001");

  @TempDir private Path folder = Path.of("");

  @Test
  void no_number_of_a_log_s_event_is_too_absurd_to_be_told_of() throws IOException {
    List<Path> logs = logs();
    assertThat(logs).hasSizeGreaterThan(1000);
    told(Said.by("check", "--ram", "4G", folder.toString()), folder);
    for (Path log : logs) {
      if (SHAPES
          .matcher(Files.readString(log).lines().skip(BEFORE.size()).findFirst().orElse(""))
          .find()) {
        told(Said.by("state", log.toString()), log);
      }
    }
  }

  private static void told(Said said, Path input) throws IOException {
    String text = Files.isDirectory(input) ? "" : Files.readString(input);
    assertThat(said.exitCode()).as("%s%n%s", text, said.err()).isLessThan(ExitCode.USAGE);
    assertThat(said.out()).as(text).doesNotContain("16E page");
  }

  private List<Path> logs() throws IOException {
    List<Path> logs = new ArrayList<>();
    for (String event : EVENTS) {
      Matcher place = NUMBER.matcher(event);
      while (place.find()) {
        for (long number : ABSURD) {
          String changed =
              event.substring(0, place.start())
                  + as(place.group(1), number)
                  + event.substring(place.end());
          Path log = folder.resolve("%05d.log".formatted(logs.size()));
          logs.add(
              Files.writeString(
                  log, log(NUMBER.matcher(changed).replaceAll(AbsurdNumbersTest::usual))));
        }
      }
    }
    return logs;
  }

  private static String usual(MatchResult number) {
    String mark = number.group(1);
    return (mark == null || mark.equals("h") ? "" : mark) + number.group(2);
  }

  private static String as(@Nullable String notation, long number) {
    if (notation == null) {
      return Long.toString(number);
    }
    return (notation.equals("h") ? "" : notation) + Long.toHexString(number);
  }

  private static String log(String event) {
    StringBuilder log = new StringBuilder();
    List<String> events = new ArrayList<>(BEFORE);
    events.add(event);
    events.addAll(AFTER);
    for (int i = 0; i < events.size(); i++) {
      log.append("1@%d.%06d:spapr_%s\n".formatted(1, i, events.get(i)));
    }
    return log.toString();
  }
}
