package io.tcescope.traces.guest;

import org.jspecify.annotations.Nullable;

/**
 * One record of a kernel tracer, taken apart: a row that a format's reader fills and {@link
 * CallJoiner} reads. It is reused like an event.
 */
public final class GuestRecord {
  /** An RTAS parameter block has room for 16 words. */
  private static final int MOST_WORDS = 16;

  private static final RecordType NONE =
      new RecordType("", RecordType.Shape.OTHER, GuestFunction.OTHER);

  private final long[] values = new long[Argument.values().length];
  private final long[] words = new long[MOST_WORDS];
  private RecordType type = NONE;
  private long held;
  private long thread;
  private int cpu;
  private int wordCount;
  private @Nullable String subject;
  private boolean unreadable;

  /** Begins a record of that type; its arguments are gone. */
  public void begin(RecordType recordType, long recordThread, int recordCpu) {
    type = recordType;
    thread = recordThread;
    cpu = recordCpu;
    held = 0;
    wordCount = 0;
    subject = null;
    unreadable = false;
  }

  /** It is cut off or malformed: what it holds is not to be believed. */
  public void makeUnreadable() {
    unreadable = true;
  }

  public boolean isUnreadable() {
    return unreadable;
  }

  public void set(Argument argument, long value) {
    values[argument.place()] = value;
    held |= argument.bit();
  }

  /** Appends a word of an RTAS call; more than a block has room for are dropped. */
  public void addWord(long word) {
    if (wordCount < MOST_WORDS) {
      words[wordCount++] = word;
    }
  }

  /** The name a record begins with: the device of a {@code dma:*} event, the RTAS call. */
  public void setSubject(@Nullable String name) {
    subject = name;
  }

  public RecordType type() {
    return type;
  }

  public long thread() {
    return thread;
  }

  public int cpu() {
    return cpu;
  }

  public @Nullable String subject() {
    return subject;
  }

  public boolean has(Argument argument) {
    return (held & argument.bit()) != 0;
  }

  /** True if the record holds all of the arguments in a mask. */
  boolean hasAll(long arguments) {
    return (held & arguments) == arguments;
  }

  /** The argument's value, 0 if the record does not hold it. */
  public long get(Argument argument) {
    return has(argument) ? values[argument.place()] : 0;
  }

  int wordCount() {
    return wordCount;
  }

  /** The word at that place, 0 behind the last. */
  long word(int index) {
    return index < wordCount ? words[index] : 0;
  }
}
