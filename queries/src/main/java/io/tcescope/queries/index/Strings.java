package io.tcescope.queries.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** The few texts that occur again and again in a block, by number. */
final class Strings {
  private final List<String> texts = new ArrayList<>();

  int numberOf(String text) {
    int number = texts.indexOf(text);
    if (number < 0) {
      texts.add(text);
      number = texts.size() - 1;
    }
    return number;
  }

  String text(int number) {
    return texts.get(number);
  }

  void write(DataOutput out) throws IOException {
    out.writeVInt(texts.size());
    for (String text : texts) {
      out.writeString(text);
    }
  }

  static Strings read(DataInput in) throws IOException {
    Strings strings = new Strings();
    for (int i = in.readVInt(); i > 0; i--) {
      strings.texts.add(in.readString());
    }
    return strings;
  }
}
