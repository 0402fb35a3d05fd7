package io.tcescope.engine.why;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
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
  private final RecordedUse use = new RecordedUse();
  private final Pressures pressures = new Pressures();
  private final Accesses accesses = new Accesses();
  private final Optional<AddressFates> fates;
  private Diagnosis diagnosis = Diagnosis.NONE;

  public Why(Trace trace, Question question) {
    this.trace = trace;
    this.question = question;
    this.checks = new CheckRunner(trace);
    this.timeline = new Timeline(trace);
    this.symptoms = new Symptoms(trace);
    this.fates =
        question.address().isPresent()
            ? Optional.of(new AddressFates(question.address().getAsLong(), until()))
            : Optional.empty();
  }

  private long until() {
    return question.at().orElse(Long.MAX_VALUE);
  }

  /** Without an address the recording is taken to end at the moment that is asked about. */
  private long end() {
    return fates.isPresent() ? Long.MAX_VALUE : until();
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    timeline.on(event, change, state);
    if (event.ordinal() > end()) {
      return;
    }
    checks.on(event, change, state);
    symptoms.on(event, change, state);
    account.on(event, change, state);
    use.on(event, change, state);
    pressures.on(event, change, state);
    accesses.on(event, change, state);
    fates.ifPresent(watched -> watched.on(event, change, state));
  }

  @Override
  public void end(IommuState state) {
    timeline.end(state);
    IommuState last = state.events() > end() ? timeline.after(end()) : state;
    checks.end(last);
    Optional<AskedAddress> address =
        fates.map(watched -> watched.in(timeline.after(until()).settled()));
    diagnosis = address.map(asked -> accessed(asked, last)).orElseGet(() -> suffered(last));
  }

  /** What explains the symptoms. */
  private Diagnosis suffered(IommuState state) {
    List<Symptom> asked =
        question.symptom().map(text -> named(text, state.events())).orElseGet(symptoms::found);
    boolean unclear = asked.stream().anyMatch(one -> one.origin() == Symptom.Origin.TOLD_UNCLEARLY);
    Ranking ranking = new Ranking(asked);
    for (Suspect suspect : suspects(asked, state)) {
      ranking.judge(unclear ? suspect.doubted() : suspect);
    }
    return diagnosis(asked, ranking, state, "nothing recorded before the symptoms explains them.");
  }

  /** What explains that an access to the address failed. */
  private Diagnosis accessed(AskedAddress address, IommuState state) {
    AskedAccess access = new AskedAccess(address);
    List<Symptom> asked = List.of(access.symptom());
    Ranking ranking = new Ranking(asked);
    List<Suspect> all = suspects(asked, state);
    for (Suspect suspect : all) {
      if (access.supports(suspect)) {
        ranking.judge(suspect);
      } else {
        ranking.acquit(suspect, access.alibi(suspect));
      }
    }
    access.suspects(all).forEach(ranking::judge);
    return diagnosis(asked, ranking, state, access.missing()).about(address);
  }

  private Diagnosis diagnosis(
      List<Symptom> asked, Ranking ranking, IommuState state, String unexplained) {
    Chains chains =
        new Chains(
            checks.findings(), asked, pressures, accesses, new LookBack(trace, timeline), state);
    List<Cause> causes = ranking.causes().stream().map(chains::cause).toList();
    boolean open = !asked.isEmpty() && causes.isEmpty();
    Optional<String> missing =
        open
            ? Optional.of(
                new Missing(trace, checks, state.rules().platform()).text(asked, unexplained))
            : Optional.empty();
    return new Diagnosis(
        asked, ranking.unexplained(), causes, ranking.rejected(), missing, Optional.empty());
  }

  /** The answer; empty until the replay has ended. */
  public Diagnosis diagnosis() {
    return diagnosis;
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

  /** Findings first; what a poorer recording implies only where no finding says so. */
  private List<Suspect> suspects(List<Symptom> asked, IommuState state) {
    List<Suspect> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Finding finding : checks.findings()) {
      if (Explains.anything(finding)) {
        Suspect found = tooSmall(Suspect.of(finding, state), asked);
        Suspect suspect = Explains.isCircumstance(found.rule()) ? found.doubted() : found;
        all.add(suspect);
        known.add(suspect.rule().id() + suspect.buid());
      }
    }
    List<Suspect> implied = account.suspects(symptoms.all(), trace.tellsTables());
    implied.addAll(use.suspects(symptoms.all(), state.rules().unrecorded()));
    for (Suspect suspect : implied) {
      if (known.add(suspect.rule().id() + suspect.buid() + suspect.deciding())
          && !known.contains(suspect.rule().id() + suspect.buid())) {
        all.add(suspect);
      }
    }
    return all;
  }

  /** A window that had too few entries from the start: whoever made it that small decided. */
  private Suspect tooSmall(Suspect suspect, List<Symptom> asked) {
    if (suspect.rule() != Rule.IOMMU_POOL_EXHAUSTED) {
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
