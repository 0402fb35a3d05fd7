package io.tcescope.cli.untrusted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What code in a child can reach, and that it ends. */
final class ChildTest {
  private static final String PRISONER = Prisoner.class.getName();
  private static final Child.Budget PATIENT = new Child.Budget(64, 60, 1 << 20);

  @TempDir private Path own = Path.of("");
  @TempDir private Path elsewhere = Path.of("");

  private List<String> look(Walls walls) throws IOException {
    Path file = Files.writeString(own.resolve("own.txt"), "mine");
    Path secret = Files.writeString(elsewhere.resolve("secret.txt"), "not yours");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(server.getLocalPort());
      Child.Ending ending =
          new Child(walls, PATIENT, PRISONER)
              .run(List.of("look", file.toString(), secret.toString(), port), List.of(own), said);
      assertThat(ending.failure()).as(ending.complaints()).isEmpty();
    }
    assertThat(file).as("may not be changed").hasContent(walls == Walls.NONE ? "changed" : "mine");
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void behindWallsThereIsNothingButWhatWasNamed(Walls walls) throws IOException {
    assumeTrue(walls.work(), () -> "this machine has no " + walls);
    assertThat(look(walls))
        .containsExactly(
            "environment: [LC_ALL, PATH]",
            "own: mine",
            "secret: refused",
            "passwords: refused",
            "write: refused",
            "descriptors: []",
            "network: refused");
  }

  @Test
  void evenWithoutWallsNothingIsInherited() throws IOException {
    assertThat(look(Walls.NONE)).contains("environment: [LC_ALL, PATH]", "descriptors: []");
  }

  @Test
  void aChildCompilesAsItsParentDoes() throws IOException {
    List<String> mine = ManagementFactory.getRuntimeMXBean().getInputArguments();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    new Child(Walls.found(), PATIENT, PRISONER).run(List.of("options"), List.of(), said);
    assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(ChildTest::isOfTiers))
        .isNotEmpty()
        .containsExactlyElementsOf(mine.stream().filter(ChildTest::isOfTiers).toList());
  }

  private static boolean isOfTiers(String option) {
    return option.contains("Tier");
  }

  private static Child.Ending prisoner(Child.Budget budget, String... arguments)
      throws IOException {
    return new Child(Walls.found(), budget, PRISONER)
        .run(List.of(arguments), List.of(), OutputStream.nullOutputStream());
  }

  @ParameterizedTest
  @ValueSource(strings = {"work", "wait"})
  void aChildThatDoesNotEndIsKilled(String instead) throws IOException {
    assertThat(prisoner(new Child.Budget(64, 1, 1 << 20), instead, "600000").failure())
        .isEqualTo("took longer than 1 s");
  }

  @Test
  void aChildThatDoesNotStopTalkingIsKilled() throws IOException {
    assertThat(prisoner(PATIENT, "shout").failure()).isEqualTo("said more than 1 MiB");
  }

  @Test
  void aChildHasAHeapOfItsOwn() throws IOException {
    assertThat(prisoner(PATIENT, "hoard").complaints()).contains("OutOfMemoryError");
  }
}
