package io.tcescope.traces.dmesg;

import static io.tcescope.engine.event.Phrases.phrase;
import static java.util.Objects.requireNonNullElse;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Phrases;
import io.tcescope.traces.guest.RtasCalls;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The kernel messages that tell of an operation, from {@code arch/powerpc/kernel/iommu.c}, {@code
 * platforms/pseries/iommu.c}, {@code kernel/eeh*.c} and {@code pseries/hotplug-memory.c}, in the
 * wording of every kernel version. A message that is none of them is plain log text.
 */
final class DmesgMessage {
  /** Name of the records that are log text and nothing else. */
  static final String PLAIN = "dmesg";

  private static final String DEVICE =
      "(?:(?<dev>[\\w-]+ [0-9a-f]{4,}:[0-9a-f:.]+|^[\\w-]+ [\\w@.-]+): )?";

  private static final Pattern DEVICE_PREFIX =
      Pattern.compile("^[\\w-]+ ([0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]):? ");

  /** Fills the event from a line with the message. */
  private interface Reading {
    void read(Matcher matched, Event event);
  }

  private static final Phrases<Reading> MESSAGES =
      new Phrases<>(
          List.of(
              phrase(
                  "ibm,query-pe-dma-window",
                  DEVICE
                      + "ibm,query-pe-dma-windows?\\((?<token>[0-9a-f]{1,16})\\)"
                      + " (?<config>[0-9a-f]{1,16}) (?<high>[0-9a-f]{1,16}) (?<low>[0-9a-f]{1,16})"
                      + " returned (?<rc>-?\\d{1,18})(?:, lb=(?<block>[0-9a-f]{1,16})"
                      + " ps=(?<mask>[0-9a-f]{1,16}) wn=(?<count>\\d{1,18}))?",
                  DmesgMessage::query),
              phrase(
                  "ibm,create-pe-dma-window",
                  DEVICE
                      + "ibm,create-pe-dma-windows?\\((?<token>[0-9a-f]{1,16})\\)"
                      + " (?<config>[0-9a-f]{1,16}) (?<high>[0-9a-f]{1,16}) (?<low>[0-9a-f]{1,16})"
                      + " (?<shift>[0-9a-f]{1,16}) (?<window>[0-9a-f]{1,16}) returned"
                      + " (?<rc>-?\\d{1,18}) \\(liobn = 0x(?<liobn>[0-9a-f]{1,16}) starting addr ="
                      + " (?<starthigh>[0-9a-f]{1,16}) (?<startlow>[0-9a-f]{1,16})\\)",
                  DmesgMessage::create),
              phrase(
                  "ibm,remove-pe-dma-window",
                  "(?:successfully removed|failed to remove) (?:direct|DMA|dma) window:"
                      + " rtas returned (?<rc>-?\\d{1,18}) to"
                      + " ibm,remove-pe-dma-window\\((?<token>[0-9a-f]{1,16})\\)"
                      + " (?<liobn>[0-9a-f]{1,16})",
                  DmesgMessage::remove),
              phrase(
                  "ibm,reset-pe-dma-window",
                  DEVICE
                      + "ibm,reset-pe-dma-windows?\\((?<token>[0-9a-f]{1,16})\\)"
                      + "(?<limited> for Limited Addr Support:)?"
                      + " (?<config>[0-9a-f]{1,16}) (?<high>[0-9a-f]{1,16})"
                      + " (?<low>[0-9a-f]{1,16}) returned (?<rc>-?\\d{1,18})",
                  DmesgMessage::reset),
              phrase(
                  "iommu_alloc failed",
                  DEVICE
                      + "iommu_alloc failed, tbl (?:0x)?(?<tbl>[0-9a-f]+|\\S+) vaddr \\S+"
                      + " npages (?<pages>[0-9a-f]{1,16})",
                  DmesgMessage::allocFailed),
              phrase(
                  "EEH: ",
                  "EEH: (?:Frozen|Recovering|Detected PCI bus error on)"
                      + " PHB#(?<phb>[0-9a-f]{1,16})-PE#(?<pe>[0-9a-f]{1,16})",
                  DmesgMessage::frozen),
              phrase(
                  "EEH: Frozen PE",
                  "EEH: Frozen PE#(?<pe>[0-9a-f]{1,16}) (?:detected )?on"
                      + " PHB#(?<phb>[0-9a-f]{1,16})",
                  DmesgMessage::frozen),
              phrase(
                  "EEH: ",
                  "EEH: (?:Detected error on PHB#(?<phb>[0-9a-f]{1,16})\\s*$"
                      + "|(?:Recovering )?PHB#(?<which>[0-9a-f]{1,16})"
                      + "(?: failure detected|, location))",
                  DmesgMessage::frozenBridge),
              phrase(
                  "was hot-",
                  "Memory at (?<at>[0-9a-f]{1,16})(?: \\(drc index (?<drc>[0-9a-f]{1,16})\\))? was"
                      + " hot-(?<what>added|removed)",
                  DmesgMessage::memory)));

  /**
   * Words of nothing but operations: LOST if of calls on windows, LOG if of what changes no table.
   * Of a call on a window it is the name, or else what stands around it: either may be damaged.
   */
  private static final Phrases<EventKind> WORDS =
      new Phrases<>(
          List.of(
              phrase("-pe-dma-window", "-pe-dma-windows?\\(", EventKind.LOST),
              phrase("rtas returned ", "rtas returned -?\\d{1,18} to ibm,", EventKind.LOST),
              phrase(
                  "ibm,",
                  "ibm,.{1,40}[0-9a-f]\\)(?: for Limited Addr Support:)?(?: [0-9a-f]{1,16}){2}",
                  EventKind.LOST),
              phrase(": plpar_tce_", ": plpar_tce_", EventKind.LOG),
              phrase("iommu_alloc failed", "iommu_alloc failed", EventKind.LOG),
              phrase("iommu_free: invalid", "iommu_free: invalid", EventKind.LOG),
              phrase("EEH: ", "EEH: (?:Frozen|Recovering) P(?:HB|E)#", EventKind.LOG),
              phrase(") was hot-", "\\(drc index [0-9a-f]+\\) was hot-", EventKind.LOG)));

