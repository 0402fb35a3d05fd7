package io.tcescope.traces.guest;

import org.jspecify.annotations.Nullable;

/** A function of the guest kernel that was entered and has not returned yet, with its arguments. */
final class OpenCall {
  /** Linux puts at most so many entries into one call: the list is one page of 4 KiB. */
  static final int LONGEST_LIST = 512;

  /** Kernel addresses of memory: real address plus this (the linear map of a 64-bit kernel). */
  private static final long LINEAR_MAP = 0xC000_0000_0000_0000L;

  private static final long NOT_GIVEN = Long.MIN_VALUE;

  /** {@code DMA_TO_DEVICE}: the only direction that leaves the write permission out. */
  private static final long TO_DEVICE = 1;

  private static final int NOT_TOLD = -1;
  private static final int READ = 1;
  private static final int READ_WRITE = 3;

  GuestFunction function = GuestFunction.OTHER;
  long table;
  long liobn;
  boolean tellsLiobn;
  int pageShift;
  long number;
  long pages;
  long done;
  long virtualAddress;
  int permission;
  @Nullable String rtas;
  long token;
  int inputs;
  final long[] words = new long[16];
  int wordCount;

  /** Another record told this call in full. */
  boolean told;

  /** Takes the arguments of a function on a table. */
  void enter(GuestRecord record, GuestTables tables) {
    function = record.type().function();
    table = record.get(Argument.TABLE);
    number = given(record, Argument.TCE_NUMBER);
    pages = given(record, Argument.PAGES);
    virtualAddress = given(record, Argument.VIRTUAL_ADDRESS);
    permission = permission(record);
    done = 0;
    told = false;
    rtas = null;
    resolve(record, tables);
  }

  private static int permission(GuestRecord record) {
    if (!record.has(Argument.DIRECTION)) {
      return NOT_TOLD;
    }
    return record.get(Argument.DIRECTION) == TO_DEVICE ? READ : READ_WRITE;
  }

  private void resolve(GuestRecord record, GuestTables tables) {
    GuestTables.Table known = tables.at(table);
    tellsLiobn = true;
    pageShift =
        record.has(Argument.TCE_SHIFT)
            ? (int) record.get(Argument.TCE_SHIFT)
            : GuestTables.UNKNOWN_SHIFT;
    if (record.has(Argument.LIOBN)) {
      liobn = record.get(Argument.LIOBN);
    } else if (record.has(Argument.LIOBN_BIG_ENDIAN)) {
      liobn =
          Integer.toUnsignedLong(Integer.reverseBytes((int) record.get(Argument.LIOBN_BIG_ENDIAN)));
    } else if (known != null) {
      liobn = known.liobn();
      pageShift = known.pageShift();
    } else {
      tellsLiobn = false;
    }
  }

  /** Takes the arguments of an RTAS call. */
  void enterRtas(@Nullable String name, long rtasToken, int inputWords) {
    function = GuestFunction.RTAS_CALL;
    rtas = name;
    token = rtasToken;
    inputs = inputWords;
    wordCount = 0;
    told = false;
  }

  void addWord(long word) {
    if (wordCount < words.length) {
      words[wordCount++] = word;
    }
  }

  private static long given(GuestRecord record, Argument argument) {
    return record.has(argument) ? record.get(argument) : NOT_GIVEN;
  }

  /** True in a one-page form, which calls no other: it was left if another is entered. */
  boolean isSingle() {
    return function == GuestFunction.BUILD || function == GuestFunction.FREE;
  }

  boolean tellsNumber() {
    return number != NOT_GIVEN;
  }

  boolean tellsPages() {
    return pages != NOT_GIVEN;
  }

  boolean tellsPageSize() {
    return pageShift > 0 && pageShift < Long.SIZE;
  }

  /** True if the buffer's place in real memory is known. */
  boolean tellsAddress() {
    return virtualAddress != NOT_GIVEN && (virtualAddress & LINEAR_MAP) == LINEAR_MAP;
  }

  /** True if the permission bits of the entries are known. */
  boolean tellsPermission() {
    return permission != NOT_TOLD;
  }

  /** Real address of the buffer's first byte. */
  long realAddress() {
    return virtualAddress - LINEAR_MAP;
  }

  /** Pages that the next hypervisor call covers, if there is a list in it. */
  long nextChunk() {
    return Math.min(pages - done, LONGEST_LIST);
  }

  boolean isFinished() {
    return tellsPages() && done >= pages;
  }

  void copyFrom(OpenCall other) {
    function = other.function;
    table = other.table;
    liobn = other.liobn;
    tellsLiobn = other.tellsLiobn;
    pageShift = other.pageShift;
    number = other.number;
    pages = other.pages;
    done = other.done;
    virtualAddress = other.virtualAddress;
    permission = other.permission;
    rtas = other.rtas;
    token = other.token;
    inputs = other.inputs;
    System.arraycopy(other.words, 0, words, 0, words.length);
    wordCount = other.wordCount;
    told = other.told;
  }
}
