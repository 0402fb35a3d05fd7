package io.tcescope.traces.csv;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** One call, as the cells of the columns that tell of it; a row of a table, or a line of text. */
public final class Row {
  private static final int TIME_DIGITS = 9;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** Where the cells come from. */
  public interface Cells {
    /** The cell's text, empty if it is not recorded. */
    String text(Column column);
  }

  private final Cells cells;
  private Column current = Column.CALL;

  public Row(Cells cells) {
    this.cells = cells;
  }

  /** The cell's text, empty if it is not recorded. */
  public String text(Column column) {
    return cells.text(column);
  }

  boolean has(Column column) {
    return !text(column).isEmpty();
  }

  /** The cell's number, 0 if it is not recorded. */
  long number(Column column) {
    current = column;
    String text = text(column);
    return text.isEmpty() ? 0 : Numbers.number(text);
  }

  /** The cell's number, empty if there is none that can be read. */
  OptionalLong ifNumber(Column column) {
    try {
      return has(column) ? OptionalLong.of(number(column)) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** A cell without which the row says nothing. */
  private void need(Column column) {
    current = column;
    if (!has(column)) {
      throw new NumberFormatException("not recorded");
    }
  }

  long status() {
    current = Column.RET;
    String text = text(Column.RET);
    return text.isEmpty() ? 0 : Numbers.status(text);
  }

  /** The column read last and what stands in it, which is to blame for a wrong number. */
  public String trouble() {
    String text = text(current);
    return current.title() + ": " + (text.isEmpty() ? "(none)" : text);
  }

  /** The fields that the row records, of those that mean the same for every call. */
  int fields() {
    int fields = 0;
    fields |= has(Column.LIOBN) ? Event.LIOBN : 0;
    fields |= has(Column.IOBA) ? Event.IOBA : 0;
    fields |= has(Column.TCE) ? Event.TCE : 0;
    fields |= has(Column.PAGES) ? Event.PAGES : 0;
    fields |= has(Column.RET) ? Event.STATUS : 0;
    return fields;
  }

  /** Fills in what the row holds for a call of that kind. */
  void fill(Event event, EventKind kind) {
    fillCall(event, kind);
    fillList(event);
    fillWindow(event);
    fillWho(event);
  }

  private void fillCall(Event event, EventKind kind) {
    if (kind.isTceCall()) {
      need(Column.LIOBN);
    }
    boolean one = kind == EventKind.H_PUT_TCE || kind == EventKind.H_GET_TCE;
    long pages = one ? 1 : number(Column.PAGES);
    event.stuff(
        kind.call(),
        number(Column.LIOBN),
        number(Column.IOBA),
        number(Column.TCE),
        pages,
        status());
    event.is(kind, kind.call(), one ? fields() & ~Event.PAGES : fields());
    if (has(Column.LIST_ADDRESS)) {
      event.withListAddress(number(Column.LIST_ADDRESS));
    }
    if (has(Column.PERM)) {
      event.withPermission(number(Column.PERM));
    }
  }

  private void fillList(Event event) {
    current = Column.LIST;
    if (has(Column.LIST)) {
      Numbers.addList(text(Column.LIST), event);
      if (!has(Column.PAGES)) {
        event.withPages(event.listLength());
      }
    }
  }

  private void fillWindow(Event event) {
    if (has(Column.BUID)) {
      event.withBuid(number(Column.BUID));
    }
    if (has(Column.CONFIG_ADDR)) {
      event.withConfigAddress(number(Column.CONFIG_ADDR));
    }
    if (has(Column.PAGE_SHIFT)) {
      event.withPageShift(shift(Column.PAGE_SHIFT));
    }
    if (has(Column.START)) {
      event.withStart(number(Column.START));
    }
    if (has(Column.WINDOWS_AVAILABLE)) {
      event.withAvailable(number(Column.WINDOWS_AVAILABLE));
    }
    if (has(Column.LARGEST_BLOCK)) {
      event.withLargestBlock(number(Column.LARGEST_BLOCK));
    }
    if (has(Column.PAGE_MASK)) {
      event.withPageMask(number(Column.PAGE_MASK));
    }
  }

  /** A shift, 0 to 63. */
  long shift(Column column) {
    long shift = number(column);
    if (shift < 0 || shift > 63) {
      throw new NumberFormatException("no shift: " + shift);
    }
    return shift;
  }

  /** A thread without a name is its number. */
  private void task(Event event) {
    String task = text(Column.TASK);
    if (NUMBER.matcher(task).matches()) {
      event.withThread(Long.parseLong(task));
    } else {
      event.withTask(task);
    }
  }

  private void fillWho(Event event) {
    if (has(Column.TIME_NS)) {
      event.time(number(Column.TIME_NS), TIME_DIGITS);
    }
    if (has(Column.CPU)) {
      event.withCpu((int) number(Column.CPU));
    }
    if (has(Column.TASK)) {
      task(event);
    }
    if (has(Column.DEVICE)) {
      event.withDevice(text(Column.DEVICE));
    }
    if (has(Column.TEXT)) {
      event.withText(text(Column.TEXT));
    }
  }
}
