package io.tcescope.cli.script;

import io.tcescope.cli.output.Scripted;
import io.tcescope.cli.untrusted.Child;
import io.tcescope.engine.check.CheckRunner.NotApplicable;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.replay.Observer;
import io.tcescope.scripting.ScriptError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rules in a child process, which replays the recording at the same time as this one. They share a
 * child, with other recordings too, as long as all goes well; if it fails at this one though it had
 * judged nothing before, each is tried alone, so that the one to blame is known and the others
 * finish.
 */
final class ConfinedRules implements RuleSession {
  private final ConfinedRulebook book;
  private final List<Path> recording;
  private final Child.Budget budget;
  private @Nullable CompletableFuture<Scripted> judging;

  ConfinedRules(ConfinedRulebook book, List<Path> recording, Child.Budget budget) {
    this.book = book;
    this.recording = recording;
    this.budget = budget;
  }

  @Override
  public Observer observer() {
    if (judging == null) {
      CompletableFuture<Scripted> answer = new CompletableFuture<>();
      Thread.ofPlatform().name("untrusted rules").daemon().start(() -> judge(answer));
      judging = answer;
    }
    return (event, change, state) -> {};
  }

  private void judge(CompletableFuture<Scripted> answer) {
    try {
      answer.complete(judge());
    } catch (IOException e) {
      answer.completeExceptionally(new UncheckedIOException(e));
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  private Scripted judge() throws IOException {
    List<Path> rules = book.rules().files();
    return rules.isEmpty() ? Scripted.NONE : judge(rules, book.judges().hire(rules, recording));
  }

  private Scripted judge(List<Path> rules, Judge judge) throws IOException {
    boolean experienced = judge.isExperienced();
    Judge.Verdict verdict = judge.judge(recording, book.rules().givenUp(), budget);
    if (verdict.isComplete() && rules.equals(book.rules().files())) {
      book.judges().release(judge);
    } else {
      book.judges().dismiss(judge);
    }
    if (verdict.isComplete()) {
      return verdict.scripted();
    }
    if (experienced) {
      return judge(rules, book.judges().fresh(rules, recording));
    }
    if (rules.size() == 1) {
      return failed(rules.getFirst(), verdict);
    }
    List<Scripted> each = new ArrayList<>();
    for (Path rule : rules) {
      List<Path> alone = List.of(rule);
      each.add(judge(alone, book.judges().fresh(alone, recording)));
    }
    return together(each);
  }

  /** A rule that took its process with it; it may have said its name before. */
  private Scripted failed(Path file, Judge.Verdict verdict) {
    Scripted said = verdict.scripted();
    String name = String.valueOf(file.getFileName());
    String id = said.rules().isEmpty() ? name : said.rules().getFirst().id();
    book.rules().stopped(file, id);
    String why = "stopped: " + verdict.failure();
    ScriptError error = new ScriptError(id, name, 0, 0, why, List.of());
    return new Scripted(said.rules(), List.of(), List.of(), List.of(error), List.of(), List.of());
  }

  private static Scripted together(List<Scripted> each) {
    return new Scripted(
        all(each, Scripted::rules),
        all(each, Scripted::findings).stream().sorted(Finding.ORDER).toList(),
        all(each, Scripted::notApplicable).stream()
            .sorted(Comparator.comparing(NotApplicable::rule))
            .toList(),
        all(each, Scripted::errors),
        all(each, Scripted::timings),
        all(each, Scripted::printed));
  }

  private static <T> List<T> all(List<Scripted> each, Function<Scripted, List<T>> part) {
    return each.stream().flatMap(one -> part.apply(one).stream()).toList();
  }

  @Override
  public Scripted result() {
    CompletableFuture<Scripted> answer = judging;
    if (answer == null) {
      return Scripted.NONE;
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("untrusted rules", e.getCause());
    }
  }

  @Override
  public void close() {}
}
