package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that {@code check --baseline} is given: what it may be, and what is said of others. */
final class BaselineFileTest extends BaselineCorpus {
  @Test
  void a_comparison_may_be_the_next_baseline() throws IOException {
    Path old = saved("--format", "ndjson", corpus.resolve("a"));
    for (String format : new String[] {"json", "ndjson"}) {
      String out = check("--baseline", old, "--format", format, corpus).out();
      Path next = Files.writeString(folder.resolve("next." + format), out);
      assertThat(check("--baseline", next, corpus).exitCode()).isEqualTo(ExitCode.CLEAN);
    }
  }

  @Test
  void it_may_be_packed_and_its_fields_in_another_order() throws IOException {
    String text = Files.readString(saved("--format", "json", corpus));
    int findings = text.indexOf("\"findings\":[");
    int traces = text.indexOf("\"traces\":[");
    int health = text.lastIndexOf("\"health\":");
    String turned =
        text.substring(0, findings)
            + text.substring(traces, health)
            + text.substring(findings, traces)
            + text.substring(health);
    Path packed = folder.resolve("known.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(turned.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(check("--baseline", packed, corpus).exitCode()).isEqualTo(ExitCode.CLEAN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| is empty",
        "no JSON| is not what check --format json or ndjson prints: line 1: Unrecognized token",
        "[1]| is not what check --format json or ndjson prints (--baseline)",
        "{\"version\":\"2.1.0\",\"runs\":[]}| is not what check --format json or ndjson prints (",
        "{\"tcescope\":1,\"windows\":[]}| is not what check --format json or ndjson prints (",
        "{\"tcescope\":1,\"traces\":[{\"trace\":\"a\"| is not what check --format json or ndjson",
        "{\"rule\":\"x\",\"severity\":\"info\"}| its findings have no fingerprints: an older version",
        "{\"rule\":\"x\",\"fingerprint\":\"x\"}| a finding has no severity",
        "{\"rule\":\"x\",\"fingerprint\":\"x\",\"severity\":\"bad\"}| json or ndjson prints: severity bad",
        "{\"rule\":\"x\",\"fingerprint\":\"x\",\"severity\":\"info\"}| is cut off: the recording of",
      })
  void what_is_no_baseline_says_why(String text, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("known.json"), text);
    Said said = check("--baseline", file, corpus);
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).startsWith("tcescope: " + file + ": ").contains(why, "(--baseline)");
    assertThat(said.out()).isEmpty();
  }

  @Test
  void whatever_became_of_a_baseline_is_no_crash() throws IOException {
    byte[] whole = Files.readAllBytes(saved("--format", "ndjson", corpus));
    for (int i = 0; i < 40; i++) {
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      byte[] damaged = Arrays.copyOf(whole, whole.length - random.nextInt(whole.length));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("damaged.json"), damaged);
      Said said = check("--baseline", file, corpus);
      assertThat(said.exitCode()).as("seed %d: %s", seed, said.err()).isBetween(0, 2);
      boolean told = said.err().contains(" (--baseline)\n");
      assertThat(told).as("seed %d", seed).isEqualTo(said.exitCode() == ExitCode.USAGE);
    }
  }

  @Test
  void a_baseline_that_is_not_there_is_a_mistake() {
    Said said = check("--baseline", folder.resolve("none.json"), corpus);
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err())
        .isEqualTo("tcescope: " + folder.resolve("none.json") + ": no such file (--baseline)\n");
  }
}
