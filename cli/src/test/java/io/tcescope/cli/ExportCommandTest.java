package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported means what was recorded. */
final class ExportCommandTest {
  private static final String CORPUS = "../traces/src/test/resources/corpus/";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"case72-ddw-at-zero", "fuzz100-seed1"})
  void a_complete_recording_exported_as_csv_replays_to_the_same_state(String run)
      throws IOException {
    String original = CORPUS + run + "/calls.csv.zst";
    Said exported = Said.by("export", "--to", "csv", original);
    Path copy = Files.writeString(folder.resolve("calls.csv"), exported.out());
    Said before = Said.by("state", "--format", "json", original);
    Said after = Said.by("state", "--format", "json", copy.toString());
    assertThat(exported.exitCode()).isZero();
    assertThat(before.out()).contains("\"windows\":[{");
    assertThat(after.out()).isEqualTo(before.out());
  }

  /** A put at an odd address, which KVM refuses and QEMU would not. */
  @Test
  void what_a_kvm_host_recorded_is_read_by_the_rules_of_kvm_and_so_is_its_export()
      throws IOException {
    String enter = " CPU 0/KVM-4713 [010] .... 5005.00010%d: kvm_hcall_enter: VCPU 0: hcall=";
    String exit = " CPU 0/KVM-4713 [010] .... 5005.00010%d: kvm_hcall_exit: VCPU 0: ret=";
    String text =
        "# tracer: nop\n"
            + enter.formatted(1)
            + "H_PUT_TCE GPR4-7=0x80000000,0x10000,0x1234003,0x0\n"
            + exit.formatted(2)
            + "RESUME_GUEST hcall_rc=H_SUCCESS\n"
            + enter.formatted(3)
            + "H_PUT_TCE GPR4-7=0x80000000,0x30010,0x5003,0x0\n"
            + exit.formatted(4)
            + "RESUME_GUEST hcall_rc=H_PARAMETER\n";
    String host = Files.writeString(folder.resolve("host.txt"), text).toString();
    assertThat(Said.by("check", "--format", "json", host).out())
        .contains("\"platform\":\"kvm\"", "ioba-misaligned");
    assertThat(Said.by("check", "--platform", "qemu", "--format", "json", host).out())
        .contains("\"platform\":\"qemu\"");
    String csv = Said.by("export", "--to", "csv", host).out();
    String copy = Files.writeString(folder.resolve("copy.csv"), csv).toString();
    for (String file : List.of(host, copy)) {
      assertThat(Said.by("state", file).out())
          .containsPattern("0x10000 +1 entry +0x1234003")
          .containsPattern("0x80000000 +1 +default");
    }
  }

  @Test
  void a_count_of_64_bits_stays_the_same_count_everywhere() throws IOException {
    String count = "9773174447251610307";
    String calls =
        "call,liobn,start,page_shift,ioba,pages,list,ret\n"
            + "window,0x80000000,0,12,,262144,,\n"
            + "H_PUT_TCE_INDIRECT,0x80000000,,,0x1000,"
            + count
            + ",0x1003,-4\n";
    String original = Files.writeString(folder.resolve("calls.csv"), calls).toString();
    Said csv = Said.by("export", "--to", "csv", original);
    String copy = Files.writeString(folder.resolve("copy.csv"), csv.out()).toString();
    assertThat(Said.by("export", "--to", "csv", copy).out()).isEqualTo(csv.out()).contains(count);
    String made = folder.resolve("case").toString();
    Said.by("index", original, "-o", made);
    for (String file : List.of(original, copy, made)) {
      assertThat(Said.by("check", file).out()).contains("cannot be one: " + count + " entries");
      for (String format : List.of("json", "ndjson", "csv")) {
        assertThat(Said.by("search", "*", "--format", format, file).out()).contains(count);
      }
      for (String format : List.of("json", "ndjson")) {
        assertThat(Said.by("check", "--format", format, file).out()).contains("\"pages\":" + count);
      }
    }
    assertThat(Said.by("export", "--to", "ndjson", original).out()).contains("\"pages\":" + count);
  }

  /** An empty cell is not recorded; it is no 0, of which a check could complain. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../traces/samples/default-window-removed-in-use.log",
        CORPUS + "case72-indirect-bad-entry/trace.log.zst",
        CORPUS + "case72-stuff-over-the-end/trace.log.zst"
      })
  void a_log_exported_as_csv_has_no_findings_that_the_log_has_not(String log) throws IOException {
    Path csv =
        Files.writeString(folder.resolve("log.csv"), Said.by("export", "--to", "csv", log).out());
    assertThat(serious(csv.toString())).isNotEmpty().isSubsetOf(serious(log));
  }

  private static List<String> serious(String trace) {
    return Said.by("check", "--fail-on", "never", trace)
        .out()
        .lines()
        .filter(line -> line.matches("(CRITICAL|ERROR) .*"))
        .map(line -> line.split(" ", -1)[1])
        .toList();
  }

  @Test
  void a_stuff_begins_where_the_replay_says_and_the_record_is_kept_beside_it() {
    String log = "../traces/samples/default-window-removed-in-use.log";
    String line =
        Said.by("export", "--to", "ndjson", log)
            .out()
            .lines()
            .filter(json -> json.startsWith("{\"event\":2814,"))
            .findFirst()
            .orElseThrow();
    assertThat(line)
        .contains(
            "\"call\":\"H_STUFF_TCE\"",
            "\"ioba\":\"0x0\"",
            "\"iobaRecorded\":\"0x10000000\"",
            "\"pages\":65536",
            "\"ret\":\"H_SUCCESS\"");
  }

  /** A kernel that leaves messages out has failed more often than it says, as CSV too. */
  @Test
  void complaintsOfAKernelThatSuppressesSomeStayTheLeastThatFailed() throws IOException {
    String log =
        """
        [    1.000000] Linux version 6.1.0 (gcc)
        [   18.828785] virtio-pci 0001:00:00.0: iommu_alloc failed, tbl 00000000a4d127da vaddr 000000005d7a79c0 npages 10
        [   18.830994] virtio-pci 0001:00:00.0: iommu_alloc failed, tbl 00000000a4d127da vaddr 000000005d7a79c0 npages 10
        [   23.848105] iommu_map_page: 504 callbacks suppressed
        """;
    String dmesg = Files.writeString(folder.resolve("dmesg.txt"), log).toString();
    String csv = Said.by("export", "--to", "csv", dmesg).out();
    String copy = Files.writeString(folder.resolve("copy.csv"), csv).toString();
    for (String file : List.of(dmesg, copy)) {
      assertThat(Said.by("check", file).out())
          .contains("The guest found no room, at least 2 times (recorded: all for 10 pages)");
    }
  }
}
