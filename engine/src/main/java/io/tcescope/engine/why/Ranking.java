package io.tcescope.engine.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Who is the likeliest: first those whose deed lies on the trail of a symptom's address, then those
 * who explain more, then those who explain an earlier symptom, then those who came closest.
 */
final class Ranking {
  private static final int MOST_CAUSES = 3;

  private static final int BETWEEN = 0;
  private static final int BEFORE = 1;
  private static final int ON_THE_TRAIL = 2;

  /**
   * How strong the case is.
   *
   * @param explained the symptoms it explains, by their place in the list
   */
  private record Case(Suspect suspect, int tier, int weight, Set<Integer> explained) {
    long deciding() {
      return suspect.deciding();
    }

    /** The place of the first symptom that it explains. */
    int firstSymptom() {
      return explained.stream().mapToInt(Integer::intValue).min().orElse(0);
    }
  }

  private static final Comparator<Case> STRENGTH =
      Comparator.comparingInt(Case::tier)
          .thenComparingInt(Case::weight)
          .thenComparingInt(one -> -one.firstSymptom())
          .thenComparing(one -> one.suspect().confidence(), Comparator.reverseOrder())
          .thenComparingLong(Case::deciding)
          .reversed();

  private final List<Symptom> symptoms;
  private final List<Case> cases = new ArrayList<>();
  private final List<Diagnosis.Rejected> rejected = new ArrayList<>();

  Ranking(List<Symptom> symptoms) {
    this.symptoms = symptoms;
  }

  /** Lets a suspect go at once. */
  void acquit(Suspect suspect, String reason) {
    rejected.add(rejected(suspect, reason));
  }

  /** Takes up a suspect, or lets it go. */
  void judge(Suspect suspect) {
    if (symptoms.isEmpty()) {
      if (suspect.isGrave()) {
        cases.add(new Case(suspect, BEFORE, 0, Set.of()));
      }
      return;
    }
    int tier = BETWEEN;
    int weight = 0;
    Set<Integer> explained = new HashSet<>();
    String alibi = "explains none of the symptoms";
    for (int i = 0; i < symptoms.size(); i++) {
      Symptom symptom = symptoms.get(i);
      int power = suspect.power(symptom);
      String reason = suspect.alibi(symptom);
      if (power > 0 && reason.isEmpty()) {
        explained.add(i);
        tier = Math.max(tier, tier(suspect, symptom));
        weight = Math.max(weight, power);
      } else if (power > 0) {
        alibi = reason;
      }
    }
    if (explained.isEmpty()) {
      rejected.add(rejected(suspect, alibi));
    } else {
      cases.add(new Case(suspect, tier, weight, explained));
    }
  }

  private static int tier(Suspect suspect, Symptom symptom) {
    if (suspect.isOnTrailOf(symptom)) {
      return ON_THE_TRAIL;
    }
    return suspect.deciding() <= symptom.ordinal() ? BEFORE : BETWEEN;
  }

  /**
   * At most three, the likeliest first; then whoever explains what the others do not. What one
   * event decided is one cause; what follows from it stands in its chain.
   */
  List<Suspect> causes() {
    List<Case> left = new ArrayList<>(symptoms.isEmpty() ? byTime() : cases);
    if (!symptoms.isEmpty()) {
      left.sort(STRENGTH);
    }
    List<Suspect> chosen = new ArrayList<>();
    Set<Integer> explained = new HashSet<>();
    while (!left.isEmpty() && chosen.size() < MOST_CAUSES) {
      Case next =
          left.stream()
              .filter(one -> !explained.containsAll(one.explained()))
              .findFirst()
              .orElse(left.getFirst());
      chosen.add(next.suspect());
      explained.addAll(next.explained());
      left.removeIf(one -> one.deciding() == next.deciding());
    }
    left.forEach(
        one -> rejected.add(rejected(one.suspect(), "others explain more, or came closer")));
    return chosen;
  }

  /** The symptoms that no suspect explains, chosen or not. */
  List<Symptom> unexplained() {
    return IntStream.range(0, symptoms.size())
        .filter(i -> cases.stream().noneMatch(one -> one.explained().contains(i)))
        .mapToObj(symptoms::get)
        .toList();
  }

  private static Diagnosis.Rejected rejected(Suspect suspect, String reason) {
    return new Diagnosis.Rejected(
        suspect.rule().id(), suspect.deciding(), reason, suspect.isGrave());
  }

  /** Where nothing is to be explained the first grave fault counts most. */
  private List<Case> byTime() {
    return cases.stream().sorted(Comparator.comparingLong(Case::deciding)).toList();
  }

  /** Who was let go, the grave ones first. */
  List<Diagnosis.Rejected> rejected() {
    return rejected.stream()
        .sorted(Comparator.comparing(Diagnosis.Rejected::isGrave).reversed())
        .toList();
  }
}