  private static final Pattern WINDOW_CALL_BEGINS =
      Pattern.compile("ibm,(?:query|create|remove|reset)");

  private DmesgMessage() {}

  /** Says in {@code event} what the message tells; false and log text if of no operation. */
  static boolean read(String message, Event event) {
    Optional<Phrases.Found<Reading>> found = MESSAGES.in(message);
    if (found.isEmpty()) {
      event.is(EventKind.LOG, PLAIN, 0).withDevice(device(message));
      return false;
    }
    found.get().meaning().read(found.get().words(), event);
    return true;
  }

  /**
   * The operation of a message that could not be read, empty if the words are of none; LOST if it
   * may be any call on windows, LOG if it is none of them.
   */
  static Optional<EventKind> operation(String message) {
    return WORDS
        .in(message)
        .map(found -> found.meaning() == EventKind.LOST ? windowCall(message) : EventKind.LOG);
  }

  private static EventKind windowCall(String message) {
    Matcher name = WINDOW_CALL_BEGINS.matcher(message);
    EventKind call = name.find() ? EventKind.ofCall(name.group() + "-pe-dma-window") : null;
    return requireNonNullElse(call, EventKind.LOST);
  }

  /** The device of {@code driver domain:bus:slot.function: text}, null if the line has none. */
  private static @Nullable String device(String message) {
    Matcher matcher = DEVICE_PREFIX.matcher(message);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static void query(Matcher matched, Event event) {
    event.is(EventKind.QUERY_PE_DMA_WINDOW, "ibm,query-pe-dma-windows", 0);
    bridge(matched, event);
    // After a failure the kernel prints whatever the outputs hold.
    if (matched.group("block") != null && event.succeeded()) {
      event
          .withLargestBlock(hex(matched, "block"))
          .withPageMask(hex(matched, "mask"))
          .withAvailable(Long.parseUnsignedLong(matched.group("count")));
    }
  }

  private static void create(Matcher matched, Event event) {
    event.is(EventKind.CREATE_PE_DMA_WINDOW, "ibm,create-pe-dma-window", 0);
    bridge(matched, event);
    RtasCalls.askedFor(event, hex(matched, "shift"), hex(matched, "window"));
    if (event.succeeded()) {
      event
          .withLiobn(hex(matched, "liobn"))
          .withStart(hex(matched, "starthigh") << 32 | hex(matched, "startlow"));
    }
  }

  private static void remove(Matcher matched, Event event) {
    event
        .is(EventKind.REMOVE_PE_DMA_WINDOW, "ibm,remove-pe-dma-window", 0)
        .withLiobn(hex(matched, "liobn"))
        .withStatus(Long.parseLong(matched.group("rc")));
  }

  private static void reset(Matcher matched, Event event) {
    event.is(EventKind.RESET_PE_DMA_WINDOW, "ibm,reset-pe-dma-windows", 0);
    bridge(matched, event);
    if (matched.group("limited") != null) {
      event.withId(1);
    }
  }

  private static void bridge(Matcher matched, Event event) {
    event
        .withConfigAddress(hex(matched, "config"))
        .withBuid(hex(matched, "high") << 32 | hex(matched, "low"))
        .withStatus(Long.parseLong(matched.group("rc")))
        .withDevice(address(matched));
  }

  private static void allocFailed(Matcher matched, Event event) {
    String pages = matched.group("pages");
    // Old kernels wrote it in hex; where the digits do not show it, the newer form is assumed.
    boolean decimal = pages.chars().allMatch(c -> c <= '9');
    event
        .is(EventKind.ALLOC_FAILED, "iommu_alloc failed", 0)
        .withPages(Long.parseUnsignedLong(pages, decimal ? 10 : 16))
        .withDevice(address(matched));
    String table = matched.group("tbl");
    // Hashed since 4.15: no address, but still one number per table.
    if (table.chars().allMatch(c -> Character.digit(c, 16) >= 0) && table.length() <= 16) {
      event.withGuestTable(Long.parseUnsignedLong(table, 16));
    }
  }

  private static void frozen(Matcher matched, Event event) {
    event
        .is(EventKind.EEH, "EEH", 0)
        .withId(hex(matched, "phb"))
        .withConfigAddress(hex(matched, "pe"));
  }

  /** The whole bridge stopped. */
  private static void frozenBridge(Matcher matched, Event event) {
    event.is(EventKind.EEH, "EEH", 0);
    event.withId(hex(matched, matched.group("phb") == null ? "which" : "phb"));
  }

  private static void memory(Matcher matched, Event event) {
    boolean added = matched.group("what").equals("added");
    event
        .is(added ? EventKind.MEMORY_ADDED : EventKind.MEMORY_REMOVED, "pseries-hotplug-mem", 0)
        .withStart(hex(matched, "at"));
    if (matched.group("drc") != null) {
      event.withId(hex(matched, "drc"));
    }
  }

  /** The bus address part of {@code driver address}. */
  private static @Nullable String address(Matcher matched) {
    String device = matched.group("dev");
    return device == null ? null : device.substring(device.indexOf(' ') + 1);
  }

  private static long hex(Matcher matched, String group) {
    return Long.parseUnsignedLong(matched.group(group), 16);
  }
}
