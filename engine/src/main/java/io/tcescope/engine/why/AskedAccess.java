package io.tcescope.engine.why;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A failed access to a bus address that somebody asks about: who may be behind it is decided by the
 * address's fate alone. Whatever else went wrong in the run took nothing from it.
 */
final class AskedAccess {
  private static final int SMALLEST_PAGE_SHIFT = 12;

  private final AskedAddress asked;

  AskedAccess(AskedAddress asked) {
    this.asked = asked;
  }

  Symptom symptom() {
    return GivenSymptom.access(asked.ioba(), asked.at(), trail());
  }

  /** What made the address what it is: who mapped it, who took that away. */
  private List<Evidence> trail() {
    List<Evidence> trail = new ArrayList<>();
    for (AddressFate fate : asked.fates()) {
      boolean lost =
          fate.kind() == AddressFate.Kind.CLEARED || fate.kind() == AddressFate.Kind.WINDOW_GONE;
      if (lost && fate.isLive() && fate.writer() > 0) {
        trail.add(new Evidence(fate.writer(), "maps the address (" + Hex.of(fate.tce()) + ")"));
      }
      if (lost && decides(fate)) {
        trail.add(new Evidence(fate.ordinal(), deed(fate)));
      }
    }
    return trail;
  }

  private static String deed(AddressFate fate) {
    return fate.kind() == AddressFate.Kind.CLEARED
        ? "clears the address in window " + fate.window()
        : "takes window " + fate.window() + " away";
  }

  /**
   * True if the event that decided the fate can be why an access failed. A window that went with
   * nothing at the address took nothing from it, unless somebody tried to map it there since.
   */
  private static boolean decides(AddressFate fate) {
    return switch (fate.kind()) {
      case MAPPED, CLEARED, UNKNOWN -> fate.ordinal() > 0;
      case WINDOW_GONE ->
          fate.isLive() || fate.knowledge().isUnknown() || fate.attempt().isPresent();
      case NEVER_MAPPED, NOT_COVERED -> false;
    };
  }

  /** True if one of the fates makes the suspect a cause. */
  boolean supports(Suspect suspect) {
    return asked.fates().stream().anyMatch(fate -> supports(fate, suspect));
  }

  /** Why a suspect that no fate supports has nothing to do with it. */
  String alibi(Suspect suspect) {
    String alibi = suspect.alibi(symptom());
    return alibi.isEmpty() ? "took nothing from the address" : alibi;
  }

  private boolean supports(AddressFate fate, Suspect suspect) {
    boolean itsDeed = decides(fate) && suspect.deciding() == fate.ordinal();
    boolean itsAttempt =
        fate.kind() != AddressFate.Kind.MAPPED
            && fate.attempt().filter(one -> one.ordinal() == suspect.deciding()).isPresent();
    boolean names = names(fate.window(), suspect) && suspect.deciding() >= fate.ordinal();
    return itsDeed || itsAttempt || names || overlaps(fate, suspect);
  }

  /** True if the suspect is about the page itself. */
  private boolean names(DmaWindow window, Suspect suspect) {
    if (suspect.ioba().isEmpty()) {
      return false;
    }
    long named = suspect.ioba().getAsLong();
    return window == DmaWindow.NONE
        ? named >>> SMALLEST_PAGE_SHIFT == asked.ioba() >>> SMALLEST_PAGE_SHIFT
        : suspect.liobn().equals(OptionalLong.of(window.liobn()))
            && window.indexOf(named) == window.indexOf(asked.ioba());
  }

  /** Two windows cover the address: which of them translates it is not told. */
  private boolean overlaps(AddressFate fate, Suspect suspect) {
    long buid = fate.window().bridge().buid();
    boolean concerned =
        suspect.rule() == Rule.WINDOWS_OVERLAP
            && buid != 0
            && suspect.buid().equals(OptionalLong.of(buid));
    return concerned
        && asked.fates().stream()
                .filter(one -> one.window().isOpen() && one.window().bridge().buid() == buid)
                .count()
            > 1;
  }

  /** What the fates themselves accuse, where no finding accuses the same event. */
  List<Suspect> suspects(List<Suspect> known) {
    List<Suspect> suspects = new ArrayList<>();
    boolean mapped =
        asked.fates().stream().anyMatch(fate -> fate.kind() == AddressFate.Kind.MAPPED);
    for (AddressFate fate : asked.fates()) {
      boolean accused = known.stream().anyMatch(one -> one.deciding() == fate.ordinal());
      if (!accused) {
        suspect(fate, mapped).ifPresent(suspects::add);
      }
    }
    return suspects;
  }

  /**
   * A window that went with the address mapped, or a clear; not one of another bridge's, if the
   * address is mapped where the access may have been.
   */
  private static Optional<Suspect> suspect(AddressFate fate, boolean mappedElsewhere) {
    DmaWindow window = fate.window();
    if (fate.kind() == AddressFate.Kind.CLEARED && !mappedElsewhere) {
      return Optional.of(
          suspect(fate, Rule.DMA_AFTER_UNMAP, "The entry was cleared in window " + window));
    }
    if (fate.kind() == AddressFate.Kind.WINDOW_GONE && fate.isLive()) {
      Rule rule =
          window.role() == Role.DEFAULT
              ? Rule.DEFAULT_WINDOW_REMOVED_IN_USE
              : Rule.WINDOW_REMOVED_IN_USE;
      return Optional.of(
          suspect(fate, rule, "Window " + window + ", which mapped the address, went"));
    }
    return Optional.empty();
  }

  private static Suspect suspect(AddressFate fate, Rule rule, String message) {
    DmaWindow window = fate.window();
    long buid = window.bridge().buid();
    boolean observed = fate.knowledge().certainty() == Certainty.OBSERVED;
    return new Suspect(
        rule,
        observed ? Confidence.CERTAIN : Confidence.INFERRED,
        true,
        fate.ordinal(),
        buid == 0 ? OptionalLong.empty() : OptionalLong.of(buid),
        OptionalLong.of(window.liobn()),
        message,
        List.of(new Evidence(fate.ordinal(), deed(fate))));
  }

  /** Why nothing explains a failed access. */
  String missing() {
    AddressFate first = asked.fates().getFirst();
    return switch (first.kind()) {
      case MAPPED ->
          "the address was mapped at that moment, in window "
              + first.window()
              + ", so that no lost mapping explains a failed access.";
      case WINDOW_GONE ->
          "the window was gone, but nothing was mapped at the address when it went, and no map of"
              + " it failed since.";
      case CLEARED, UNKNOWN -> "nothing recorded explains an access that failed there.";
      case NEVER_MAPPED -> "nothing in the recording ever mapped the address.";
      case NOT_COVERED -> "no window ever covered the address, so that nobody can have mapped it.";
    };
  }
}
