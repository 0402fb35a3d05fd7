package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.GuestFunction;
import io.tcescope.traces.guest.Interned;
import io.tcescope.traces.guest.RecordType;
import io.tcescope.traces.guest.UnplacedProbes;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of records of one recording, by name. */
final class TextTypes {
  /**
   * Where a probe's record tells the place: {@code (function+0xc/0x390)}, {@code (here <- there)}.
   * A bare address does not.
   */
  private static final Pattern PLACE =
      Pattern.compile(
          "^\\((?:[^()]* <- (?<returned>[^()+]+)"
              + "|(?<entered>[^()+ ]+)(?:\\+0x(?<offset>[0-9a-f]{1,7}))?)[^()]*\\)");

  private static final Pattern ADDRESS = Pattern.compile("(?:0x)?[0-9a-f]{8,16}");

  private static final Pattern NAMES = Pattern.compile("(?<= )\\w+(?==)");

  private static final int LONGEST_PLACE = 256;

  private final LineText text;
  private final Interned<TextType> types;
  private final UnplacedProbes unplaced;
  private String firstPayload = "";
  private final TextType none = new TextType(RecordType.of("", null, false));
  private TextType last = none;

  TextTypes(LineText text, UnplacedProbes unplaced) {
    this.text = text;
    this.unplaced = unplaced;
    types = new Interned<>(name -> new TextType(type(name, firstPayload)));
  }

  /** The type of what is no record. */
  TextType none() {
    return none;
  }

  /** The type of the record whose name stands here if it is the one to be expected, else null. */
  @Nullable TextType expected() {
    TextType type = last.follower;
    if (type == null || !type.label.isAt(text, text.at)) {
      return null;
    }
    text.at += type.label.length();
    if (text.here() != ' ') {
      text.at -= type.label.length();
      return null;
    }
    last = type;
    return type;
  }

  /** The type of the record whose name and system stand between two places. */
  TextType come(long labelFrom, long nameFrom, long nameTo, long payload) {
    TextType type = get(nameFrom, nameTo, payload, text.end);
    if (!type.label.isAt(text, labelFrom)) {
      type.label = KnownText.of(text, labelFrom, nameTo + 1);
    }
    last.follower = type;
    last = type;
    return type;
  }

  /** The type of a record with that name; its payload tells more when it is the first. */
  private TextType get(long nameFrom, long nameTo, long payload, long end) {
    TextType known = types.find(text, nameFrom, nameTo);
    if (known != null) {
      return known;
    }
    boolean tellsPlace = payload < end && text.byteAt(payload) == '(';
    long to = tellsPlace ? Math.min(end, payload + LONGEST_PLACE) : payload;
    firstPayload = text.text(payload, to);
    return types.get(text, nameFrom, nameTo);
  }

  private RecordType type(String name, String payload) {
    Matcher place = PLACE.matcher(payload);
    if (!place.find()) {
      return RecordType.of(name, null, false);
    }
    @Nullable String returned = place.group("returned");
    String symbol = returned != null ? returned : place.group("entered");
    if (ADDRESS.matcher(symbol).matches()) {
      unplaced.meet(name, NAMES.matcher(payload).results().map(MatchResult::group).toList());
    }
    return returned != null
        ? RecordType.of(name, function(returned, null), true)
        : RecordType.of(name, function(place.group("entered"), place.group("offset")), false);
  }

  private static @Nullable GuestFunction function(String symbol, @Nullable String offset) {
    if (ADDRESS.matcher(symbol).matches()) {
      return null;
    }
    boolean isEntry = offset == null || GuestFunction.isEntry(Long.parseLong(offset, 16));
    return isEntry ? GuestFunction.ofSymbol(symbol) : GuestFunction.OTHER;
  }
}
