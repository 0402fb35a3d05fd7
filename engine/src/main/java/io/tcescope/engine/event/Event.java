package io.tcescope.engine.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One record of a trace: a row that readers fill and everyone else reads. It is reused, so it is
 * valid only during the call that hands it over; who wants to keep it keeps the ordinal.
 *
 * <p>A field means something only where {@link #has} says that the record holds it; recordings
 * leave much out. All 64-bit quantities are unsigned, addresses are in bytes.
 */
public final class Event {
  /** The time of a record without a time stamp. */
  public static final long NO_TIME = Long.MIN_VALUE;

  // What a record can hold. A reader adds up the ones it has read.
  public static final int LIOBN = 1;
  public static final int IOBA = 1 << 1;
  public static final int TCE = 1 << 2;
  public static final int PAGES = 1 << 3;
  public static final int STATUS = 1 << 4;

  /** The whole list of an indirect put. */
  public static final int LIST = 1 << 5;

  public static final int LIST_ADDRESS = 1 << 6;
  public static final int BUID = 1 << 7;
  public static final int CONFIG_ADDRESS = 1 << 8;
  public static final int PAGE_SHIFT = 1 << 9;

  /** Number of entries of a window, or what a create asked for. */
  public static final int ENTRIES = 1 << 10;

  public static final int START = 1 << 11;
  public static final int AVAILABLE = 1 << 12;
  public static final int LARGEST_BLOCK = 1 << 13;
  public static final int PAGE_MASK = 1 << 14;
  public static final int PERMISSION = 1 << 15;

  /** DRC index, VIO unit address, opcode: what else names the subject of the record. */
  public static final int ID = 1 << 16;

  public static final int SIZE = 1 << 17;

  /** Where a buffer, or the first page of a list of consecutive pages, lies in real memory. */
  public static final int REAL_ADDRESS = 1 << 18;

  /**
   * Number of an entry as the guest counts: the bus address in pages of the table, also where the
   * window does not begin at 0.
   */
  public static final int TCE_NUMBER = 1 << 19;

  // How to read the fields above, where a recorder has a way of its own.

  /** The address is where the call ended, not where it began (QEMU's stuff event). */
  public static final int IOBA_IS_END = 1 << 20;

  /** The address counts from the window's start (QEMU's xlate event). */
  public static final int IOBA_IS_RELATIVE = 1 << 21;

  /**
   * Of a list only one value is recorded: the last one set, or on failure the one that did not fit.
   */
  public static final int LIST_LAST_ONLY = 1 << 22;

  /** The table has no memory: {@code table=(nil)}. */
  public static final int NO_TABLE = 1 << 23;

  /** The table is kept in the host kernel, so its traffic is not in this recording. */
  public static final int IN_KERNEL = 1 << 24;

  /** Another recording of the run tells the same operation: evidence, not a second operation. */
  public static final int WITNESS = 1 << 25;

  /** The guest kernel's own name for a table, for records that do not tell its LIOBN. */
  public static final int GUEST_TABLE = 1 << 26;

  /**
   * Another recording of the run should hold the same operation and does not, or tells another
   * result of it; the text says which.
   */
  public static final int CONTRADICTION = 1 << 27;

  /**
   * What was written to tables at that time nobody recorded: a window opened then may hold
   * anything.
   */
  public static final int WRITES_UNSEEN = 1 << 28;

  private static final long[] NO_LIST = {};

  private EventKind kind = EventKind.LOG;
  private String name = "";
  private int fields;

  private long ordinal;
  private long line;
  private long time = NO_TIME;
  private int timeDigits;
  private int file;
  private MemorySegment bytes = MemorySegment.NULL;
  private long offset;
  private int length;

  private long liobn;
  private long ioba;
  private long tce;
  private long pages;
  private long status;
  private long listAddress;
  private long buid;
  private long configAddress;
  private long pageShift;
  private long entries;
  private long start;
  private long available;
  private long largestBlock;
  private long pageMask;
  private long permission;
  private long id;
  private long size;
  private long realAddress;
  private long tceNumber;
  private long guestTable;
  private long thread;
  private int cpu;
  private long[] list = NO_LIST;
  private int listLength;
  private @Nullable String task;
  private @Nullable String device;
  private @Nullable String text;
  private @Nullable Wording wording;

  /** Begins a new record; everything optional is gone. The verbs below say what it is. */
  public Event begin(long recordOrdinal, long recordLine) {
    ordinal = recordOrdinal;
    line = recordLine;
    time = NO_TIME;
    file = 0;
    thread = 0;
    cpu = -1;
    listLength = 0;
    task = null;
    device = null;
    text = null;
    wording = null;
    return this;
  }

  /** Becomes the same record as another row, which may be reused then. */
  public Event copyFrom(Event other) {
    begin(other.ordinal, other.line);
    time = other.time;
    timeDigits = other.timeDigits;
    at(other.file, other.bytes, other.offset, other.length);
    liobn = other.liobn;
    ioba = other.ioba;
    tce = other.tce;
    pages = other.pages;
    status = other.status;
    listAddress = other.listAddress;
    buid = other.buid;
    configAddress = other.configAddress;
    pageShift = other.pageShift;
    entries = other.entries;
    start = other.start;
    available = other.available;
    largestBlock = other.largestBlock;
    pageMask = other.pageMask;
    permission = other.permission;
    id = other.id;
    size = other.size;
    realAddress = other.realAddress;
    tceNumber = other.tceNumber;
    guestTable = other.guestTable;
    thread = other.thread;
    cpu = other.cpu;
    task = other.task;
    device = other.device;
    text = other.text;
    wording = other.wording;
    for (int i = 0; i < other.listLength; i++) {
      addToList(other.list[i]);
    }
    return is(other.kind, other.name, other.fields);
  }

  /** Where the record's bytes stand, for showing it and for coming back. */
  public Event at(int fileIndex, MemorySegment source, long from, int bytesLength) {
    file = fileIndex;
    bytes = source;
    offset = from;
    length = bytesLength;
    return this;
  }

  /** Where the record stands in the run, for a recording that is one of several files of it. */
  public Event moveTo(int fileIndex, long runOrdinal) {
    file = fileIndex;
    ordinal = runOrdinal;
    return this;
  }

  /** The time stamp in nanoseconds, recorded with {@code digits} decimals of a second. */
  public Event time(long nanoseconds, int digits) {
    time = nanoseconds;
    timeDigits = digits;
    return this;
  }

  /** What the record is, by the recorder's own name for it, and which fields it holds. */
  public Event is(EventKind eventKind, String recordedName, int holds) {
    kind = eventKind;
    name = recordedName;
    fields = holds;
    return this;
  }

  public Event put(String recordedName, long toLiobn, long toIoba, long value, long result) {
    is(EventKind.H_PUT_TCE, recordedName, LIOBN | IOBA | TCE | STATUS);
    return tce(toLiobn, toIoba, value, 1, result);
  }

  public Event get(String recordedName, long fromLiobn, long fromIoba, long value, long result) {
    is(EventKind.H_GET_TCE, recordedName, LIOBN | IOBA | TCE | STATUS);
    return tce(fromLiobn, fromIoba, value, 1, result);
  }

  /** A stuff whose recorder shows where the call ended. */
  public Event stuffedTo(
      String recordedName, long toLiobn, long end, long value, long count, long result) {
    is(EventKind.H_STUFF_TCE, recordedName, LIOBN | IOBA | TCE | PAGES | STATUS | IOBA_IS_END);
    return tce(toLiobn, end, value, count, result);
  }

  /** A stuff by its arguments. */
  public Event stuff(
      String recordedName, long toLiobn, long from, long value, long count, long result) {
    is(EventKind.H_STUFF_TCE, recordedName, LIOBN | IOBA | TCE | PAGES | STATUS);
    return tce(toLiobn, from, value, count, result);
  }

  /**
   * An indirect put of which one list value is recorded. On success {@code lastIndex} is count - 1
   * and {@code value} the last one set; on failure it is the number of entries that fitted less
   * one, or 0, and {@code value} the one that did not fit.
   */
  public Event indirectLast(
      String recordedName,
      long toLiobn,
      long from,
      long address,
      long lastIndex,
      long value,
      long result) {
    is(
        EventKind.H_PUT_TCE_INDIRECT,
        recordedName,
        LIOBN | IOBA | TCE | PAGES | STATUS | LIST_ADDRESS | LIST_LAST_ONLY);
    listAddress = address;
    return tce(toLiobn, from, value, lastIndex + 1, result);
  }

  private Event tce(long toLiobn, long address, long value, long count, long result) {
    liobn = toLiobn;
    ioba = address;
    tce = value;
    pages = count;
    status = result;
    return this;
  }

  public Event withLiobn(long value) {
    liobn = value;
    return holding(LIOBN);
  }

  public Event withIoba(long value) {
    ioba = value;
    return holding(IOBA);
  }

  public Event withTce(long value) {
    tce = value;
    return holding(TCE);
  }

  public Event withPages(long value) {
    pages = value;
    return holding(PAGES);
  }

  public Event withStatus(long value) {
    status = value;
    return holding(STATUS);
  }

  public Event withListAddress(long value) {
    listAddress = value;
    return holding(LIST_ADDRESS);
  }

  public Event withBuid(long value) {
    buid = value;
    return holding(BUID);
  }

  public Event withConfigAddress(long value) {
    configAddress = value;
    return holding(CONFIG_ADDRESS);
  }

  public Event withPageShift(long value) {
    pageShift = value;
    return holding(PAGE_SHIFT);
  }

  public Event withEntries(long value) {
    entries = value;
    return holding(ENTRIES);
  }

  public Event withStart(long value) {
    start = value;
    return holding(START);
  }

  public Event withAvailable(long value) {
    available = value;
    return holding(AVAILABLE);
  }

  public Event withLargestBlock(long value) {
    largestBlock = value;
    return holding(LARGEST_BLOCK);
  }

  public Event withPageMask(long value) {
    pageMask = value;
    return holding(PAGE_MASK);
  }

  public Event withPermission(long value) {
    permission = value;
    return holding(PERMISSION);
  }

  public Event withId(long value) {
    id = value;
    return holding(ID);
  }

  public Event withSize(long value) {
    size = value;
    return holding(SIZE);
  }

  public Event withRealAddress(long value) {
    realAddress = value;
    return holding(REAL_ADDRESS);
  }

  public Event withTceNumber(long value) {
    tceNumber = value;
    return holding(TCE_NUMBER);
  }

  public Event withGuestTable(long address) {
    guestTable = address;
    return holding(GUEST_TABLE);
  }

  /** Adds fields or ways to read them that no verb above adds. */
  public Event holding(int more) {
    fields |= more;
    return this;
  }

  public Event withThread(long value) {
    thread = value;
    return this;
  }

  public Event withCpu(int value) {
    cpu = value;
    return this;
  }

  public Event withTask(@Nullable String value) {
    task = value;
    return this;
  }

  public Event withDevice(@Nullable String value) {
    device = value;
    return this;
  }

  /** The message of a log line, where it is not simply the record's own text. */
  public Event withText(@Nullable String value) {
    text = value;
    return this;
  }

  /** Who puts the record into words, of a recording that is no text. */
  public Event wordedBy(Wording value) {
    wording = value;
    return this;
  }

  /** Makes the list empty, for {@link #addToList} to fill. */
  public Event beginList() {
    listLength = 0;
    return holding(LIST);
  }

  public Event addToList(long value) {
    if (listLength == list.length) {
      list = java.util.Arrays.copyOf(list, Math.max(512, 2 * listLength));
    }
    list[listLength++] = value;
    return this;
  }

  /** True if the record holds every one of the given fields. */
  public boolean has(int wanted) {
    return (fields & wanted) == wanted;
  }

  public int fields() {
    return fields;
  }

  public EventKind kind() {
    return kind;
  }

  /** The recorder's own name for the record, such as {@code spapr_iommu_pci_put}. */
  public String name() {
    return name;
  }

  /** Position in the run, from 1. */
  public long ordinal() {
    return ordinal;
  }

  /** Line in the file, or number of the record in a binary, from 1. */
  public long line() {
    return line;
  }

  /** Index into {@link Trace#files()}. */
  public int file() {
    return file;
  }

  /** Nanoseconds as recorded (any epoch), or {@link #NO_TIME}. */
  public long time() {
    return time;
  }

  /** Decimals of a second that the recorder wrote. */
  public int timeDigits() {
    return timeDigits;
  }

  /** Byte offset of the record in its (unpacked) file. */
  public long offset() {
    return offset;
  }

  /** Bytes of the record. */
  public int length() {
    return length;
  }

  public long liobn() {
    return liobn;
  }

  public long ioba() {
    return ioba;
  }

  public long tce() {
    return tce;
  }

  /**
   * Pages of the table the call names; see {@link #indirectLast} for a list of which one value is
   * recorded.
   */
  public long pages() {
    return pages;
  }

  public long status() {
    return status;
  }

  public boolean succeeded() {
    return status == HcallStatus.H_SUCCESS;
  }

  public long listAddress() {
    return listAddress;
  }

  public int listLength() {
    return listLength;
  }

  public long list(int index) {
    return list[java.util.Objects.checkIndex(index, listLength)];
  }

  public long buid() {
    return buid;
  }

  public long configAddress() {
    return configAddress;
  }

  public int pageShift() {
    return (int) pageShift;
  }

  public long entries() {
    return entries;
  }

  public long start() {
    return start;
  }

  public long available() {
    return available;
  }

  public long largestBlock() {
    return largestBlock;
  }

  public long pageMask() {
    return pageMask;
  }

  public int permission() {
    return (int) permission;
  }

  public long id() {
    return id;
  }

  public long size() {
    return size;
  }

  public long realAddress() {
    return realAddress;
  }

  public long tceNumber() {
    return tceNumber;
  }

  /**
   * Address of the table's structure in the guest kernel, or what the kernel prints in its place.
   */
  public long guestTable() {
    return guestTable;
  }

  /** Host thread or process, guest task; 0 if not recorded. */
  public long thread() {
    return thread;
  }

  /** Processor, or -1 if not recorded. */
  public int cpu() {
    return cpu;
  }

  public @Nullable String task() {
    return task;
  }

  public @Nullable String device() {
    return device;
  }

  /** The message of a log line, or the record as it is shown. */
  public String text() {
    return text != null ? text : raw();
  }

  /**
   * The record as it is shown: as it stands in a text file, or a binary record in words; empty
   * where nobody has words for it.
   */
  public String raw() {
    if (wording != null) {
      return wording.of(this);
    }
    if (bytes.equals(MemorySegment.NULL)) {
      return "";
    }
    byte[] copy = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(copy, StandardCharsets.UTF_8);
  }
}
