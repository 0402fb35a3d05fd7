package io.tcescope.queries.index;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** Values of no fixed type as bytes: texts, numbers, lists and maps of these. */
final class Packed {
  private static final byte TEXT = 0;
  private static final byte NUMBER = 1;
  private static final byte LIST = 2;
  private static final byte MAP = 3;
  private static final byte FLAG = 4;
  private static final byte LARGE_NUMBER = 5;

  private Packed() {}

  /** Reads or writes one element of a list. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T value, DataOutput out) throws IOException;
  }

  /** Reads one element of a list. */
  @FunctionalInterface
  interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  /** Writes what a field of a document holds. */
  @FunctionalInterface
  interface Content {
    void write(DataOutput out) throws IOException;
  }

  static <T> void list(List<T> values, DataOutput out, Writer<? super T> writer)
      throws IOException {
    out.writeVInt(values.size());
    for (T value : values) {
      writer.write(value, out);
    }
  }

  static <T> List<T> list(DataInput in, Reader<T> reader) throws IOException {
    List<T> values = new ArrayList<>();
    for (int i = in.readVInt(); i > 0; i--) {
      values.add(reader.read(in));
    }
    return values;
  }

  static void value(Object value, DataOutput out) throws IOException {
    switch (value) {
      case Boolean flag -> {
        out.writeByte(FLAG);
        out.writeByte((byte) (flag ? 1 : 0));
      }
      case BigInteger number -> {
        out.writeByte(LARGE_NUMBER);
        out.writeString(number.toString());
      }
      case Number number -> {
        out.writeByte(NUMBER);
        out.writeZLong(number.longValue());
      }
      case Map<?, ?> map -> {
        out.writeByte(MAP);
        out.writeVInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.writeString(String.valueOf(entry.getKey()));
          value(entry.getValue(), out);
        }
      }
      case Iterable<?> values -> {
        List<Object> elements = new ArrayList<>();
        values.forEach(elements::add);
        out.writeByte(LIST);
        list(elements, out, Packed::value);
      }
      default -> {
        out.writeByte(TEXT);
        out.writeString(value.toString());
      }
    }
  }

  static Object value(DataInput in) throws IOException {
    byte type = in.readByte();
    return switch (type) {
      case FLAG -> in.readByte() != 0;
      case NUMBER -> in.readZLong();
      case LARGE_NUMBER -> new BigInteger(in.readString());
      case LIST -> list(in, Packed::value);
      case MAP -> map(in);
      default -> in.readString();
    };
  }

  static Map<String, Object> map(DataInput in) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = in.readVInt(); i > 0; i--) {
      String key = in.readString();
      map.put(key, value(in));
    }
    return map;
  }
}
