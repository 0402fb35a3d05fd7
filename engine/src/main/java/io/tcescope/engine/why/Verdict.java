package io.tcescope.engine.why;

/**
 * How well a recording answers a kind of question.
 *
 * @param question the question, in words
 * @param degree how well
 * @param why what it rests on, or what is missing
 */
public record Verdict(String question, Degree degree, String why) {
  /** Yes, in part, or no. */
  public enum Degree {
    YES("yes"),
    PARTLY("partly"),
    NO("no");

    private final String label;

    Degree(String label) {
      this.label = label;
    }

    /** The word in output. */
    public String label() {
      return label;
    }
  }

  static Verdict yes(String question, String why) {
    return new Verdict(question, Degree.YES, why);
  }

  static Verdict partly(String question, String why) {
    return new Verdict(question, Degree.PARTLY, why);
  }

  static Verdict no(String question, String why) {
    return new Verdict(question, Degree.NO, why);
  }
}
