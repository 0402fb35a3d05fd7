package io.tcescope.cli.script;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, of the types they should have or else none. */
record Fields(Map<?, ?> values) {
  /** Maps, lists, texts, longs, doubles, truth values, null. */
  static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  Object of(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  String text(String name) {
    return (String) of(name);
  }

  long number(String name) {
    return (Long) of(name);
  }

  OptionalLong optional(String name) {
    return values.get(name) == null ? OptionalLong.empty() : OptionalLong.of(number(name));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    ((List<?>) of(name)).forEach(one -> texts.add((String) one));
    return texts;
  }
}
