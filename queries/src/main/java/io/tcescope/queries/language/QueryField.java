package io.tcescope.queries.language;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a query can ask about, with the name it has in a query. */
public enum QueryField {
  CALL("call", Type.CALL, "the call: H_PUT_TCE, ibm,create-pe-dma-window, dma, log, 316"),
  KIND(
      "kind", Type.NAME, "the group of the call: tce, ddw, table, device, guest, platform, record"),
  NAME("name", Type.NAME, "the recorder's own name of the record, such as spapr_iommu_pci_put"),
  LIOBN("liobn", Type.HEX, "logical I/O bus number"),
  IOBA("ioba", Type.HEX, "bus address at which the call began, as resolved"),
  IOBA_RECORDED("ioba_recorded", Type.HEX, "bus address as it stands in the record"),
  COVERS("covers", Type.HEX, "an address in the range of bus addresses that the event concerns"),
  PAGES("pages", Type.COUNT, "pages of the table that the call names, as resolved"),
  TCE("tce", Type.HEX, "TCE value set or read, any of a recorded list"),
  RET("ret", Type.STATUS, "status, by name or number"),
  WINDOW("window", Type.WINDOW, "LIOBN and generation of a window: 0x80000000#2"),
  EFFECT("effect", Type.NAME, "what the event did to the state: mapped, remapped, cleared, ..."),
  FINDING("finding", Type.NAME, "rule whose finding points at the event"),
  BUID("buid", Type.HEX, "bridge, of the call or of its window"),
  CONFIG_ADDRESS("config_addr", Type.HEX, "config address of the call or of its window's PE"),
  PE("pe", Type.PE, "BUID, or BUID/config address"),
  DEVICE("device", Type.NAME, "device name as recorded"),
  TASK("task", Type.NAME, "task name as recorded"),
  CPU("cpu", Type.COUNT, "processor"),
  THREAD("thread", Type.COUNT, "host thread or guest task id"),
  TIME("time", Type.TIME, "12.5s from the first event, an absolute time, or @event:812"),
  EVENT("event", Type.COUNT, "position in the run, from 1"),
  LINE("line", Type.COUNT, "line in the file, from 1"),
  FILE("file", Type.NAME, "file of the recording"),
  START("start", Type.HEX, "start of the window that the record names"),
  SIZE("size", Type.COUNT, "bytes of the buffer that the record names"),
  PAGE_SHIFT("page_shift", Type.COUNT, "page shift that the record names"),
  PERM("perm", Type.COUNT, "permission bits of a look-up: 0 none, 1 read, 2 write, 3 both"),
  ID("id", Type.HEX, "DRC index, unit address or opcode"),
  TEXT("text", Type.TEXT, "words of a log line; the same as free text"),
  SAVED("saved", Type.SAVED, "a saved query by its name"),
  LUCENE("lucene", Type.LUCENE, "a question in Lucene's own language, for what a case keeps");

  /** How values of a field are written and compared. */
  enum Type {
    CALL,
    NAME,
    /** Unsigned, printed in hex. */
    HEX,
    /** Unsigned, printed in decimal. */
    COUNT,
    /** Signed, printed by name where it has one. */
    STATUS,
    WINDOW,
    PE,
    TIME,
    TEXT,
    SAVED,
    LUCENE
  }

  private static final Map<String, QueryField> BY_WORD = new HashMap<>();

  static {
    for (QueryField field : values()) {
      BY_WORD.put(field.word, field);
    }
    BY_WORD.put("status", RET);
    BY_WORD.put("iobarecorded", IOBA_RECORDED);
    BY_WORD.put("rule", FINDING);
  }

  private final String word;
  private final Type type;
  private final String meaning;

  QueryField(String word, Type type, String meaning) {
    this.word = word;
    this.type = type;
    this.meaning = meaning;
  }

  /** The field's name in a query. */
  public String word() {
    return word;
  }

  /** The field in words, for help. */
  public String meaning() {
    return meaning;
  }

  Type type() {
    return type;
  }

  /** True if events can be counted by their values of this field. */
  public boolean isKey() {
    return switch (type) {
      case TIME, TEXT, SAVED, LUCENE -> false;
      case CALL, NAME, HEX, COUNT, STATUS, WINDOW, PE -> true;
    };
  }

  boolean isNumber() {
    return type == Type.HEX || type == Type.COUNT || type == Type.STATUS;
  }

  /** True if {@code a} is not above {@code b} in the order of this field's numbers. */
  boolean inOrder(long a, long b) {
    return type == Type.STATUS ? a <= b : Long.compareUnsigned(a, b) <= 0;
  }

  long least() {
    return type == Type.STATUS ? Long.MIN_VALUE : 0;
  }

  long greatest() {
    return type == Type.STATUS ? Long.MAX_VALUE : -1;
  }

  /** The field of that name, upper or lower case; null if there is none. */
  public static @Nullable QueryField ofWord(String word) {
    return BY_WORD.get(word.toLowerCase(Locale.ROOT));
  }

  /** The names of all fields. */
  public static List<String> words() {
    return Arrays.stream(values()).map(QueryField::word).toList();
  }

  /** The words that events can be grouped by. */
  public static List<String> keys() {
    return Arrays.stream(values()).filter(QueryField::isKey).map(QueryField::word).toList();
  }
}
