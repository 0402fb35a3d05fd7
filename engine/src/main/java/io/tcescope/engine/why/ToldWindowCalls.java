package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Numbering;
import io.tcescope.engine.state.Reboots;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Window calls as a guest's recordings tell them: in pieces, for the kernel's log has the results
 * and a tracer the order. What a second recorder says of a call is added to what the first said.
 */
final class ToldWindowCalls implements Observer {
  /** Up to 5.14 the kernel says "direct window"; those versions remove without an in-use test. */
  private static final String BEFORE_IN_USE_TEST = "removed direct window";

  private static final String REMOVED = "removed ";
  private static final String TABLE_MADE = "iommu_init_table";

  /**
   * A successful create; what the recording does not tell is 0.
   *
   * @param thread the task that made it
   */
  record Creation(
      long ordinal, long buid, long liobn, long start, long entries, int pageShift, long thread) {

    private boolean isOf(OptionalLong wanted, OptionalLong bridge) {
      boolean byLiobn = wanted.isPresent() && liobn != 0;
      return byLiobn
          ? liobn == wanted.getAsLong()
          : bridge.isPresent() && buid == bridge.getAsLong();
    }

    private Creation withLiobn(long told) {
      return new Creation(ordinal, buid, told, start, entries, pageShift, thread);
    }
  }

  private record Query(long ordinal, long available) {}

  private final List<Removal> removals = new ArrayList<>();
  private final List<Creation> creations = new ArrayList<>();
  private final Map<Long, Query> queries = new HashMap<>();

  /** Where the machine was reset, and with it its windows. */
  private final TreeSet<Long> resets = new TreeSet<>(List.of(0L));

  /** The first words of every device, by bridge. */
  private final Map<Long, Map<String, Long>> devices = new HashMap<>();

  private String askingDevice = "";

  /** The bridge whose driver has just asked what windows there are. */
  private OptionalLong asking = OptionalLong.empty();

  private boolean removedNow;

  @Override
  public void on(Event event, Change change, IommuState state) {
    removedNow = false;
    if (change.has(Signal.REBOOT)) {
      resets.add(event.ordinal());
    }
    if (change.has(Signal.REBOOT) || Reboots.isBanner(event)) {
      booted(event.ordinal());
    }
    switch (event.kind()) {
      case QUERY_PE_DMA_WINDOW -> queried(event);
      case REMOVE_PE_DMA_WINDOW -> removed(event, state);
      case CREATE_PE_DMA_WINDOW -> created(event);
      case PROBE -> tableMade(event);
      case LOG, DMA_MAP -> spoke(event);
      default -> {}
    }
  }

  /** What devices and windows there are is asked and told anew. */
  private void booted(long event) {
    removals.forEach(removal -> removal.endsBefore(event));
    queries.clear();
    devices.clear();
    askingDevice = "";
    asking = OptionalLong.empty();
  }

  /** True if the current event removed a default window. */
  boolean removedNow() {
    return removedNow;
  }

  List<Removal> removals() {
    return removals;
  }

  /** The window that was made in place of a removed one. */
  Optional<Creation> nextCreation(Removal removal) {
    return creations.stream()
        .filter(made -> removal.isInItsBoot(made.ordinal()))
        .filter(made -> removal.isOn(made.buid()))
        .findFirst();
  }

  /** The last creation before an event, by the window's LIOBN or else by its bridge. */
  Optional<Creation> creation(OptionalLong liobn, OptionalLong buid, long before) {
    long reset = resets.floor(before);
    return creations.stream()
        .filter(made -> made.ordinal() >= reset && made.ordinal() <= before)
        .filter(made -> made.isOf(liobn, buid))
        .reduce((first, last) -> last);
  }

  private void queried(Event event) {
    String device = event.device();
    askingDevice = device == null ? askingDevice : device;
    if (event.has(Event.BUID)) {
      long available = event.has(Event.AVAILABLE) ? event.available() : 0;
      queries.put(event.buid(), new Query(event.ordinal(), available));
      asking = OptionalLong.of(event.buid());
    }
  }

