package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which records begin a freeze: since Linux 5.4 a kernel says "Recovering" of a freeze and then,
 * with a call trace, "Frozen" of the same one. The same words again are another freeze.
 */
public final class FreezeRecords {
  /** Words of the way back; the first of them is the first of the freeze. */
  private static final Pattern RECOVERY =
      Pattern.compile("(?i)recover(?!ing PHB)|thaw|successful|notify");

  /** The recovery is over, one way or the other. */
  private static final Pattern OVER =
      Pattern.compile(
          "(?i)recovered|recovery (?:successful|failed)|EEH: finished:\\s*'resume|thaw|unable to"
              + " recover");

  private static final List<String> WORDS = List.of("failure", "recovering", "frozen");

  /** What a kernel says of one freeze comes within that time. */
  private static final long NANOSECONDS = 10_000_000_000L;

  private static final long NOT_TOLD = -1;

  private record Pe(long bridge, long number) {}

  private record Freeze(Pe pe, long time, Set<String> words) {
    boolean isOver(Event event) {
      return time != Event.NO_TIME
          && event.time() != Event.NO_TIME
          && Math.abs(event.time() - time) > NANOSECONDS;
    }
  }

  private final Map<Pe, Freeze> freezes = new HashMap<>();

  /** The last freeze of each bridge: a record may name the bridge only. */
  private final Map<Long, Freeze> last = new HashMap<>();

  /** True for a record of the way back, which freezes nothing. */
  static boolean isRecovery(Event event) {
    return RECOVERY.matcher(event.text()).find();
  }

  /** True for the last words on a recovery. */
  static boolean isOver(Event event) {
    boolean says = event.kind() == EventKind.EEH || event.kind() == EventKind.LOG;
    return says && OVER.matcher(event.text()).find();
  }

  /** True for a record of a PE's freeze that is the first to tell of it. */
  public boolean begins(Event event) {
    if (isRecovery(event)) {
      return false;
    }
    long number = event.has(Event.CONFIG_ADDRESS) ? event.configAddress() : NOT_TOLD;
    Pe pe = new Pe(PciDomain.number(event), number);
    String word = word(event);
    Freeze known = known(pe);
    boolean same = known != null && !known.isOver(event) && known.words().add(word);
    Freeze freeze =
        same && known != null ? known : new Freeze(pe, event.time(), new HashSet<>(Set.of(word)));
    freezes.put(pe, freeze);
    last.put(pe.bridge(), freeze);
    return !same;
  }

  private @Nullable Freeze known(Pe pe) {
    Freeze exact = freezes.get(pe);
    Freeze recent = last.get(pe.bridge());
    boolean vague = recent != null && (pe.number() == NOT_TOLD || recent.pe().number() == NOT_TOLD);
    return exact == null && vague ? recent : exact;
  }

  private static String word(Event event) {
    String text = event.text().toLowerCase(Locale.ROOT);
    return WORDS.stream().filter(text::contains).findFirst().orElse("");
  }
}
