package io.tcescope.queries.index;

import java.io.IOException;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** The whole text is one token: a name is not cut into words. */
final class WholeTokenizer extends Tokenizer {
  private static final int CHUNK = 256;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute place = addAttribute(OffsetAttribute.class);
  private boolean done;

  @Override
  public boolean incrementToken() throws IOException {
    if (done) {
      return false;
    }
    done = true;
    clearAttributes();
    char[] chunk = new char[CHUNK];
    int n;
    while ((n = input.read(chunk)) > 0) {
      term.append(new String(chunk, 0, n));
    }
    place.setOffset(0, correctOffset(term.length()));
    return true;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    done = false;
  }

  @Override
  public void end() throws IOException {
    super.end();
    place.setOffset(term.length(), term.length());
  }
}
