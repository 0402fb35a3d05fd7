package io.tcescope.traces.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bpftrace prints for the recipe of this tool, standard error in the same file. */
final class BpftraceTest {
  private static final String OUTPUT =
      """
      stdin:3:1-4: WARNING: Addrspace mismatch, an address of the kernel is read
      Attaching 5 probes...
      time_ns,cpu,task,call,liobn,ioba,tce,pages,list_address,list,ret
      5001000,0,kworker/u9:0,H_PUT_TCE,0x80000100,0x1000,0x1234003,,,,0
      5002000,1,fio,H_PUT_TCE_INDIRECT,0x80000100,0x2000,,2,0x2f3b0000,0x5000003 0x5001003 ,0

      Lost 7 events
      5003000,0,CPU 0/KVM,H_STUFF_TCE,0x80000100,0x1000,0x0,1,,,-4
      WARNING: 3 of the processors, all of them busy
      garbage that no recorder wrote
      ^C

      @a0[2201]: 2147483904
      @op[fio, 2201]: 316
      """;

  @TempDir private Path temp;

  @Test
  void rows_are_calls_and_what_it_says_besides_is_neither_damage_nor_lost() throws IOException {
    Path file = Files.writeString(temp.resolve("calls.csv"), OUTPUT);
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      List<String> seen = new ArrayList<>();
      while (reader.next(event)) {
        seen.add(event.line() + " " + event.kind());
        if (event.kind() == EventKind.H_PUT_TCE_INDIRECT) {
          assertThat(event.list(1)).isEqualTo(0x5001003);
          assertThat(event.task()).isEqualTo("fio");
        }
      }
      assertThat(seen)
          .containsExactly(
              "4 H_PUT_TCE",
              "5 H_PUT_TCE_INDIRECT",
              "7 LOST",
              "8 H_STUFF_TCE",
              "9 LOG",
              "10 LOG",
              "11 LOG",
              "13 LOG",
              "14 LOG");
      TraceHealth health = reader.health();
      assertThat(health.lost()).isEqualTo(7);
      assertThat(health.skipped()).containsOnlyKeys("bad row");
      assertThat(health.skipped().values())
          .flatExtracting(TraceHealth.Skipped::first)
          .extracting(TraceHealth.Place::line)
          .containsExactly(10L, 11L);
      assertThat(health.remarks()).isEmpty();
    }
  }

  @Test
  void rows_of_several_processors_that_come_out_of_order_are_remarked() throws IOException {
    String mixed =
        OUTPUT + "5000500,1,fio,H_PUT_TCE,0x80000100,0x9000,0x1234003,,,,0\n" + "5000400,,,log\n";
    Path file = Files.writeString(temp.resolve("calls.csv"), mixed);
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        assertThat(event.ordinal()).isPositive();
      }
      assertThat(reader.health().remarks())
          .containsExactly("rows are not in the order of time_ns, first at line 15");
    }
  }
}
