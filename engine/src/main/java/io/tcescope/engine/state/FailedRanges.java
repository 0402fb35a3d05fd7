package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;

/** What a range call that failed leaves behind, as far as its record tells. */
final class FailedRanges {
  /** The most entries an indirect call may name; more is refused before anything is stored. */
  static final long MOST_IN_LIST = 512;

  private static final long LIST_ALIGNMENT = 0xfff;

  private FailedRanges() {}

  /** The smaller of two numbers of entries; a record may name any 64-bit number. */
  static long least(long count, long most) {
    return Long.compareUnsigned(count, most) < 0 ? count : most;
  }

  /**
   * QEMU's stuff event shows the first address that did not fit. At the window's end up to pages -
   * 1 entries before it were set; elsewhere the call began outside and set none (RULES.md Q3).
   */
  static void stuffedTo(RangeCalls calls, Event event, DmaWindow window) {
    long count = event.pages();
    if (count == 0) {
      calls.change().range(window.indexOf(event.ioba()), 0);
      return;
    }
    calls.change().signal(Signal.OUT_OF_WINDOW);
    if (event.ioba() == window.end()) {
      long most = least(count - 1, window.entries());
      long mark = Mark.of(Knowledge.PARTIAL_FAILURE, event.ordinal());
      calls.change().signal(Signal.PARTIAL);
      calls.editor().forgetUnless(window, window.entries() - most, most, event.tce(), mark);
    } else if (window.covers(event.ioba())) {
      long end = window.indexOf(event.ioba());
      String what = "a clear inside live window " + window + " failed";
      DmaWindow other = calls.landings().vanished(window, end, what);
      long most = least(count - 1, end);
      forget(calls, event, other, event.ioba() - (most << window.pageShift()), most);
    }
  }

  /**
   * QEMU's indirect event shows how many entries fitted, less one, and the value that did not; the
   * values that fitted are not in it (RULES.md Q4). Zero is ambiguous: none, one, or a count of
   * zero.
   */
  static void indirectLast(RangeCalls calls, Event event, DmaWindow window) {
    if (Long.compareUnsigned(event.pages(), MOST_IN_LIST) > 0) {
      calls.state().contradict("a list of more than 512 entries was begun", event.ordinal());
      return;
    }
    long first = window.indexOf(event.ioba());
    long lastIndex = event.pages() - 1;
    if (lastIndex > 0) {
      calls.landings().reaches(window, first + lastIndex + 1);
    }
    boolean placed = window.geometry() == Geometry.OBSERVED;
    if (!window.contains(first) && (placed || lastIndex == 0)) {
      calls.change().range(first, 0);
      calls.change().signal(Signal.OUT_OF_WINDOW);
      return;
    }
    long fitted = window.entries() - first;
    boolean mayBeEmpty = lastIndex == 0 && event.tce() == 0;
    if (fitted > 1 && mayBeEmpty) {
      calls.change().signal(Signal.EMPTY); // nothing else leaves such a record
      return;
    }
    if (fitted > 1 && lastIndex == 0) {
      calls.landings().refused(window, "a list that fits window " + window + " was refused");
      return;
    }
    if (lastIndex != fitted - 1) {
      String what = "a list stopped inside window " + window;
      DmaWindow other = calls.landings().vanished(window, first + lastIndex + 1, what);
      forget(calls, event, other, event.ioba(), lastIndex + 1);
      return;
    }
    calls.change().signal(Signal.OUT_OF_WINDOW | Signal.PARTIAL);
    calls.change().range(first, fitted);
    forgetFitted(calls, event, window, first, fitted, mayBeEmpty);
  }

  /** What the call did in a window that is another than was thought, up to where it failed. */
  private static void forget(
      RangeCalls calls, Event event, DmaWindow window, long ioba, long count) {
    if (window != DmaWindow.NONE) {
      long mark = Mark.of(Knowledge.PARTIAL_FAILURE, event.ordinal());
      calls.editor().forget(window, window.indexOf(ioba), count, mark);
    }
  }

  private static void forgetFitted(
      RangeCalls calls,
      Event event,
      DmaWindow window,
      long first,
      long fitted,
      boolean mayBeEmpty) {
    long refused = event.tce();
    long page = window.pageSize();
    boolean infer =
        calls.state().rules().inferLists()
            && !mayBeEmpty
            && Long.compareUnsigned(refused >>> window.pageShift(), fitted) >= 0;
    if (infer) {
      long mark = Mark.of(Knowledge.CONTIGUOUS_LIST, event.ordinal());
      long value = refused - fitted * page;
      long start = Mark.starting(mark);
      long rest = Mark.continuing(mark);
      calls.editor().fill(window, first, fitted, value, page, start, rest, mark);
      return;
    }
    Knowledge why = mayBeEmpty ? Knowledge.PARTIAL_FAILURE : Knowledge.LIST_NOT_RECORDED;
    calls.editor().forget(window, first, fitted, Mark.of(why, event.ordinal()));
  }

