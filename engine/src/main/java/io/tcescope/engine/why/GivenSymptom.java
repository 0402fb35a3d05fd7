package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Numbering;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Symptoms that somebody tells of, because the recording does not hold them. */
final class GivenSymptom {
  private static final Pattern LIOBN =
      Pattern.compile("(?:liobn|index)\\s*=?\\s*0x([0-9a-f]{1,16})");

  private static final int HEX = 16;

  private GivenSymptom() {}

  /** A line of a log that is not recorded, or the name of a kind; it shows at the end. */
  static Symptom of(String text, long end) {
    String lower = text.toLowerCase(Locale.ROOT);
    String device = Complaint.address(lower);
    Matcher named = LIOBN.matcher(lower);
    OptionalLong liobn =
        named.find()
            ? OptionalLong.of(Long.parseUnsignedLong(named.group(1), HEX))
            : OptionalLong.empty();
    OptionalLong buid = Numbering.buidOfDevice(device);
    if (buid.isEmpty() && liobn.isPresent()) {
      buid = Numbering.buidOfLiobn(liobn.getAsLong());
    }
    Optional<SymptomKind> kind = kind(lower);
    return new Symptom(
        kind.orElse(SymptomKind.DMA_FAULT),
        end,
        end,
        0,
        1,
        0,
        false,
        false,
        kind.isPresent() ? Symptom.Origin.TOLD : Symptom.Origin.TOLD_UNCLEARLY,
        text,
        device,
        buid,
        liobn,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Symptom.Presence.NOT_TOLD,
        0,
        List.of());
  }

  /** A device's access to a bus address, after that event; what is told of the address before. */
  static Symptom access(long address, long at, List<Evidence> trail) {
    return new Symptom(
        SymptomKind.DMA_FAULT,
        at,
        at,
        0,
        1,
        0,
        false,
        false,
        Symptom.Origin.ASKED,
        "access to " + Hex.of(address) + " asked about",
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(address),
        OptionalLong.empty(),
        Symptom.Presence.NOT_TOLD,
        0,
        trail);
  }

  /** Empty if the text is neither the name of a kind nor words that a kernel has for one. */
  private static Optional<SymptomKind> kind(String text) {
    for (SymptomKind kind : SymptomKind.values()) {
      if (kind.label().equals(text)) {
        return Optional.of(kind);
      }
    }
    if (text.contains("eeh:")) {
      return Optional.of(SymptomKind.EEH_FREEZE);
    }
    return text.contains("plpar_tce_") ? Optional.of(SymptomKind.PUT_FAILED) : Complaint.of(text);
  }
}
