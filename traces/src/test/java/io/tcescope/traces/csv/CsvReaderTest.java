package io.tcescope.traces.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.corpus.Fixtures;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CsvReaderTest {
  private static final String HEADER =
      "call,liobn,ioba,pages,tce,list_address,list,ret,buid,config_addr,page_shift,window_shift,"
          + "start,windows_available,largest_block,page_mask,perm,text\n";

  static List<Path> runs() {
    return Fixtures.runsWith("calls.csv.zst");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aGuestsOwnAccountIsReadWithoutASkip(Path run) {
    try (Trace trace = Fixtures.open(run.resolve("calls.csv.zst"))) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        assertThat(event.line()).isEqualTo(event.ordinal() + 1);
        if (event.has(Event.LIST)) {
          assertThat(event.listLength())
              .isEqualTo(Long.compareUnsigned(event.pages(), 512) < 0 ? (int) event.pages() : 512);
        }
      }
      assertThat(reader.health().isLossy()).isFalse();
      assertThat(reader.health().remarks()).isEmpty();
      assertThat(reader.health().events()).isEqualTo(reader.health().lines() - 1).isPositive();
      assertThat(reader.position()).isEqualTo(trace.bytes());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
H_PUT_TCE,0x80000000,0x1000,,0x1234003,,,0                    | H_PUT_TCE H_PUT_TCE liobn=0x80000000 ioba=0x1000 tce=0x1234003 status=0
H_PUT_TCE,2147483648,4096,,19087363,,,H_PARAMETER             | H_PUT_TCE H_PUT_TCE liobn=0x80000000 ioba=0x1000 tce=0x1234003 status=-4
H_GET_TCE,0x80000000,0x1000,,,,,-4                            | H_GET_TCE H_GET_TCE liobn=0x80000000 ioba=0x1000 status=-4
H_STUFF_TCE,0x80000000,0x0,16,0x0,,,0                         | H_STUFF_TCE H_STUFF_TCE liobn=0x80000000 ioba=0x0 tce=0x0 pages=0x10 status=0
H_PUT_TCE_INDIRECT,0x8,0x0,4,,0x3000000,1..5/2 0xffffffffffffffff,0 | H_PUT_TCE_INDIRECT H_PUT_TCE_INDIRECT liobn=0x8 ioba=0x0 pages=0x4 status=0 list-address=0x3000000 list=1,3,5,ffffffffffffffff
H_PUT_TCE_INDIRECT,0x8,0x0,,,,7*2,0                           | H_PUT_TCE_INDIRECT H_PUT_TCE_INDIRECT liobn=0x8 ioba=0x0 pages=0x2 status=0 list=7,7
H_PUT_TCE_INDIRECT,0x8,0x0,4,,,0x3000..0x1000/-0x1000 7*2,0   | H_PUT_TCE_INDIRECT H_PUT_TCE_INDIRECT liobn=0x8 ioba=0x0 pages=0x4 status=0 list=3000,2000,1000,7,7
"ibm,query-pe-dma-windows",,,,,,,0,0x800000020000000,0x2000,,,,1,0x80000000,0x107 | QUERY_PE_DMA_WINDOW ibm,query-pe-dma-window status=0 buid=0x800000020000000 config=0x2000 available=0x1 block=0x80000000 mask=0x107
"ibm,create-pe-dma-window",0x80000001,,,,,,0,0x8,0x0,24,32,0x800000000000000 | CREATE_PE_DMA_WINDOW ibm,create-pe-dma-window liobn=0x80000001 status=0 buid=0x8 config=0x0 shift=0x18 entries=0x100 start=0x800000000000000 size=0x100000000
"ibm,remove-pe-dma-window",0x80000001,,,,,,-3                 | REMOVE_PE_DMA_WINDOW ibm,remove-pe-dma-window liobn=0x80000001 status=-3
"ibm,reset-pe-dma-windows",,,,,,,0,0x8,0x0                    | RESET_PE_DMA_WINDOW ibm,reset-pe-dma-window status=0 buid=0x8 config=0x0
window,0x80000000,,262144,,,,,0x8,,12,,0x0,,,,,default        | WINDOW window liobn=0x80000000 buid=0x8 shift=0xc entries=0x40000 start=0x0
access,0x80000000,0x5008,,,,,,,,,,,,,,0                       | DMA dma liobn=0x80000000 ioba=0x5008 permission=0x0
lmb+,,,0x10000000,,,,,,,,,0x100000000                         | MEMORY_ADDED lmb+ pages=0x10000000 start=0x100000000 size=0x10000000
lmb-,,,0x1000,,,,,,,16,,0x100000000                           | MEMORY_REMOVED lmb- pages=0x1000 shift=0x10 start=0x100000000 size=0x10000000
eeh,,,,,,,,0x8,0x2000                                         | EEH eeh buid=0x8 config=0x2000 id=0x2
eeh,,,,,,,,0x8,0x2000,,,,,,,,recovered                        | EEH eeh buid=0x8 config=0x2000
unplug,,,,,,,,0x8                                             | UNPLUG unplug buid=0x8
machine-reset                                                 | MACHINE_RESET machine-reset
suspend                                                       | SUSPEND suspend
H_REG_CRQ,0x71000002,0x20000,1                                | VIO_REGISTER_CRQ vio liobn=0x71000002 ioba=0x20000 pages=0x1 id=0x71000002 size=0x1000
H_PUT_RTCE,0x30000002,0x1000,4                                | H_PUT_RTCE H_PUT_RTCE liobn=0x30000002 ioba=0x1000 pages=0x4
quiesce                                                       | QUIESCE quiesce
platform,,,,,,,,,,,,,,,,,ram=2G                               | PLATFORM platform
lost,,,17                                                     | LOST lost pages=0x11 size=0x11
alloc,0x80000000,0x1000,16                                    | ALLOC alloc liobn=0x80000000 ioba=0x1000 pages=0x10
""")
  void everyCallHasItsColumns(String row, String event) {
    assertThat(Shown.calls(new CsvFormat(), HEADER + row + "\n")).containsExactly(event);
  }

  @Test
  void columnsStandInAnyOrderAndUnknownOnesAreSaidOnce() {
    String csv = "ret,colour,ioba,call,tce,liobn\n0,red,0x1000,H_PUT_TCE,3,8\n0,,0,H_PUT_TCE,3,8\n";
    try (Trace trace = open(csv)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      assertThat(reader.next(event)).isTrue();
      assertThat(Shown.call(event))
          .isEqualTo("H_PUT_TCE H_PUT_TCE liobn=0x8 ioba=0x1000 tce=0x3 status=0");
      assertThat(reader.next(event)).isTrue();
      assertThat(reader.health().remarks()).containsExactly("unknown column: colour");
      assertThat(reader.health().isLossy()).isFalse();
    }
  }

  @Test
  void aBadRowIsCountedWithItsPlaceAndStaysAnEvent() {
    String csv =
        """
        call,liobn,ioba,tce,list
        H_PUT_TCE,8,0x1000,3
        H_PUT_TCE,8,0xnonsense,3
        H_PET_TCE,8,0,3
        ,8,0,3
        H_PUT_TCE,,0,3
        H_PUT_TCE_INDIRECT,8,0,,0..5/2
        H_PUT_TCE_INDIRECT,8,0,,0*99999999999
        "open quote,8,0,3
        H_PUT_TCE,8,0x2000,3\
        """;
    try (Trace trace = open(csv)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      List<EventKind> kinds = new ArrayList<>();
      while (reader.next(event)) {
        kinds.add(event.kind());
      }
      assertThat(Shown.call(event)).contains("ioba=0x2000");
      TraceHealth health = reader.health();
      assertThat(health.events()).isEqualTo(9);
      assertThat(kinds)
          .as("a row that may be any call is no call, one of a call is what it may have changed")
          .filteredOn(kind -> !kind.isTceCall())
          .containsExactly(
              EventKind.LOST,
              EventKind.LOG,
              EventKind.LOG,
              EventKind.LOST,
              EventKind.LOST,
              EventKind.LOST,
              EventKind.LOST);
      assertThat(health.skipped().values())
          .singleElement()
          .satisfies(
              bad -> {
                assertThat(bad.count()).isEqualTo(7);
                assertThat(bad.first().getFirst()).hasToString("memory:3: ioba: 0xnonsense");
                assertThat(bad.first().get(1)).hasToString("memory:4: no such call: H_PET_TCE");
                assertThat(bad.first().get(3)).hasToString("memory:6: liobn: (none)");
                assertThat(bad.first().get(4)).hasToString("memory:7: list: 0..5/2");
              });
    }
  }

  @Test
  void aTextMayHoldCommasQuotesAndLineBreaks() {
    String csv = "call,text\nlog,\"one, \"\"two\"\"\nthree\"\n\nlog,Gr\u00fc\u00dfe\n";
    try (Trace trace = open(csv)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      assertThat(reader.next(event)).isTrue();
      assertThat(event.text()).isEqualTo("one, \"two\"\nthree");
      assertThat(event.line()).isEqualTo(2);
      assertThat(reader.next(event)).isTrue();
      assertThat(event.text()).isEqualTo("Gr\u00fc\u00dfe");
      assertThat(event.line()).isEqualTo(5);
      assertThat(reader.next(event)).isFalse();
      assertThat(reader.health().isLossy()).isFalse();
    }
  }

  @Test
  void aRowKnowsItsLineWhereverReadingBegan() {
    StringBuilder csv = new StringBuilder("call,text\n");
    for (int i = 0; i < 2000; i++) {
      csv.append(i % 3 == 0 ? "log,\"two\nlines\"\n" : "log,one\n");
    }
    try (Trace trace = open(csv.toString())) {
      Event event = new Event();
      assertThat(trace.read(1999).next(event)).isTrue(); // before anybody has passed
      assertThat(event.line()).isEqualTo(2 + 1998 + 666);
      TraceReader reader = trace.read(1);
      while (reader.next(event)) {
        long ordinal = event.ordinal();
        assertThat(event.line()).isEqualTo(2 + (ordinal - 1) + (ordinal + 1) / 3);
      }
      for (long ordinal = 1; ordinal <= 2000; ordinal += 37) {
        assertThat(trace.read(ordinal).next(event)).isTrue();
        assertThat(event.line()).isEqualTo(2 + (ordinal - 1) + (ordinal + 1) / 3);
      }
    }
  }

  @Test
  void readingFromAnyRowIsReadingOnFromThere() {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < 70_000; i++) {
      csv.append("H_PUT_TCE,8,").append(i * 4096L).append(",,3,,,0\n");
    }
    try (Trace trace = open(csv.toString())) {
      List<String> all = Shown.read(trace);
      for (int first : new int[] {1, 2, 65_535, 65_536, 65_537, 70_000}) {
        assertThat(Shown.read(trace, first, 3))
            .isEqualTo(all.subList(first - 1, Math.min(first + 2, all.size())));
      }
      assertThat(Shown.read(trace, 70_001, 3)).isEmpty();
    }
  }

  private static Trace open(String csv) {
    return Shown.open(new CsvFormat(), csv.getBytes(StandardCharsets.UTF_8));
  }
}
