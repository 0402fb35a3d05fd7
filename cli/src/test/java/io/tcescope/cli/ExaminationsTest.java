package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.CheckFormat;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.RuleSession;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.cli.sweep.InOrder;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many recordings are checked each for itself: no one ends the others, or fills memory for them.
 */
final class ExaminationsTest {
  private static final String RECORD =
      "spapr_iommu_pci_put liobn=0x80000000 ioba=0x0 tce=0x3 ret=0\n";
  private static final int MANY = 5 * InOrder.AHEAD;

  private static final Path SAMPLE = Path.of("../traces/samples/default-window-removed-in-use.log");

  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of("");

  @Test
  void a_check_that_fails_is_named_and_the_others_go_on() throws IOException {
    write(3);
    List<String> checked = new ArrayList<>();
    RuntimeException bug = new IllegalStateException("a bug");
    Audit audit = audit(failing("1.log", bug), run -> checked.add(run.name()));
    assertThat(checked).containsExactly(folder + "/0.log", folder + "/2.log");
    assertThat(audit.hasFailures()).isTrue();
    assertThat(err.toString())
        .contains("tcescope: " + folder + "/1.log: java.lang.IllegalStateException: a bug");
  }

  @Test
  void a_check_that_needs_more_memory_says_how_to_give_it() throws IOException {
    write(2);
    Audit audit = audit(failing("0.log", new OutOfMemoryError("no heap")), run -> {});
    assertThat(audit.hasFailures()).isTrue();
    assertThat(err.toString()).contains("0.log: ran out of memory at ", "TCESCOPE_JAVA_OPTS=-Xmx");
  }

  @Test
  void a_bounded_number_is_checked_ahead_and_let_go() throws IOException {
    write(MANY);
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<WeakReference<Checked>> taken = new ArrayList<>();
    audit(
        (trace, files) -> opened.incrementAndGet(),
        run -> {
          most.accumulateAndGet(opened.get() - taken.size(), Math::max);
          taken.add(new WeakReference<>(run));
          pause();
        });
    assertThat(opened).hasValue(MANY);
    assertThat(most.get()).isLessThanOrEqualTo(InOrder.AHEAD + 1);
    System.gc();
    assertThat(taken.subList(0, MANY - 1)).allMatch(run -> run.get() == null);
  }

  @ParameterizedTest
  @EnumSource(CheckFormat.class)
  void of_what_is_printed_little_is_kept(CheckFormat format) throws IOException {
    write(MANY);
    Files.copy(SAMPLE, folder.resolve("a.log"));
    StringWriter out = new StringWriter();
    Terminal terminal = Terminal.ofProcess(new PrintWriter(out), new PrintWriter(err, true));
    CheckPrinter printer = new CheckPrinter(terminal, format, false);
    List<WeakReference<Checked>> taken = new ArrayList<>();
    Audit audit =
        audit(
            (trace, files) -> {},
            run -> {
              printer.take(run);
              taken.add(new WeakReference<>(run));
            });
    System.gc();
    assertThat(taken).hasSize(MANY + 1).allMatch(run -> run.get() == null);
    assertThat(printer.told().findings()).startsWith("found ");
    assertThat(printer.told().meets(FailOn.ERROR)).isTrue();
    printer.conclude(audit, Optional.empty());
    printer.exits(ExitCode.FINDINGS, audit, Optional.empty());
    assertThat(out.toString()).contains("default-window-removed-in-use").contains("a.log");
  }

  private void write(int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Files.writeString(folder.resolve("%02d.log".formatted(i).replaceFirst("^0", "")), RECORD);
    }
  }

  private Audit audit(Opening opening, Consumer<Checked> consumer) throws IOException {
    return examinations(consumer).with(opening, false).of(List.of(folder));
  }

  private Examinations examinations(Consumer<Checked> consumer) {
    PrintWriter messages = new PrintWriter(err, true);
    Terminal terminal = Terminal.ofProcess(new PrintWriter(new StringWriter()), messages);
    return new Examinations(new RunOptions(), false, Finding::events, terminal, consumer);
  }

  private static Opening failing(String name, Throwable trouble) {
    return (trace, files) -> {
      if (files.getFirst().endsWith(name)) {
        ExaminationsTest.<RuntimeException>raise(trouble);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable trouble) throws T {
    throw (T) trouble;
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** No rules; they are told of every recording that is opened. */
  @FunctionalInterface
  private interface Opening extends Rulebook {
    void opened(Trace trace, List<Path> files);

    @Override
    default RuleSession open(Trace trace, List<Path> files) {
      opened(trace, files);
      return RuleSession.NONE;
    }

    @Override
    default void close() {}
  }
}
