package io.tcescope.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A recording is known again wherever its folder lies, and taken for no other. */
final class RecordingNameTest {
  private static RecordingName name(String... files) {
    return RecordingName.of(List.of(files));
  }

  @Test
  void below_the_working_directory_it_does_not_matter_how_it_is_named() {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(name(here + "/runs/a/trace.log")).isEqualTo(name("runs/a/trace.log"));
    assertThat(name("./runs/../runs/a/trace.log")).isEqualTo(name("runs/a/trace.log"));
    assertThat(name("../runs/a/trace.log")).isEqualTo(name("runs/a/trace.log"));
    assertThat(name("-")).isEqualTo(name("-")).isNotEqualTo(name("trace.log"));
  }

  @Test
  void named_from_elsewhere_it_ends_alike() {
    RecordingName recording = name("runs/a/trace.log");
    assertThat(recording.endsLike(name("/builds/17/runs/a/trace.log"))).isTrue();
    assertThat(name("/builds/17/runs/a/trace.log").endsLike(recording)).isTrue();
    assertThat(recording.endsLike(name("a/trace.log"))).isTrue();
    assertThat(recording.endsLike(name("b/trace.log"))).isFalse();
    assertThat(recording.endsLike(name("/builds/17/runs/b/trace.log"))).isFalse();
    assertThat(name("a.log").endsLike(name("aa.log"))).isFalse();
  }

  @Test
  void parts_of_one_run_are_not_a_run_each() {
    RecordingName run = name("a/trace.log", "a/dmesg.txt");
    assertThat(run.endsLike(name("/x/a/trace.log", "/x/a/dmesg.txt"))).isTrue();
    assertThat(run.endsLike(name("/x/a/trace.log", "/x/b/dmesg.txt"))).isFalse();
    assertThat(run.endsLike(name("a/trace.log"))).isFalse();
  }
}
