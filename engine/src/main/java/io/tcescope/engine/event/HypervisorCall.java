package io.tcescope.engine.event;

import java.util.ArrayList;
import java.util.List;

/**
 * One record of a trace as a value: what {@link Event} says, for those who keep it. {@link #of} and
 * {@link #fill} are inverses; a field for which a group of kinds has no place is dropped.
 *
 * <p>{@code fields} holds the flags of {@link Event} that apply; a number whose flag is not set is
 * 0 and means nothing.
 */
public sealed interface HypervisorCall {
  /** How to read the fields of a record; kept for every kind. */
  int READINGS =
      Event.IOBA_IS_END
          | Event.IOBA_IS_RELATIVE
          | Event.LIST_LAST_ONLY
          | Event.NO_TABLE
          | Event.IN_KERNEL
          | Event.WITNESS
          | Event.CONTRADICTION;

  /** Where the record stands in the recording and who made it. */
  Origin origin();

  EventKind kind();

  /** The flags of {@link Event} that apply. */
  int fields();

  /** Fills {@code event} with this record. */
  Event fill(Event event);

  /** The record that {@code event} holds now. */
  static HypervisorCall of(Event event) {
    return switch (event.kind().group()) {
      case TCE -> TableCall.of(event);
      case DDW, TABLE -> WindowCall.of(event);
      case DEVICE, GUEST, PLATFORM -> Sign.of(event);
      case RECORD -> Remark.of(event);
    };
  }

  private static long held(Event event, int field, long value) {
    return event.has(field) ? value : 0;
  }

  private static int kept(Event event, int place) {
    return event.fields() & (place | READINGS);
  }

  /** One of the four calls on the entries of a TCE table. */
  record TableCall(
      Origin origin,
      EventKind kind,
      int fields,
      long liobn,
      long ioba,
      long tce,
      long pages,
      long status,
      long listAddress,
      List<Long> list)
      implements HypervisorCall {
    private static final int PLACE =
        Event.LIOBN
            | Event.IOBA
            | Event.TCE
            | Event.PAGES
            | Event.STATUS
            | Event.LIST_ADDRESS
            | Event.LIST;

    public TableCall {
      list = List.copyOf(list);
    }

    private static TableCall of(Event event) {
      List<Long> list = new ArrayList<>();
      for (int i = 0; event.has(Event.LIST) && i < event.listLength(); i++) {
        list.add(event.list(i));
      }
      return new TableCall(
          Origin.of(event),
          event.kind(),
          kept(event, PLACE),
          held(event, Event.LIOBN, event.liobn()),
          held(event, Event.IOBA, event.ioba()),
          held(event, Event.TCE, event.tce()),
          held(event, Event.PAGES, event.pages()),
          held(event, Event.STATUS, event.status()),
          held(event, Event.LIST_ADDRESS, event.listAddress()),
          list);
    }

    @Override
    public Event fill(Event event) {
      origin
          .begin(event)
          .withLiobn(liobn)
          .withIoba(ioba)
          .withTce(tce)
          .withPages(pages)
          .withStatus(status)
          .withListAddress(listAddress)
          .beginList();
      list.forEach(event::addToList);
      return event.is(kind, origin.name(), fields);
    }
  }

