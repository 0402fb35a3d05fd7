package io.tcescope.engine.why;

import io.tcescope.engine.state.Numbering;
import java.util.List;
import java.util.Locale;
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
    return symptom(kind(lower), end, text, device, buid, liobn, OptionalLong.empty());
  }

  /** A device's access to a bus address. */
  static Symptom access(long address, long at) {
    return symptom(
        SymptomKind.DMA_FAULT,
        at,
        "access to 0x" + Long.toHexString(address) + " asked about",
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(address));
  }

  private static SymptomKind kind(String text) {
    for (SymptomKind kind : SymptomKind.values()) {
      if (kind.label().equals(text)) {
        return kind;
      }
    }
    if (text.contains("eeh:")) {
      return SymptomKind.EEH_FREEZE;
    }
    return text.contains("plpar_tce_")
        ? SymptomKind.PUT_FAILED
        : Complaint.of(text).orElse(SymptomKind.DMA_FAULT);
  }

  private static Symptom symptom(
      SymptomKind kind,
      long at,
      String text,
      String device,
      OptionalLong buid,
      OptionalLong liobn,
      OptionalLong ioba) {
    return new Symptom(
        kind,
        at,
        at,
        1,
        0,
        text,
        device,
        buid,
        liobn,
        ioba,
        OptionalLong.empty(),
        Symptom.Presence.NOT_TOLD,
        List.of());
  }
}
