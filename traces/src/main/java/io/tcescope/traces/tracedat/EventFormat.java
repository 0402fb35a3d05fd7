package io.tcescope.traces.tracedat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The layout of one type of record, as the kernel describes it in {@code
 * events/SYSTEM/NAME/format}.
 *
 * @param name of the event, without its system
 * @param id number of the type in the records
 */
record EventFormat(String name, int id, List<Field> fields) {
  /** Of a located field: offset of the value in the record, and its length. */
  private static final int OFFSET_MASK = 0xffff;

  private static final int LENGTH_SHIFT = 16;

  private static final Pattern NAME = Pattern.compile("^name: (\\S+)", Pattern.MULTILINE);
  private static final Pattern ID = Pattern.compile("^ID: (\\d{1,9})", Pattern.MULTILINE);
  private static final Pattern FIELD =
      Pattern.compile(
          "field:\\s*([^;]*?)([\\w]+)(\\[[^;\\]]*\\])?;\\s*offset:(\\d{1,6});\\s*size:(\\d{1,6});"
              + "(?:\\s*signed:(\\d))?");

  /**
   * One field of a record.
   *
   * @param located true if the record holds length and offset of the value, not the value
   * @param array true if there are several elements
   */
  record Field(
      String name,
      String type,
      int offset,
      int size,
      boolean signed,
      boolean located,
      boolean array) {
    /** Bytes of one element, as its C type says. */
    int elementSize() {
      if (type.contains("char") || type.contains("u8") || type.contains("s8")) {
        return 1;
      }
      if (type.contains("short") || type.contains("16")) {
        return 2;
      }
      boolean isInt = type.contains("32") || (type.contains("int") && !type.contains("64"));
      return isInt ? 4 : 8;
    }

    /** Where the value begins in the record between two places; {@code to} if it is too short. */
    long begin(MemoryWords raw, long from, long to) {
      long at = from + offset;
      if (!located) {
        return Math.min(at, to);
      }
      return at + 4 > to ? to : Math.min(from + (raw.u32(at) & OFFSET_MASK), to);
    }

    /** Where a located value begins, by a record that is long enough to tell. */
    long placed(MemoryWords raw, long from) {
      return from + (raw.u32(from + offset) & OFFSET_MASK);
    }

    /** Where a located value ends, by a record that is long enough to tell. */
    long end(MemoryWords raw, long from) {
      return placed(raw, from) + (raw.u32(from + offset) >>> LENGTH_SHIFT);
    }

    /** Where the value ends. */
    long end(MemoryWords raw, long from, long to) {
      long at = from + offset;
      if (located) {
        long place = at + 4 > to ? 0 : raw.u32(at);
        return Math.min(from + (place & OFFSET_MASK) + (place >>> LENGTH_SHIFT), to);
      }
      // A format says size 0 of an array that fills the rest of the record.
      return size == 0 ? to : Math.min(at + size, to);
    }
  }

  EventFormat {
    fields = List.copyOf(fields);
  }

  /** The field with the address of a probe, of the probed function where it returns; or null. */
  @Nullable Field place() {
    return fields.stream()
        .filter(f -> f.name().equals("__probe_ip") || f.name().equals("__probe_func"))
        .findFirst()
        .orElse(null);
  }

  /** True if the records say that a function returned. */
  boolean isReturn() {
    return fields.stream().anyMatch(f -> f.name().equals("__probe_ret_ip"));
  }

  /** Reads a format file; its id is negative if it holds none. */
  static EventFormat of(String text) {
    Matcher name = NAME.matcher(text);
    Matcher id = ID.matcher(text);
    List<Field> fields = new ArrayList<>();
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      fields.add(field(field));
    }
    return new EventFormat(
        name.find() ? name.group(1) : "", id.find() ? Integer.parseInt(id.group(1)) : -1, fields);
  }

  private static Field field(Matcher field) {
    String type = field.group(1).strip();
    return new Field(
        field.group(2),
        type,
        Integer.parseInt(field.group(4)),
        Integer.parseInt(field.group(5)),
        "1".equals(field.group(6)),
        type.startsWith("__data_loc"),
        field.group(3) != null || type.endsWith("[]"));
  }
}
