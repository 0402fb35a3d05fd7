package io.tcescope.queries.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.language.Query;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.Lock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends an indexing too early, the case answers rightly afterwards, or says why not. */
class CaseFailureTest {
  private static final int MOMENTS = 20;
  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final long SEED = 71;

  @TempDir private Path folder = Path.of("");
  private Path first = Path.of("");
  private Path second = Path.of("");
  private Path directory = Path.of("");

  @BeforeEach
  void record() throws IOException {
    first = Files.writeString(folder.resolve("a.log"), RandomLog.make(SEED, 700));
    second = Files.writeString(folder.resolve("b.log"), RandomLog.make(SEED + 1, 1400));
    directory = folder.resolve("case");
  }

  private static void index(Path into, CaseIndexer.Storage storage, Path... recordings)
      throws IOException {
    new CaseIndexer(Answers.RECORDINGS, ReplayOptions.defaults(), "", storage)
        .index(into, List.of(recordings));
  }

  private long bytesOfBoth() throws IOException {
    Path whole = folder.resolve("whole");
    Answers.index(whole, first, second);
    try (Stream<Path> files = Files.list(whole.resolve("index"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** The case holds the first recording, or both; or it says that it never came so far. */
  private void isUsable(String where) throws IOException {
    try (Case opened = Case.open(directory, Answers.RECORDINGS)) {
      assertThat(opened.sources()).as(where).hasSizeBetween(1, 2);
    } catch (CaseException e) {
      assertThat(e).as(where).hasMessageContaining("indexing never finished");
      return;
    }
    Answers.agree(directory, SEED, 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAKillAtAnyMoment(boolean fromScratch) throws IOException {
    long bytes = bytesOfBoth();
    RandomGenerator random = new SplittableRandom(SEED);
    for (int i = 0; i < MOMENTS / 2; i++) {
      directory = folder.resolve("case" + i);
      if (!fromScratch) {
        Answers.index(directory, first);
      }
      long moment = random.nextLong(fromScratch ? bytes : bytes / 2);
      String where = "seed " + SEED + ", killed after " + moment + " bytes";
      assertThatExceptionOfType(Exception.class)
          .as(where)
          .isThrownBy(
              () ->
                  index(
                      directory,
                      path -> FailingDirectory.dying(FSDirectory.open(path), moment),
                      first,
                      second));
      isUsable(where);
      Answers.index(directory, first, second);
      Answers.agree(directory, SEED + i, 2);
    }
  }

  @Test
  void ofADiskThatIsFull() throws IOException {
    Answers.index(directory, first);
    long bytes = bytesOfBoth();
    RandomGenerator random = new SplittableRandom(SEED);
    for (int i = 0; i < MOMENTS; i++) {
      long room = random.nextLong(bytes / 2);
      String where = "seed " + SEED + ", room for " + room + " bytes";
      assertThatExceptionOfType(CaseException.class)
          .as(where)
          .isThrownBy(
              () ->
                  index(
                      directory,
                      path -> FailingDirectory.full(FSDirectory.open(path), room),
                      second))
          .withMessageContaining("cannot be written: No space left on device");
      try (Case opened = Case.open(directory, Answers.RECORDINGS)) {
        assertThat(opened.sources()).as(where).hasSize(1);
      }
    }
    Answers.agree(directory, SEED, 8);
    Answers.index(directory, second);
    Answers.agree(directory, SEED, 8);
  }

  @Test
  void ofACaseThatCannotBeWritten() {
    assertThatExceptionOfType(CaseException.class)
        .isThrownBy(
            () ->
                index(
                    directory,
                    path ->
                        new FilterDirectory(FSDirectory.open(path)) {
                          @Override
                          public Lock obtainLock(String name) throws IOException {
                            throw new AccessDeniedException(path.toString());
                          }
                        },
                    first))
        .withMessageContaining("cannot be written");
  }

  @Test
  void searchingWritesNothingIntoACase() throws IOException {
    Answers.index(directory, first);
    Map<String, Long> before = files();
    Answers.agree(directory, SEED, 10);
    assertThat(files()).isEqualTo(before);
  }

  private Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.toList()) {
        files.put(path.toString(), Files.getLastModifiedTime(path).toMillis());
      }
    }
    return files;
  }

  /** What a case says as a whole, so that a wrong bit anywhere in it would show. */
  private List<Object> everything() throws IOException {
    try (Case opened = Case.open(directory, Answers.RECORDINGS)) {
      List<Object> said = new ArrayList<>();
      for (int i = 0; i < opened.runs().size(); i++) {
        said.add(opened.report(i).findings());
        said.add(opened.report(i).places());
        said.add(Answers.ordinals(opened.runs().get(i), new Query.Everything()));
      }
      return said;
    }
  }

  /** Bytes in which the name and version of a Lucene file's format stand. */
  private static final int HEAD = 48;

  private enum Damage {
    FLIPPED,
    OVERWRITTEN,
    CUT;

    byte[] of(byte[] file, RandomGenerator random) {
      int place = random.nextInt(file.length);
      byte[] damaged = file.clone();
      switch (this) {
        case FLIPPED -> damaged[place] ^= (byte) (1 << random.nextInt(8));
        case OVERWRITTEN -> random.nextBytes(damaged);
        case CUT -> damaged = Arrays.copyOf(file, place);
      }
      return damaged;
    }
  }

  /** Of every file, in every way; the lock is no part of the case. */
  @Test
  void ofBytesThatAreNoLongerWhatWasWritten() throws IOException {
    Answers.index(directory, first);
    List<Object> before = everything();
    RandomGenerator random = new SplittableRandom(SEED);
    int told = 0;
    for (String name : files().keySet()) {
      Path file = Path.of(name);
      for (Damage damage : Damage.values()) {
        if (Files.isDirectory(file) || Files.size(file) == 0) {
          continue;
        }
        byte[] sound = Files.readAllBytes(file);
        Files.write(file, damage.of(sound, random));
        String where = "seed " + SEED + ", " + file.getFileName() + " " + damage;
        told += isTold(before, where) ? 1 : 0;
        Files.write(file, sound);
      }
    }
    assertThat(told).as("files that are read").isGreaterThan(3 * 15);
    assertThat(everything()).isEqualTo(before);
  }

  /** The version of a format stands in a file's head, where damage may make any number of it. */
  @Test
  void ofHeadsThatNameAnyVersion() throws IOException {
    Answers.index(directory, first);
    List<Object> before = everything();
    for (String name : files().keySet()) {
      Path file = Path.of(name);
      byte[] sound = Files.isDirectory(file) ? new byte[0] : Files.readAllBytes(file);
      for (int place = 0; place < Math.min(sound.length, HEAD); place++) {
        byte[] damaged = sound.clone();
        damaged[place] ^= 4;
        Files.write(file, damaged);
        try {
          assertThat(everything()).isEqualTo(before);
        } catch (CaseException e) {
          assertThat(e.isDamage()).as("%s byte %d: %s", name, place, e.getMessage()).isTrue();
        }
      }
      if (sound.length > 0) {
        Files.write(file, sound);
      }
    }
  }

  /** True if opening and indexing say what to do; else the case must answer as before. */
  private boolean isTold(List<Object> before, String where) throws IOException {
    try {
      assertThat(everything()).as(where).isEqualTo(before);
      return false;
    } catch (CaseException e) {
      assertThat(e.isDamage()).as("%s: %s", where, e.getMessage()).isTrue();
      assertThatExceptionOfType(CaseException.class)
          .as(where)
          .isThrownBy(() -> Answers.index(directory, second))
          .withMessage(directory + ": the case is damaged; delete it and index again");
      return true;
    }
  }

  /** Indexes in a process of its own, to be killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      Answers.index(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    }
  }

  @Test
  void ofARealKill() throws Exception {
    Path large = Files.writeString(folder.resolve("b.log"), RandomLog.make(SEED, 30_000));
    Answers.index(directory, first);
    RandomGenerator random = new SplittableRandom(SEED);
    for (int i = 0; i < KILLS; i++) {
      int milliseconds = 200 + random.nextInt(1200);
      Process victim = start(large);
      victim.waitFor(milliseconds, TimeUnit.MILLISECONDS);
      victim.destroyForcibly().waitFor();
      isUsable("killed after " + milliseconds + " ms");
    }
    Answers.index(directory, first, large);
    Answers.agree(directory, SEED, 5);
  }

  private Process start(Path recording) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            directory.toString(),
            first.toString(),
            recording.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