  private void removed(Event event, IommuState state) {
    if (!event.succeeded() || !event.has(Event.LIOBN)) {
      return;
    }
    if (event.has(Event.WITNESS)) {
      told(event);
      return;
    }
    if (!isDefault(event, state)) {
      return;
    }
    OptionalLong buid = bridge(event, state);
    Query query = queries.getOrDefault(buid.orElse(0), new Query(0, 0));
    removals.add(
        new Removal(event, buid, query.ordinal, query.available, workedBefore(buid.orElse(0)))
            .askedFor(buid.equals(asking) ? Complaint.address(askingDevice) : ""));
    removedNow = true;
    told(event);
  }

  /** Where no number tells it, a window that goes between two queries makes room for another. */
  private boolean isDefault(Event event, IommuState state) {
    Role role = state.window(event.liobn()).role();
    if (role == Role.DEFAULT || role == Role.DDW) {
      return role == Role.DEFAULT;
    }
    boolean made = creations.stream().anyMatch(one -> one.liobn() == event.liobn());
    return Numbering.isPci(event.liobn())
        ? Numbering.isFirst(event.liobn())
        : !made && asking.isPresent();
  }

  private OptionalLong bridge(Event event, IommuState state) {
    long known = state.window(event.liobn()).bridge().buid();
    if (known != 0) {
      return OptionalLong.of(known);
    }
    OptionalLong numbered = Numbering.buidOfLiobn(event.liobn());
    return numbered.isPresent() ? numbered : asking;
  }

  /** The kernel's own words tell its version. */
  private void told(Event event) {
    String text = event.text();
    if (text.contains(REMOVED)) {
      removals.stream()
          .filter(removal -> removal.liobn() == event.liobn())
          .reduce((first, last) -> last)
          .ifPresent(removal -> removal.isTested(!text.contains(BEFORE_IN_USE_TEST)));
    }
  }

  private Optional<Evidence> workedBefore(long buid) {
    return devices.getOrDefault(buid, Map.of()).entrySet().stream()
        .filter(device -> !device.getKey().equals(askingDevice))
        .min(Map.Entry.comparingByValue())
        .map(device -> new Evidence(device.getValue(), device.getKey() + " is there before"));
  }

  /**
   * The devices of the removal's bridge, other than the one it was for, that are at work before
   * that event.
   */
  List<String> othersOn(Removal removal, long before) {
    return devices.getOrDefault(removal.buid().orElse(0), Map.of()).entrySet().stream()
        .filter(device -> !device.getKey().equals(removal.asker()))
        .filter(device -> device.getValue() < before && removal.isInItsBoot(device.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void spoke(Event event) {
    String device = event.device();
    boolean works = event.kind() != EventKind.LOG || Complaint.showsWork(event.text());
    if (device == null || !works) {
      return;
    }
    String address = Complaint.address(device);
    Numbering.buidOfDevice(address)
        .ifPresent(
            buid ->
                devices
                    .computeIfAbsent(buid, key -> new HashMap<>())
                    .putIfAbsent(address, event.ordinal()));
  }

  private void created(Event event) {
    asking = OptionalLong.empty();
    if (!event.succeeded()) {
      return;
    }
    Creation made = creation(event);
    if (event.has(Event.WITNESS) && !creations.isEmpty()) {
      Creation last = creations.removeLast();
      creations.add(last.buid() == event.buid() ? merged(last, made) : last);
    } else {
      creations.add(made);
    }
  }

  private static Creation creation(Event event) {
    return new Creation(
        event.ordinal(),
        event.has(Event.BUID) ? event.buid() : 0,
        event.has(Event.LIOBN) ? event.liobn() : 0,
        event.has(Event.START) ? event.start() : 0,
        event.has(Event.ENTRIES) ? event.entries() : 0,
        event.has(Event.PAGE_SHIFT) ? event.pageShift() : 0,
        event.thread());
  }

  private static Creation merged(Creation first, Creation more) {
    return new Creation(
        first.ordinal,
        first.buid,
        first.liobn == 0 ? more.liobn : first.liobn,
        first.start == 0 ? more.start : first.start,
        first.entries == 0 ? more.entries : first.entries,
        first.pageShift == 0 ? more.pageShift : first.pageShift,
        first.thread);
  }

  /** Where a tracer does not show what the call returned, the table that is set up next does. */
  private void tableMade(Event event) {
    if (!event.has(Event.LIOBN) || !event.name().contains(TABLE_MADE) || creations.isEmpty()) {
      return;
    }
    Creation last = creations.getLast();
    if (last.liobn == 0 && last.thread == event.thread()) {
      creations.removeLast();
      creations.add(last.withLiobn(event.liobn()));
    }
  }
}