  /** A window queried, made, removed or reset, or a table that a recorder describes. */
  record WindowCall(
      Origin origin,
      EventKind kind,
      int fields,
      long liobn,
      long buid,
      long configAddress,
      long start,
      int pageShift,
      long entries,
      long pages,
      long available,
      long largestBlock,
      long pageMask,
      long size,
      long id,
      long status)
      implements HypervisorCall {
    private static final int PLACE =
        Event.LIOBN
            | Event.BUID
            | Event.CONFIG_ADDRESS
            | Event.START
            | Event.PAGE_SHIFT
            | Event.ENTRIES
            | Event.PAGES
            | Event.AVAILABLE
            | Event.LARGEST_BLOCK
            | Event.PAGE_MASK
            | Event.SIZE
            | Event.ID
            | Event.STATUS;

    private static WindowCall of(Event event) {
      return new WindowCall(
          Origin.of(event),
          event.kind(),
          kept(event, PLACE),
          held(event, Event.LIOBN, event.liobn()),
          held(event, Event.BUID, event.buid()),
          held(event, Event.CONFIG_ADDRESS, event.configAddress()),
          held(event, Event.START, event.start()),
          (int) held(event, Event.PAGE_SHIFT, event.pageShift()),
          held(event, Event.ENTRIES, event.entries()),
          held(event, Event.PAGES, event.pages()),
          held(event, Event.AVAILABLE, event.available()),
          held(event, Event.LARGEST_BLOCK, event.largestBlock()),
          held(event, Event.PAGE_MASK, event.pageMask()),
          held(event, Event.SIZE, event.size()),
          held(event, Event.ID, event.id()),
          held(event, Event.STATUS, event.status()));
    }

    @Override
    public Event fill(Event event) {
      return origin
          .begin(event)
          .withLiobn(liobn)
          .withBuid(buid)
          .withConfigAddress(configAddress)
          .withStart(start)
          .withPageShift(pageShift)
          .withEntries(entries)
          .withPages(pages)
          .withAvailable(available)
          .withLargestBlock(largestBlock)
          .withPageMask(pageMask)
          .withSize(size)
          .withId(id)
          .withStatus(status)
          .is(kind, origin.name(), fields);
    }
  }

  /** A sign from elsewhere: a device's access, the guest's own account, the machine around both. */
  record Sign(
      Origin origin,
      EventKind kind,
      int fields,
      long liobn,
      long ioba,
      long tce,
      int permission,
      long pageMask,
      long pages,
      int pageShift,
      long size,
      long id,
      long buid,
      long configAddress,
      long start,
      long status)
      implements HypervisorCall {
    private static final int PLACE =
        Event.LIOBN
            | Event.IOBA
            | Event.TCE
            | Event.PERMISSION
            | Event.PAGE_MASK
            | Event.PAGES
            | Event.PAGE_SHIFT
            | Event.SIZE
            | Event.ID
            | Event.BUID
            | Event.CONFIG_ADDRESS
            | Event.START
            | Event.STATUS;

    private static Sign of(Event event) {
      return new Sign(
          Origin.of(event),
          event.kind(),
          kept(event, PLACE),
          held(event, Event.LIOBN, event.liobn()),
          held(event, Event.IOBA, event.ioba()),
          held(event, Event.TCE, event.tce()),
          (int) held(event, Event.PERMISSION, event.permission()),
          held(event, Event.PAGE_MASK, event.pageMask()),
          held(event, Event.PAGES, event.pages()),
          (int) held(event, Event.PAGE_SHIFT, event.pageShift()),
          held(event, Event.SIZE, event.size()),
          held(event, Event.ID, event.id()),
          held(event, Event.BUID, event.buid()),
          held(event, Event.CONFIG_ADDRESS, event.configAddress()),
          held(event, Event.START, event.start()),
          held(event, Event.STATUS, event.status()));
    }

    @Override
    public Event fill(Event event) {
      return origin
          .begin(event)
          .withLiobn(liobn)
          .withIoba(ioba)
          .withTce(tce)
          .withPermission(permission)
          .withPageMask(pageMask)
          .withPages(pages)
          .withPageShift(pageShift)
          .withSize(size)
          .withId(id)
          .withBuid(buid)
          .withConfigAddress(configAddress)
          .withStart(start)
          .withStatus(status)
          .is(kind, origin.name(), fields);
    }
  }

  /**
   * Lost records, or a line of text that is no call; {@code size} is how many were lost, {@code
   * liobn} and {@code ioba} what the text names.
   */
  record Remark(Origin origin, EventKind kind, int fields, long size, long liobn, long ioba)
      implements HypervisorCall {
    private static final int PLACE = Event.SIZE | Event.LIOBN | Event.IOBA;

    private static Remark of(Event event) {
      return new Remark(
          Origin.of(event),
          event.kind(),
          kept(event, PLACE),
          held(event, Event.SIZE, event.size()),
          held(event, Event.LIOBN, event.liobn()),
          held(event, Event.IOBA, event.ioba()));
    }

    @Override
    public Event fill(Event event) {
      return origin
          .begin(event)
          .withSize(size)
          .withLiobn(liobn)
          .withIoba(ioba)
          .is(kind, origin.name(), fields);
    }
  }
}
