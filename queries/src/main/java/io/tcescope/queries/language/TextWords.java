package io.tcescope.queries.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Cuts text into words: runs of letters, digits and underscores, in lower case. */
public final class TextWords {
  private TextWords() {}

  /** Hands over each word of the text in lower case. */
  public static void of(String text, Consumer<String> words) {
    int at = 0;
    while ((at = nextStart(text, at)) < text.length()) {
      int end = endOf(text, at);
      words.accept(text.substring(at, end).toLowerCase(Locale.ROOT));
      at = end;
    }
  }

  /** The words of a query, where {@code *} is part of a word. */
  static List<String> ofQuery(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (isPart(c) || c == '*') {
        word.append(Character.toLowerCase(c));
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  /** True if the phrase stands in the text, word by word. */
  static boolean contain(String text, List<NamePattern> phrase) {
    int at = 0;
    while ((at = nextStart(text, at)) < text.length()) {
      if (startsWith(text, at, phrase)) {
        return true;
      }
      at = endOf(text, at);
    }
    return false;
  }

  private static boolean startsWith(String text, int from, List<NamePattern> phrase) {
    int at = from;
    for (NamePattern word : phrase) {
      at = nextStart(text, at);
      int end = endOf(text, at);
      if (at == end || !word.matches(text, at, end)) {
        return false;
      }
      at = end;
    }
    return true;
  }

  private static int nextStart(String text, int from) {
    int at = from;
    while (at < text.length() && !isPart(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int endOf(String text, int start) {
    int at = start;
    while (at < text.length() && isPart(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
