package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

/** Moments and windows that are named in another way than meant are told, not answered. */
final class PointsAndWindowsTest {
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";
  private static final String BEFORE_THE_REMOVAL = "line:6879";

  @Test
  void a_bare_number_before_the_recording_is_said_to_be_a_time() {
    assertThat(Said.by("state", SAMPLE, "--at", "6879").err())
        .isEqualTo(
            "tcescope: 6879 is a time as recorded, before the first event at 1795353449.482891;"
                + " did you mean line:6879, event:6879 or 6879s (since the first event)?\n");
    assertThat(Said.by("state", SAMPLE, "--at", "12.5").err())
        .contains("did you mean 12.5s (since the first event)?");
    assertThat(Said.by("why", SAMPLE, "--addr", "0x3000f000", "--at", "6879").err())
        .contains("did you mean line:6879");
    assertThat(Said.by("state", SAMPLE, "--at", "12.5s").err()).isEmpty();
    assertThat(Said.by("state", SAMPLE, "--at", "1795353500").err()).isEmpty();
  }

  @Test
  void a_point_past_the_end_is_told_once_and_one_at_the_end_is_not() {
    String last = "the last event is at ";
    said("event:22394").isEqualTo("event:22394 is past the end: the recording has 22393 events");
    said("line:22394").isEqualTo("line:22394 is past the end: " + last + "line 22393");
    said("139.7s").isEqualTo("139.7s is past the end: " + last + "139.635899s");
    said("1795353590").isEqualTo("1795353590 is past the end: " + last + "1795353589.11879");
    for (String at :
        new String[] {"event:22393", "line:22393", "139.635899s", "1795353589.11879"}) {
      said(at).isEmpty();
    }
    assertThat(Said.by("why", SAMPLE, "--at", "event:22394").err())
        .isEqualTo(Said.by("state", SAMPLE, "--at", "event:22394").err());
    assertThat(Said.by("why", SAMPLE, "--at", "line:22394").err())
        .isEqualTo(Said.by("state", SAMPLE, "--at", "line:22394").err());
  }

  @Test
  void a_point_before_the_first_event_is_told() {
    said("-1s").isEqualTo("-1s is before the first event");
    said("line:0").isEqualTo("line:0 is before the first event, at line 1");
    said("event:0").isEmpty();
  }

  private static AbstractStringAssert<?> said(String at) {
    String err = Said.by("state", SAMPLE, "--at", at).err();
    return assertThat(err.replace("tcescope: ", "").stripTrailing()).as(at);
  }

  @Test
  void a_point_may_be_a_line_of_any_file_of_a_run() {
    String run = "../traces/src/test/resources/corpus/linux510-default-removed-in-use/";
    String[] files = {run + "trace.log.zst", run + "dmesg.txt.zst"};
    assertThat(state(files, "dmesg.txt.zst:224").out())
        .startsWith("after event 7104, line 224 of dmesg.txt.zst, ");
    assertThat(state(files, run + "trace.log.zst:6879").out())
        .startsWith("after event 7102, line 6879 of trace.log.zst, ");
    assertThat(state(files, "trace.log.zst:6879")).isEqualTo(state(files, "line:6879"));
    assertThat(state(files, "dmesg.txt.zst:4000").err())
        .contains("dmesg.txt.zst:4000 is past the end: the last event is at line ");
    assertThat(state(files, "guest.txt:224"))
        .returns(ExitCode.USAGE, Said::exitCode)
        .extracting(Said::err)
        .asString()
        .contains("guest.txt:224: no file of the run is named so; there are " + files[0] + ", ");
    assertThat(Said.by("why", files[0], files[1], "--at", "dmesg.txt.zst:200").out())
        .startsWith("The recording shows no symptom of DMA in trouble up to line ");
    assertThat(Said.by("state", SAMPLE, "--at", "default-window-removed-in-use.log:6879"))
        .isEqualTo(Said.by("state", SAMPLE, "--at", BEFORE_THE_REMOVAL));
  }

