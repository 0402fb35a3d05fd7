package io.tcescope.engine.why;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.AddressLife;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Timeline;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks for the cause of what went wrong: collects the symptoms, suspects every broken rule, lets
 * go whoever has an alibi, and ranks the rest by what they explain and how close they came. Where a
 * recording shows no symptom, it still names what must have hurt: the grave faults.
 */
public final class Why implements Observer {
  /** A window this small is too small in itself; in a larger one something else used it up. */
  private static final long SMALL_WINDOW = 4096;

  private final Trace trace;
  private final Question question;
  private final CheckRunner checks;
  private final Timeline timeline;
  private final Symptoms symptoms;
  private final GuestAccount account = new GuestAccount();
  private final Pressures pressures = new Pressures();
  private final Optional<AddressLife> life;
  private Diagnosis diagnosis = Diagnosis.NONE;

  public Why(Trace trace, Question question) {
    this.trace = trace;
    this.question = question;
    this.checks = new CheckRunner(trace);
    this.timeline = new Timeline(trace);
    this.symptoms = new Symptoms(trace);
    this.life =
        question.address().isPresent()
            ? Optional.of(new AddressLife(question.address().getAsLong()))
            : Optional.empty();
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    timeline.on(event, change, state);
    checks.on(event, change, state);
    symptoms.on(event, change, state);
    account.on(event, change, state);
    pressures.on(event, change, state);
    life.ifPresent(watched -> watched.on(event, change, state));
  }

  @Override
  public void end(IommuState state) {
    timeline.end(state);
    checks.end(state);
    List<Symptom> asked = asked(state);
    Ranking ranking = new Ranking(asked);
    suspects(asked, state).forEach(ranking::judge);
    Chains chains =
        new Chains(checks.findings(), asked, pressures, new LookBack(trace, timeline), state);
    List<Cause> causes = ranking.causes().stream().map(chains::cause).toList();
    boolean open = !asked.isEmpty() && causes.isEmpty();
    Optional<String> missing =
        open ? Optional.of(new Missing(trace, checks).text(asked)) : Optional.empty();
    diagnosis = new Diagnosis(asked, causes, ranking.rejected(), missing);
  }

  /** The answer; empty until the replay has ended. */
  public Diagnosis diagnosis() {
    return diagnosis;
  }

  /** The findings that the answer rests on. */
  public CheckRunner checks() {
    return checks;
  }

  private List<Symptom> asked(IommuState state) {
    if (question.address().isPresent()) {
      long at = question.at().orElse(state.events());
      return List.of(GivenSymptom.access(question.address().getAsLong(), at));
    }
    return question.symptom().map(text -> named(text, state.events())).orElseGet(symptoms::found);
  }

  /**
   * The recorded symptoms of that name or text; if there are none it is one that was seen
   * elsewhere.
   */
  private List<Symptom> named(String text, long end) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<Symptom> recorded =
        symptoms.found().stream()
            .filter(
                symptom ->
                    symptom.text().toLowerCase(Locale.ROOT).contains(wanted)
                        || symptom.kind().label().equals(wanted))
            .toList();
    return recorded.isEmpty() ? List.of(GivenSymptom.of(text, end)) : recorded;
  }

  /** Findings first; what the guest's log implies only where no finding says the same. */
  private List<Suspect> suspects(List<Symptom> asked, IommuState state) {
    List<Suspect> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Finding finding : checks.findings()) {
      if (Explains.anything(finding.rule())) {
        Suspect suspect = tooSmall(Suspect.of(finding, state), asked);
        all.add(suspect);
        known.add(suspect.rule() + suspect.buid());
      }
    }
    for (Suspect suspect : account.suspects(symptoms.all(), trace.tellsTables())) {
      if (known.add(suspect.rule() + suspect.buid() + suspect.deciding())
          && !known.contains(suspect.rule() + suspect.buid())) {
        all.add(suspect);
      }
    }
    life.ifPresent(watched -> AddressFate.of(watched, question.at()).ifPresent(all::add));
    return all;
  }

  /** A window that had too few entries from the start: whoever made it that small decided. */
  private Suspect tooSmall(Suspect suspect, List<Symptom> asked) {
    if (!suspect.rule().equals(Rule.IOMMU_POOL_EXHAUSTED.id())) {
      return suspect;
    }
    OptionalLong buid =
        suspect.buid().isPresent()
            ? suspect.buid()
            : asked.stream()
                .filter(symptom -> symptom.ordinal() == suspect.deciding())
                .map(Symptom::buid)
                .findFirst()
                .orElse(OptionalLong.empty());
    return account
        .creation(suspect.liobn(), buid, suspect.deciding())
        .filter(made -> made.entries() > 0 && made.entries() <= SMALL_WINDOW)
        .map(
            made ->
                suspect.decidedAt(
                    made.ordinal(), "makes the window, of " + made.entries() + " entries"))
        .orElse(suspect);
  }
}
