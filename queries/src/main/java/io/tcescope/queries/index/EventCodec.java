package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** Events as bytes, complete, so that they can be shown without their recording. */
final class EventCodec {
  private static final int HAS_TASK = 1;
  private static final int HAS_DEVICE = 2;
  private static final int HAS_TEXT = 4;
  private static final int HAS_TIME = 8;

  /** A number that a record may hold, with the flag that says so. */
  private record Field(int flag, ToLongFunction<Event> get, ObjLongConsumer<Event> set) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field(Event.LIOBN, Event::liobn, Event::withLiobn),
          new Field(Event.IOBA, Event::ioba, Event::withIoba),
          new Field(Event.TCE, Event::tce, Event::withTce),
          new Field(Event.PAGES, Event::pages, Event::withPages),
          new Field(Event.STATUS, Event::status, Event::withStatus),
          new Field(Event.LIST_ADDRESS, Event::listAddress, Event::withListAddress),
          new Field(Event.BUID, Event::buid, Event::withBuid),
          new Field(Event.CONFIG_ADDRESS, Event::configAddress, Event::withConfigAddress),
          new Field(Event.PAGE_SHIFT, Event::pageShift, Event::withPageShift),
          new Field(Event.ENTRIES, Event::entries, Event::withEntries),
          new Field(Event.START, Event::start, Event::withStart),
          new Field(Event.AVAILABLE, Event::available, Event::withAvailable),
          new Field(Event.LARGEST_BLOCK, Event::largestBlock, Event::withLargestBlock),
          new Field(Event.PAGE_MASK, Event::pageMask, Event::withPageMask),
          new Field(Event.PERMISSION, Event::permission, Event::withPermission),
          new Field(Event.ID, Event::id, Event::withId),
          new Field(Event.SIZE, Event::size, Event::withSize),
          new Field(Event.REAL_ADDRESS, Event::realAddress, Event::withRealAddress),
          new Field(Event.TCE_NUMBER, Event::tceNumber, Event::withTceNumber),
          new Field(Event.GUEST_TABLE, Event::guestTable, Event::withGuestTable));

  private EventCodec() {}

  static void write(Event event, DataOutput out) throws IOException {
    out.writeString(event.kind().name());
    out.writeString(event.name());
    out.writeVInt(event.fields());
    out.writeVLong(event.ordinal());
    out.writeVLong(event.line());
    out.writeVInt(event.file());
    out.writeZLong(event.thread());
    out.writeVInt(event.cpu() + 1);
    for (Field field : FIELDS) {
      if (event.has(field.flag)) {
        out.writeZLong(field.get.applyAsLong(event));
      }
    }
    if (event.has(Event.LIST)) {
      out.writeVInt(event.listLength());
      for (int i = 0; i < event.listLength(); i++) {
        out.writeZLong(event.list(i));
      }
    }
    writeTexts(event, out);
  }

  private static void writeTexts(Event event, DataOutput out) throws IOException {
    String raw = event.raw();
    String text = event.text();
    String task = event.task();
    String device = event.device();
    int flags = (task == null ? 0 : HAS_TASK) | (device == null ? 0 : HAS_DEVICE);
    flags |= (text.equals(raw) ? 0 : HAS_TEXT) | (event.time() == Event.NO_TIME ? 0 : HAS_TIME);
    out.writeByte((byte) flags);
    if (task != null) {
      out.writeString(task);
    }
    if (device != null) {
      out.writeString(device);
    }
    if ((flags & HAS_TEXT) != 0) {
      out.writeString(text);
    }
    if ((flags & HAS_TIME) != 0) {
      out.writeZLong(event.time());
      out.writeVInt(event.timeDigits());
    }
    out.writeString(raw);
  }

  /** Fills the row with the next event. */
  static void read(DataInput in, Event event) throws IOException {
    EventKind kind = EventKind.valueOf(in.readString());
    String name = in.readString();
    int fields = in.readVInt();
    event.begin(in.readVLong(), in.readVLong()).is(kind, name, fields);
    int file = in.readVInt();
    event.withThread(in.readZLong()).withCpu(in.readVInt() - 1);
    for (Field field : FIELDS) {
      if (event.has(field.flag)) {
        field.set.accept(event, in.readZLong());
      }
    }
    if (event.has(Event.LIST)) {
      event.beginList();
      for (int i = in.readVInt(); i > 0; i--) {
        event.addToList(in.readZLong());
      }
    }
    readTexts(in, event, file);
  }

  private static void readTexts(DataInput in, Event event, int file) throws IOException {
    int flags = in.readByte();
    event.withTask((flags & HAS_TASK) != 0 ? in.readString() : null);
    event.withDevice((flags & HAS_DEVICE) != 0 ? in.readString() : null);
    event.withText((flags & HAS_TEXT) != 0 ? in.readString() : null);
    if ((flags & HAS_TIME) != 0) {
      event.time(in.readZLong(), in.readVInt());
    }
    byte[] raw = in.readString().getBytes(StandardCharsets.UTF_8);
    event.at(
        file, raw.length == 0 ? MemorySegment.NULL : MemorySegment.ofArray(raw), 0, raw.length);
  }
}