  /**
   * KVM checks the first entry of a range only ({@code iommu_tce_check_ioba} ignores the count), so
   * a call may succeed that leaves the window; what it wrote is not defined.
   */
  static boolean straddles(RangeCalls calls, Event event, DmaWindow window) {
    if (calls.state().rules().platform() != Platform.KVM
        || !window.isOpen()
        || window.geometry() != Geometry.OBSERVED) {
      return false;
    }
    long first = window.indexOf(event.ioba());
    long inside = window.entries() - first;
    if (!window.contains(first) || least(event.pages(), inside) == event.pages()) {
      return false;
    }
    long mark = Mark.of(Knowledge.PARTIAL_FAILURE, event.ordinal());
    calls.change().signal(Signal.STRADDLING | Signal.OUT_OF_WINDOW);
    calls.change().range(first, inside);
    calls.editor().forget(window, first, inside, mark);
    return true;
  }

  /** All arguments are recorded: apply what the platform applies (RULES.md P1). */
  static void byArguments(RangeCalls calls, Event event, DmaWindow window) {
    long first = window.indexOf(event.ioba());
    long count = event.pages();
    boolean inside = window.contains(first);
    long fitting = inside ? least(count, window.entries() - first) : 0;
    calls.change().range(first, 0);
    if (fitting != count || !inside) {
      calls.change().signal(Signal.OUT_OF_WINDOW);
    }
    if (refusedOutright(calls.state().rules().platform(), event, window) || fitting <= 0) {
      return;
    }
    if (calls.state().rules().platform() == Platform.QEMU && RangeCalls.isRangeError(event)) {
      if (fitting != count) {
        apply(calls, event, window, first, fitting);
      }
      return;
    }
    calls.change().signal(Signal.PARTIAL);
    long mark = Mark.of(Knowledge.PARTIAL_FAILURE, event.ordinal());
    calls.editor().forget(window, first, fitting, mark);
  }

  private static boolean refusedOutright(Platform platform, Event event, DmaWindow window) {
    if (event.pages() == 0 || storesNothing(platform, event)) {
      return true;
    }
    if (event.kind() == EventKind.H_STUFF_TCE) {
      boolean tooMany = Long.compareUnsigned(event.pages(), window.entries()) > 0;
      return RangeCalls.isRangeError(event) && tooMany;
    }
    boolean odd = platform == Platform.KVM && (event.ioba() & (window.pageSize() - 1)) != 0;
    boolean tooMany = Long.compareUnsigned(event.pages(), MOST_IN_LIST) > 0;
    return tooMany || (RangeCalls.isRangeError(event) && odd);
  }

  /** True for a refusal, however many entries the call names, that changes none of them. */
  static boolean storesNothing(Platform platform, Event event) {
    return event.status() == HcallStatus.H_NOT_ENOUGH_RESOURCES
        || event.status() == HcallStatus.H_P4
        || event.status() == HcallStatus.H_TOO_HARD
        || (RangeCalls.isRangeError(event) && checksFirst(platform, event.kind()))
        || (event.has(Event.LIST_ADDRESS) && (event.listAddress() & LIST_ALIGNMENT) != 0);
  }

  /**
   * True if H_PARAMETER is about the arguments, looked at before any entry is set. KVM answers so
   * to a stuff at an odd address or outside the window, or of a value that maps; of a list, KVM
   * before 4.20 had set the entries before a bad one.
   */
  private static boolean checksFirst(Platform platform, EventKind kind) {
    return switch (platform) {
      case QEMU -> false;
      case KVM -> kind == EventKind.H_STUFF_TCE;
      case POWERVM -> true;
    };
  }

  private static void apply(
      RangeCalls calls, Event event, DmaWindow window, long first, long fitting) {
    long mark = Mark.of(Knowledge.OBSERVED, event.ordinal());
    calls.change().signal(Signal.PARTIAL);
    calls.change().range(first, fitting);
    if (event.kind() == EventKind.H_STUFF_TCE) {
      calls.editor().fill(window, first, fitting, event.tce(), 0, mark, mark, mark);
      return;
    }
    if (!event.has(Event.LIST)) {
      calls.unreadList(event, window, first, fitting);
      return;
    }
    for (int i = 0; i < Math.min(fitting, event.listLength()); i++) {
      long place = i == 0 ? Mark.starting(mark) : Mark.continuing(mark);
      calls.editor().write(window, first + i, event.list(i), place);
    }
  }
}
