package io.tcescope.queries.language;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Notation;
import org.jspecify.annotations.Nullable;

/** What an event, together with its facts, holds for a field. */
public final class FieldValues {
  private FieldValues() {}

  /** True if the event has a number for the field. */
  static boolean has(QueryField field, Event event, EventFacts facts) {
    return switch (field) {
      case LIOBN -> event.has(Event.LIOBN);
      case IOBA -> facts.startKnown();
      case IOBA_RECORDED -> event.has(Event.IOBA);
      case COVERS -> facts.rangeKnown();
      case PAGES -> facts.pagesKnown();
      case TCE -> event.has(Event.TCE) || (event.has(Event.LIST) && event.listLength() > 0);
      case RET -> event.has(Event.STATUS);
      case BUID -> event.has(Event.BUID) || facts.buid() != 0;
      case CONFIG_ADDRESS -> event.has(Event.CONFIG_ADDRESS);
      case CPU -> event.cpu() >= 0;
      case THREAD -> event.thread() != 0;
      case EVENT, LINE -> true;
      case START -> event.has(Event.START);
      case SIZE -> event.has(Event.SIZE);
      case PAGE_SHIFT -> event.has(Event.PAGE_SHIFT);
      case PERM -> event.has(Event.PERMISSION);
      case ID -> event.has(Event.ID);
      case CALL, KIND, NAME, WINDOW, EFFECT, FINDING, PE, DEVICE, TASK, TIME, FILE -> false;
      case TEXT, SAVED, LUCENE -> false;
    };
  }

  /** The number, where {@link #has} says that there is one. */
  static long number(QueryField field, Event event, EventFacts facts) {
    return switch (field) {
      case LIOBN -> event.liobn();
      case IOBA -> facts.start();
      case IOBA_RECORDED -> event.ioba();
      case COVERS -> facts.first();
      case PAGES -> facts.pages();
      case TCE -> event.has(Event.TCE) ? event.tce() : event.list(0);
      case RET -> event.status();
      case BUID -> event.has(Event.BUID) ? event.buid() : facts.buid();
      case CONFIG_ADDRESS -> event.configAddress();
      case CPU -> event.cpu();
      case THREAD -> event.thread();
      case EVENT -> event.ordinal();
      case LINE -> event.line();
      case START -> event.start();
      case SIZE -> event.size();
      case PAGE_SHIFT -> event.pageShift();
      case PERM -> event.permission();
      case ID -> event.id();
      case CALL, KIND, NAME, WINDOW, EFFECT, FINDING, PE, DEVICE, TASK, TIME, FILE -> 0;
      case TEXT, SAVED, LUCENE -> 0;
    };
  }

  static boolean hasTce(Event event, long from, long to) {
    if (event.has(Event.TCE) && between(event.tce(), from, to)) {
      return true;
    }
    for (int i = 0; event.has(Event.LIST) && i < event.listLength(); i++) {
      if (between(event.list(i), from, to)) {
        return true;
      }
    }
    return false;
  }

  /** Of addresses, which are unsigned. */
  static boolean between(long value, long from, long to) {
    return Long.compareUnsigned(from, value) <= 0 && Long.compareUnsigned(value, to) <= 0;
  }

  static @Nullable String name(QueryField field, Event event, EventFacts facts) {
    return switch (field) {
      case CALL -> event.kind().call();
      case KIND -> event.kind().group().name();
      case NAME -> event.name();
      case DEVICE -> event.device();
      case TASK -> event.task();
      case FILE -> event.file() < facts.files().size() ? facts.files().get(event.file()) : null;
      default -> null;
    };
  }

  /** A status by name; numbers without a name are rare enough to be spelled each time. */
  static String status(long status) {
    return HcallStatus.name(status);
  }

  /**
   * The value of a field as a group's name: hex for addresses, names where there are any; null if
   * the event has none.
   */
  public static @Nullable String key(QueryField field, Event event, EventFacts facts) {
    return switch (field.type()) {
      case CALL, NAME -> nameKey(field, event, facts);
      case HEX -> has(field, event, facts) ? Hex.of(number(field, event, facts)) : null;
      case COUNT ->
          has(field, event, facts) ? Long.toUnsignedString(number(field, event, facts)) : null;
      case STATUS ->
          event.has(Event.STATUS) ? HcallStatus.text(event.kind(), event.status()) : null;
      case WINDOW ->
          facts.generation() > 0 ? Notation.window(facts.windowLiobn(), facts.generation()) : null;
      case PE -> facts.buid() != 0 ? Hex.of(facts.buid()) : null;
      case TIME, TEXT, SAVED, LUCENE -> null;
    };
  }

  private static @Nullable String nameKey(QueryField field, Event event, EventFacts facts) {
    return switch (field) {
      case EFFECT -> facts.signals() == 0 ? null : String.join(",", Effects.names(facts.signals()));
      case FINDING -> facts.findings().isEmpty() ? null : String.join(",", facts.findings());
      case KIND -> event.kind().group().name().toLowerCase(java.util.Locale.ROOT);
      default -> name(field, event, facts);
    };
  }

  /** True if free text is looked for in the record: anything but bulk traffic. */
  public static boolean hasText(Event event) {
    return hasOwnText(event.kind());
  }

  /** True for kinds of record that are rare and may say something in words. */
  public static boolean hasOwnText(EventKind kind) {
    return switch (kind.group()) {
      case TCE, DEVICE -> false;
      case DDW, TABLE, RECORD -> true;
      case GUEST -> kind == EventKind.ALLOC_FAILED;
      case PLATFORM -> kind != EventKind.INTERRUPT;
    };
  }
}
