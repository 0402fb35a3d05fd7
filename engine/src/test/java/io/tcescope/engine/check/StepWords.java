package io.tcescope.engine.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The words of a scenario's step: arguments by position and by name, which may count with k. */
final class StepWords {
  private final List<String> positional = new ArrayList<>();
  private final Map<String, String> named = new LinkedHashMap<>();
  private final long k;

  StepWords(List<String> words, long k) {
    this.k = k;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      if (word.equals("->")) {
        named.put("status", words.get(++i));
      } else if (equals > 0) {
        named.put(word.substring(0, equals), word.substring(equals + 1));
      } else {
        positional.add(word);
      }
    }
  }

  boolean has(String name) {
    return named.containsKey(name);
  }

  /** How many have no name. */
  int count() {
    return positional.size();
  }

  String at(int position) {
    return positional.get(position);
  }

  long[] list() {
    String list = named.get("list");
    if (list != null) {
      String[] values = list.substring(1, list.length() - 1).split(",", -1);
      long[] result = new long[values.length];
      for (int i = 0; i < values.length; i++) {
        result[i] = expression(values[i]);
      }
      return result;
    }
    long[] result = new long[(int) number("n")];
    for (int i = 0; i < result.length; i++) {
      result[i] = number("tce0") + i * number("step");
    }
    return result;
  }

  long number(int position) {
    return expression(positional.get(position));
  }

  String text(String name) {
    return Objects.requireNonNull(named.get(name), name);
  }

  long number(String name) {
    return expression(text(name));
  }

  /** Sums of products of numbers and {@code k}. */
  long expression(String text) {
    long sum = 0;
    for (String term : text.split("\\+", -1)) {
      long product = 1;
      for (String factor : term.split("\\*", -1)) {
        product *= factor.equals("k") ? k : numberOf(factor);
      }
      sum += product;
    }
    return sum;
  }

  /** A number in decimal or hexadecimal, unsigned up to 64 bits, or negative. */
  static long numberOf(String text) {
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : Long.parseLong(text);
  }

  @Override
  public String toString() {
    return positional.toString();
  }
}
