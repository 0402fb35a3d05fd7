package io.tcescope.cli.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Shows control characters instead of sending them to a terminal, which would obey what a recording
 * or a rule has smuggled into a text. Line breaks, tabs and our own styles pass; in a JSON document
 * what is shown means the same.
 */
public final class VisibleWriter extends FilterWriter {
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cntrl}\u0080-\u009f&&[^\\n\\t]]");
  private static final Pattern HIDDEN_BUT_STYLES =
      Pattern.compile("(?!" + Style.PATTERN + ")" + HIDDEN);

  private final Pattern hidden;

  /** Before a writer; {@code styled} lets our own styles pass. */
  public VisibleWriter(Writer out, boolean styled) {
    super(out);
    this.hidden = styled ? HIDDEN_BUT_STYLES : HIDDEN;
  }

  @Override
  public void write(int letter) throws IOException {
    write(String.valueOf((char) letter));
  }

  @Override
  public void write(char[] letters, int from, int length) throws IOException {
    write(new String(letters, from, length));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    if (isPlain(text, from, from + length)) {
      out.write(text, from, length);
    } else {
      String part = text.substring(from, from + length);
      out.write(hidden.matcher(part).replaceAll(shown -> shown(shown.group())));
    }
  }

  private static boolean isPlain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String shown(String letter) {
    return "\\\\u" + HexFormat.of().toHexDigits(letter.charAt(0));
  }
}
