package io.tcescope.traces.made;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.traces.qemulog.QemuEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * The traffic of a busy machine, as long as one likes: devices that map and unmap through default
 * windows, and a bridge whose 64-bit window comes and goes. Shapes and rates are those of the
 * recorded Linux runs: about half puts, a third stuffs, an eighth lists, all but one in a hundred
 * successful. Every list rises by one page, so the tables follow from the recording alone and the
 * truth is exact.
 */
public final class LargeRecording {
  private static final int PAGE_SHIFT = 12;
  private static final int DEFAULT_ENTRIES = 262_144;
  private static final int LONGEST_LIST = 16;
  private static final int MOST_MAPPED = 4000;
  private static final long LAST_BRIDGE = 4;
  private static final long DDW_START = 0x800000000000000L;
  private static final long FIRST_TIME = 1_795_349_130_000_000_000L;

  /** A mapping: its first entry and how many. */
  private record Mapping(int first, int count) {}

  /** A device with a window of its own, and what it has mapped. */
  private static final class Device {
    final long liobn;
    final long[] table = new long[DEFAULT_ENTRIES];
    final List<Mapping> mapped = new ArrayList<>();
    int hint;
    long live;

    Device(long liobn) {
      this.liobn = liobn;
    }

    void set(int entry, long value) {
      live += (value != 0 ? 1 : 0) - (table[entry] != 0 ? 1 : 0);
      table[entry] = value;
    }
  }

  private final Random random;
  private final List<Device> devices = new ArrayList<>();
  private long ordinal;
  private long time = FIRST_TIME;
  private int setUp;
  private int windowStep;

  public LargeRecording(long seed) {
    random = new Random(seed);
    devices.add(new Device(0x71000002L));
    for (long bridge = 1; bridge <= LAST_BRIDGE; bridge++) {
      devices.add(new Device(0x80000000L | (bridge << 8)));
    }
  }

  /** Fills the event with the next one; there is always one more. */
  public void next(Event event) {
    ordinal++;
    time += 1000L * (1 + random.nextInt(24));
    event.begin(ordinal, ordinal).time(time, 6).withThread(31_951 + ((ordinal >> 12) & 1));
    if (setUp < devices.size()) {
      newTable(event, devices.get(setUp++).liobn);
    } else if (windowStep > 0 || random.nextInt(20_000) == 0) {
      window(event);
    } else {
      io(event, devices.get(random.nextInt(devices.size())));
    }
  }

  /** Entries that are not zero, of the n-th device's default window. */
  public long live(int device) {
    return devices.get(device).live;
  }

  public int devices() {
    return devices.size();
  }

  public long liobn(int device) {
    return devices.get(device).liobn;
  }

  private static void newTable(Event event, long liobn) {
    name(event, "spapr_iommu_new_table").withLiobn(liobn).withId(-1);
  }

  private static Event name(Event event, String name) {
    QemuEvent known = Objects.requireNonNull(QemuEvent.of(name), name);
    return event.is(known.kind(), name, 0);
  }

  /** A second window of the last bridge: made, filled by one list, removed in use. */
  private void window(Event event) {
    long liobn = 0x80000001L | (LAST_BRIDGE << 8);
    long buid = 0x800000020000000L | LAST_BRIDGE;
    switch (windowStep) {
      case 0 -> newTable(event, liobn);
      case 1 ->
          name(event, "spapr_iommu_ddw_create")
              .withBuid(buid)
              .withConfigAddress(0x800)
              .withPageShift(24)
              .withSize(1L << 32)
              .withStart(DDW_START)
              .withLiobn(liobn);
      case 2 ->
          event.indirectLast(
              "spapr_iommu_pci_indirect", liobn, DDW_START, 0x3000000, 127, 0x7f000003, 0);
      default -> name(event, "spapr_iommu_ddw_remove").withLiobn(liobn);
    }
    windowStep = (windowStep + 1) % 4;
  }

  private void io(Event event, Device device) {
    int dice = random.nextInt(100);
    if (dice == 0) {
      long outside = ((long) DEFAULT_ENTRIES + random.nextInt(1000)) << PAGE_SHIFT;
      event.put(name(device, "put"), device.liobn, outside, page() | 3, HcallStatus.H_PARAMETER);
    } else if (dice == 1) {
      int entry = random.nextInt(DEFAULT_ENTRIES);
      event.get(name(device, "get"), device.liobn, bus(entry), device.table[entry], 0);
    } else if (device.mapped.size() < MOST_MAPPED && (device.mapped.isEmpty() || dice < 52)) {
      map(event, device, dice < 40 ? 1 : 2 + random.nextInt(LONGEST_LIST - 1));
    } else {
      unmap(event, device);
    }
  }

  private void map(Event event, Device device, int count) {
    int first = free(device, count);
    long value = page() | (1 + random.nextInt(3));
    for (int i = 0; i < count; i++) {
      device.set(first + i, value + ((long) i << PAGE_SHIFT));
    }
    device.mapped.add(new Mapping(first, count));
    if (count == 1) {
      event.put(name(device, "put"), device.liobn, bus(first), value, 0);
    } else {
      long last = value + ((count - 1L) << PAGE_SHIFT);
      String name = name(device, "indirect");
      event.indirectLast(name, device.liobn, bus(first), 0xfbd8000, count - 1, last, 0);
    }
  }

  /** Upwards from the last allocation, as Linux does. */
  private static int free(Device device, int count) {
    int at = device.hint;
    int found = 0;
    while (found < count) {
      if (at + count > DEFAULT_ENTRIES) {
        at = 0;
        found = 0;
      }
      found = device.table[at + found] == 0 ? found + 1 : 0;
      at += found == 0 ? 1 : 0;
    }
    device.hint = at + count;
    return at;
  }

  private void unmap(Event event, Device device) {
    int chosen = random.nextInt(device.mapped.size());
    Mapping mapping = device.mapped.get(chosen);
    device.mapped.set(chosen, device.mapped.getLast());
    device.mapped.removeLast();
    for (int i = 0; i < mapping.count; i++) {
      device.set(mapping.first + i, 0);
    }
    long end = bus(mapping.first + mapping.count);
    event.stuffedTo(name(device, "stuff"), device.liobn, end, 0, mapping.count, 0);
  }

  private static long bus(int entry) {
    return (long) entry << PAGE_SHIFT;
  }

  private long page() {
    return (1L + random.nextInt(0x60000)) << PAGE_SHIFT;
  }

  private static String name(Device device, String call) {
    boolean pci = device.liobn >>> 31 != 0;
    return switch (call) {
      case "put" -> pci ? "spapr_iommu_pci_put" : "spapr_iommu_put";
      case "get" -> pci ? "spapr_iommu_pci_get" : "spapr_iommu_get";
      case "stuff" -> pci ? "spapr_iommu_pci_stuff" : "spapr_iommu_stuff";
      default -> pci ? "spapr_iommu_pci_indirect" : "spapr_iommu_indirect";
    };
  }
}
