package io.tcescope.engine.why;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.AddressLife;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for the cause of what went wrong: collects the symptoms, suspects every broken rule, lets
 * go whoever has an alibi, and ranks the rest by what they explain and how close they came. Where a
 * recording shows no symptom, it still names what must have hurt: the grave faults.
 */
public final class Why implements Observer {
  private static final int MOST_CAUSES = 3;
  private static final int LONGEST_CHAIN = 16;

  /** Weights differ by at least one of these, which no closeness can make up for. */
  private static final int STEP = 100;

  private final Trace trace;
  private final Question question;
  private final CheckRunner checks;
  private final Symptoms symptoms = new Symptoms();
  private final GuestAccount account = new GuestAccount();
  private final Optional<AddressLife> life;
  private Diagnosis diagnosis = new Diagnosis(List.of(), List.of(), List.of(), Optional.empty());

  public Why(Trace trace, Question question) {
    this.trace = trace;
    this.question = question;
    this.checks = new CheckRunner(trace);
    this.life =
        question.address().isPresent()
            ? Optional.of(new AddressLife(question.address().getAsLong()))
            : Optional.empty();
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    checks.on(event, change, state);
    symptoms.on(event, change, state);
    account.on(event, change, state);
    life.ifPresent(watched -> watched.on(event, change, state));
  }

  @Override
  public void end(IommuState state) {
    checks.end(state);
    List<Symptom> asked = asked(state);
    NavigableMap<Integer, Suspect> ranked = new TreeMap<>(Comparator.reverseOrder());
    List<Diagnosis.Rejected> rejected = new ArrayList<>();
    for (Suspect suspect : suspects()) {
      judge(suspect, asked, ranked, rejected);
    }
    List<Cause> causes =
        deciding(ranked.values()).stream()
            .map(suspect -> cause(suspect, asked, state.rules()))
            .toList();
    boolean open = !asked.isEmpty() && causes.isEmpty();
    diagnosis =
        new Diagnosis(asked, causes, rejected, open ? Optional.of(missing()) : Optional.empty());
  }

  /** What one event decided is one cause; what follows from it stands in its chain. */
  private static List<Suspect> deciding(Collection<Suspect> ranked) {
    List<Suspect> first = new ArrayList<>();
    Set<Long> events = new HashSet<>();
    for (Suspect suspect : ranked) {
      if (first.size() < MOST_CAUSES && events.add(suspect.deciding())) {
        first.add(suspect);
      }
    }
    return first;
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
    List<Symptom> asked = new ArrayList<>(symptoms.found());
    question
        .symptom()
        .map(text -> text.toLowerCase(Locale.ROOT))
        .ifPresent(
            text ->
                asked.removeIf(
                    symptom ->
                        !symptom.text().toLowerCase(Locale.ROOT).contains(text)
                            && !symptom.kind().label().equals(text)));
    if (question.address().isPresent()) {
      asked.clear();
      asked.add(asked(question.address().getAsLong(), question.at().orElse(state.events())));
    }
    return asked;
  }

  private static Symptom asked(long address, long at) {
    String text = "access to 0x" + Long.toHexString(address) + " asked about";
    return new Symptom(
        SymptomKind.DMA_FAULT,
        at,
        at,
        1,
        text,
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(address));
  }

  /** Findings first; what the guest's log implies only where no finding says the same. */
  private List<Suspect> suspects() {
    List<Suspect> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Finding finding : checks.findings()) {
      if (Explains.anything(finding.rule())) {
        Suspect suspect = Suspect.of(finding);
        all.add(suspect);
        known.add(suspect.rule() + suspect.buid());
        known.add("window gone" + suspect.buid());
      }
    }
    boolean hostTells = trace.source().tellsTables();
    for (Suspect suspect : account.suspects()) {
      if (!hostTells && !known.contains(suspect.rule() + suspect.buid())) {
        all.add(suspect);
      }
    }
    life.ifPresent(watched -> AddressFate.of(watched, question.at()).ifPresent(all::add));
    return all;
  }

  private static void judge(
      Suspect suspect,
      List<Symptom> asked,
      NavigableMap<Integer, Suspect> ranked,
      List<Diagnosis.Rejected> rejected) {
    int best = asked.isEmpty() && suspect.isGrave() ? STEP : 0;
    String alibi = "explains none of the symptoms";
    for (Symptom symptom : asked) {
      int weight = Explains.weight(suspect.rule(), symptom.kind());
      if (weight == 0) {
        continue;
      }
      String reason = suspect.alibi(symptom);
      if (reason.isEmpty()) {
        best = Math.max(best, weight * STEP - farness(suspect, symptom));
      } else {
        alibi = reason;
      }
    }
    if (best == 0) {
      rejected.add(new Diagnosis.Rejected(suspect.rule(), suspect.deciding(), alibi));
      return;
    }
    while (ranked.containsKey(best)) {
      best--;
    }
    ranked.put(best, suspect);
  }

  /** How far a suspect is from a symptom, 0 to 64: by orders of magnitude of events. */
  private static int farness(Suspect suspect, Symptom symptom) {
    long distance = Math.max(0, symptom.ordinal() - suspect.deciding());
    return Long.SIZE - Long.numberOfLeadingZeros(distance);
  }

  private Cause cause(Suspect suspect, List<Symptom> asked, IommuState.Rules rules) {
    TreeMap<Long, String> chain = new TreeMap<>();
    for (Evidence evidence : suspect.evidence()) {
      chain.putIfAbsent(evidence.ordinal(), evidence.note());
    }
    chain.putIfAbsent(suspect.deciding(), "decides it: " + suspect.rule());
    for (Finding finding : checks.findings()) {
      if (Long.valueOf(suspect.deciding()).equals(finding.data().get("removedBy"))) {
        chain.putIfAbsent(finding.ordinal(), "consequence: " + finding.message());
        for (Evidence evidence : finding.evidence()) {
          chain.putIfAbsent(evidence.ordinal(), evidence.note());
        }
      }
    }
    for (Symptom symptom : asked) {
      if (suspect.alibi(symptom).isEmpty()) {
        chain.putIfAbsent(symptom.ordinal(), "symptom: " + symptom.text());
      }
    }
    List<Evidence> steps = new ArrayList<>();
    chain.forEach((ordinal, note) -> steps.add(new Evidence(ordinal, note)));
    Moments moments = new Moments(trace, rules);
    return new Cause(
        suspect.rule(),
        suspect.confidence(),
        suspect.deciding(),
        suspect.message(),
        shortened(steps, suspect.deciding()),
        moments.windows(suspect.deciding() - 1, suspect.buid()),
        moments.windows(suspect.deciding(), suspect.buid()));
  }

  /** Keeps the beginning, the deciding event and all that follows it. */
  private static List<Evidence> shortened(List<Evidence> steps, long deciding) {
    List<Evidence> kept = new ArrayList<>(steps);
    while (kept.size() > LONGEST_CHAIN && kept.get(1).ordinal() < deciding) {
      kept.remove(1);
    }
    return kept.subList(0, Math.min(kept.size(), LONGEST_CHAIN));
  }

  private String missing() {
    List<String> reasons =
        checks.notApplicable().stream()
            .filter(entry -> Explains.anything(entry.rule()))
            .map(CheckRunner.NotApplicable::reason)
            .distinct()
            .toList();
    return reasons.isEmpty()
        ? "nothing recorded before the symptoms explains them"
        : "the recording cannot decide it: " + String.join("; ", reasons);
  }
}
