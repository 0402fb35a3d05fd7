package io.tcescope.queries.story;

import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Notation;
import java.util.Locale;

/** What becomes of windows, in the words of a story. */
final class WindowWords {
  private WindowWords() {}

  static String opened(DmaWindow window, Change.Cause why) {
    String came =
        switch (why) {
          case NONE, BOOT, DECLARED, ASSUMED -> " is there";
          case CREATE -> " is created";
          case REMOVE, AUTO_RESTORE -> " is given back";
          case RESET -> " comes with a reset";
          case MACHINE_RESET -> " comes with a machine reset";
          case PLUG, UNPLUG -> " comes with its bridge";
          case MIGRATION -> " comes with the migration";
          case HOLE -> " has come unseen";
        };
    return name(window) + came + ": " + shape(window);
  }

  private static String shape(DmaWindow window) {
    String role = window.role().name().toLowerCase(Locale.ROOT);
    return window.hasGeometry()
        ? role
            + ", "
            + Notation.range(window.start(), window.end())
            + ", "
            + Notation.pageSize(window.pageShift())
            + " pages"
        : role;
  }

  /** How a window goes, and if it was in use, where the recording tells it. */
  static String closed(DmaWindow window, boolean showsTables) {
    String went =
        switch (window.closedFor()) {
          case REMOVE -> " is removed";
          case RESET -> " goes with a reset";
          case MACHINE_RESET -> " goes with a machine reset";
          case PLUG, UNPLUG -> " goes with its bridge";
          case MIGRATION -> " goes with the migration";
          case HOLE -> " has gone unseen";
          case NONE, BOOT, CREATE, AUTO_RESTORE, DECLARED, ASSUMED -> " is replaced";
        };
    String use = window.mapped() > 0 ? ", in use" : ", empty";
    return name(window) + went + (showsTables ? use : "");
  }

  /** That it has its first entries, and what kind of entries, as far as they tell. */
  static String used(DmaWindow window) {
    String how =
        switch (window.mapping()) {
          case UNDECIDED -> "";
          case DIRECT -> ", mapped 1:1";
          case DYNAMIC -> ", mapped as needed";
          case HYBRID -> ", mapped 1:1 below and as needed above";
        };
    return name(window) + " is used" + how;
  }

  static String live(long entries) {
    return entries == 0 ? "" : entries + (entries == 1 ? " live entry" : " live entries");
  }

  static String name(DmaWindow window) {
    return Hex.of(window.liobn());
  }
}
