package io.tcescope.engine.event;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phrases to look for in lines of text, in order of preference, each with what it means. Most lines
 * have none of them, and one scan for their literals finds that out.
 *
 * @param <M> what they mean
 */
public final class Phrases<M> {
  /** What every line with the phrase has, letters in either case, and the wording as a whole. */
  public record Phrase<M>(String literal, Pattern wording, M meaning) {}

  /** A phrase in a line. */
  public record Found<M>(M meaning, Matcher words) {}

  private final List<Phrase<M>> phrases;
  private final Literals literals;

  /** At most 64 of them. */
  public Phrases(List<Phrase<M>> phrases) {
    this.phrases = List.copyOf(phrases);
    this.literals = new Literals(phrases.stream().map(Phrase::literal).toList());
  }

  public static <M> Phrase<M> phrase(String literal, String wording, M meaning) {
    return new Phrase<>(literal, Pattern.compile(wording), meaning);
  }

  /** The first that a line has. */
  public Optional<Found<M>> in(String line) {
    for (long left = literals.in(line); left != 0; left &= left - 1) {
      Phrase<M> phrase = phrases.get(Long.numberOfTrailingZeros(left));
      Matcher matcher = phrase.wording().matcher(line);
      if (matcher.find()) {
        return Optional.of(new Found<>(phrase.meaning(), matcher));
      }
    }
    return Optional.empty();
  }
}