  private static Said state(String[] files, String at) {
    return Said.by("state", "--together", files[0], files[1], "--at", at);
  }

  @Test
  void a_window_that_is_not_there_is_told_with_those_that_are() {
    Said said = Said.by("state", SAMPLE, "--at", BEFORE_THE_REMOVAL, "--liobn", "0x99");
    assertThat(said.err())
        .isEqualTo(
            "tcescope: --liobn 0x99: no such window here;"
                + " there are 0x71000002#1, 0x80000000#1, 0x80000100#1\n");
    for (String command : new String[] {"state", "timeline"}) {
      assertThat(Said.by(command, SAMPLE, "--liobn", "80000101").err())
          .contains("(80000101 is decimal; did you mean 0x80000101?)");
    }
    assertThat(Said.by("addr", "0x3000f000", SAMPLE, "--liobn", "80000100").err())
        .contains("did you mean 0x80000100?");
  }

  @Test
  void a_bus_address_without_0x_is_said_to_be_decimal() {
    String hint = "tcescope: bus address 30020000 is decimal; did you mean 0x30020000?\n";
    assertThat(Said.by("addr", "30020000", SAMPLE).err()).isEqualTo(hint);
    assertThat(Said.by("why", SAMPLE, "--addr", "30020000").err()).isEqualTo(hint);
    assertThat(Said.by("search", "kind:tce ioba:30020000", SAMPLE).err()).isEqualTo(hint);
    assertThat(Said.by("search", "covers:0x30020000 event:1000", SAMPLE).err()).isEmpty();
    assertThat(Said.by("search", "ioba:[4096..0x30020000] limit", SAMPLE).err()).isEmpty();
    for (String clear : new String[] {"0x30020000", "0", "7"}) {
      assertThat(Said.by("addr", clear, SAMPLE).err()).as(clear).isEmpty();
    }
  }

  @Test
  void a_liobn_given_for_a_bus_address_is_told_where_it_belongs() {
    assertThat(Said.by("addr", "0x80000100", SAMPLE))
        .returns("Bus address 0x80000100: 0 moments\nNo window ever covered it.\n", Said::out)
        .returns("tcescope: 0x80000100 is a LIOBN: tcescope state --liobn 0x80000100\n", Said::err);
    assertThat(Said.by("addr", "0x80000200", SAMPLE).err()).isEmpty();
  }

  @Test
  void a_window_may_be_named_as_output_names_it() {
    Said all = Said.by("state", SAMPLE, "--at", BEFORE_THE_REMOVAL, "--liobn", "0x80000100");
    Said one = Said.by("state", SAMPLE, "--at", BEFORE_THE_REMOVAL, "--liobn", "0x80000100#1");
    assertThat(one).isEqualTo(all);
    assertThat(one.out()).contains("0x80000100");
    assertThat(Said.by("state", SAMPLE, "--at", BEFORE_THE_REMOVAL, "--liobn", "0x80000100#2"))
        .returns(
            "tcescope: --liobn 0x80000100#2: no such window here;"
                + " there are 0x71000002#1, 0x80000000#1, 0x80000100#1\n",
            Said::err);
    assertThat(Said.by("timeline", SAMPLE, "--format", "json", "--liobn", "0x80000100#1"))
        .isEqualTo(Said.by("timeline", SAMPLE, "--format", "json", "--liobn", "0x80000100"));
  }

  @Test
  void what_is_no_window_or_number_is_refused_in_plain_words() {
    for (String wrong : new String[] {"net", "0x80000100#", "0x80000100#0", "#1", "-1", ""}) {
      Said said = Said.by("state", SAMPLE, "--liobn", wrong);
      assertThat(said.exitCode()).as(wrong).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).contains("names no window").doesNotContain("Exception");
    }
    Said said = Said.by("why", SAMPLE, "--addr", "here");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("'here' is no number").doesNotContain("Exception");
  }
}
