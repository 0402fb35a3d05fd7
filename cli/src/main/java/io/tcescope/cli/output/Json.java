package io.tcescope.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tcescope.engine.event.Hex;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON the way every tcescope document does: 64-bit quantities as lower-case hex text,
 * counts as numbers, what is not known as null.
 */
public final class Json implements Closeable {
  private final JsonGenerator generator;

  public Json(Writer out) {
    try {
      generator = new JsonFactory().createGenerator(out);
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      generator.setRootValueSeparator(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private Json step(Step step) {
    try {
      step.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an object, as a value of its own or an element of a list. */
  public Json object() {
    return step(generator::writeStartObject);
  }

  public Json object(String name) {
    return step(() -> generator.writeObjectFieldStart(name));
  }

  public Json endObject() {
    return step(generator::writeEndObject);
  }

  public Json list(String name) {
    return step(() -> generator.writeArrayFieldStart(name));
  }

  /** A text in a list. */
  public Json element(String value) {
    return step(() -> generator.writeString(value));
  }

  /** What was written as a document of its own, in a list. */
  Json written(String document) {
    return step(() -> generator.writeRawValue(document.strip()));
  }

  public Json endList() {
    return step(generator::writeEndArray);
  }

  /** A text, or null. */
  public Json text(String name, @Nullable String value) {
    return step(() -> generator.writeStringField(name, value));
  }

  /** A count. */
  public Json number(String name, long value) {
    return step(() -> generator.writeNumberField(name, value));
  }

  /** A count if it is known, else null. */
  public Json number(String name, long value, boolean known) {
    return known ? number(name, value) : text(name, null);
  }

  /** A count of up to 64 bits, as a record names it, if it is known, else null. */
  public Json unsigned(String name, long value, boolean known) {
    return value(name, known ? new BigInteger(Long.toUnsignedString(value)) : null);
  }

  /** A 64-bit quantity. */
  public Json address(String name, long value) {
    return text(name, Hex.of(value));
  }

  /** A 64-bit quantity if it is known, else null. */
  public Json address(String name, long value, boolean known) {
    return text(name, known ? Hex.of(value) : null);
  }

  public Json flag(String name, boolean value) {
    return step(() -> generator.writeBooleanField(name, value));
  }

  /** Texts, numbers, lists and maps of these. */
  public Json value(String name, @Nullable Object value) {
    return step(
        () -> {
          generator.writeFieldName(name);
          write(value);
        });
  }

  private void write(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case Double number -> generator.writeNumber(number);
      case BigInteger number -> generator.writeNumber(number);
      case Number number -> generator.writeNumber(number.longValue());
      case Boolean flag -> generator.writeBoolean(flag);
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          generator.writeFieldName(String.valueOf(entry.getKey()));
          write(entry.getValue());
        }
        generator.writeEndObject();
      }
      case Collection<?> list -> {
        generator.writeStartArray();
        for (Object element : list) {
          write(element);
        }
        generator.writeEndArray();
      }
      default -> generator.writeString(value.toString());
    }
  }

  /** Ends the line: a document, or one of a stream of them. */
  public Json line() {
    return step(
        () -> {
          generator.writeRaw('\n');
          generator.flush();
        });
  }

  @Override
  public void close() {
    step(generator::close);
  }
}
