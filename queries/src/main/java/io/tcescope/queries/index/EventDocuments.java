package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.Effects;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.FieldValues;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.language.TextWords;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;

/** A document of its own for each event that is kept, in the terms of the query language. */
final class EventDocuments {
  static final String TYPE_EVENT = "event";

  /** Words of a record or of a finding's message. */
  static final String TEXT = "text";

  /** Names of fields that hold what the query language holds under the same name. */
  static final List<QueryField> FIELDS =
      List.of(
          QueryField.CALL,
          QueryField.KIND,
          QueryField.NAME,
          QueryField.LIOBN,
          QueryField.WINDOW,
          QueryField.IOBA,
          QueryField.RET,
          QueryField.BUID,
          QueryField.DEVICE,
          QueryField.TASK,
          QueryField.CPU);

  private static final String EFFECT = "effect";

  private EventDocuments() {}

  static Document of(Event event, EventFacts facts, int trace) {
    Document document = about(TYPE_EVENT, trace, event.ordinal());
    for (QueryField field : FIELDS) {
      keyword(document, field.word(), FieldValues.key(field, event, facts));
    }
    for (String effect : Effects.names(facts.signals())) {
      keyword(document, EFFECT, effect);
    }
    if (FieldValues.hasText(event)) {
      text(document, event.text());
    }
    return document;
  }

  /** A document of that type about an event of the run. */
  static Document about(String type, int trace, long event) {
    Document document = new Document();
    keyword(document, ChapterFields.TYPE, type);
    keyword(document, ChapterFields.TRACE, Integer.toString(trace));
    document.add(new LongPoint(ChapterFields.FIRST, event));
    document.add(new NumericDocValuesField(ChapterFields.FIRST, event));
    return document;
  }

  /** Names ignore case, so they are kept in lower case. */
  static void keyword(
      Document document, String field, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      document.add(new StringField(field, value.toLowerCase(Locale.ROOT), Field.Store.NO));
    }
  }

  static void text(Document document, String text) {
    StringBuilder words = new StringBuilder();
    TextWords.of(text, word -> words.append(word).append(' '));
    document.add(new TextField(TEXT, words.toString(), Field.Store.NO));
  }
}
