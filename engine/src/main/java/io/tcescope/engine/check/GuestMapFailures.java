package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Opcodes;
import io.tcescope.engine.event.Unmaps;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Maps that failed as a Linux guest's own recorders tell, where none shows the tables: the kernel's
 * log, which complains of each and goes on, or a tracer's hypervisor calls. One finding for each
 * table and cause.
 */
final class GuestMapFailures implements Check {
  /** A guest with more tables than that is told of by these. */
  private static final int MOST_TABLES = 512;

  /**
   * A table whose maps fail.
   *
   * @param named true if its LIOBN is known
   * @param number its LIOBN, else the address of its structure in the guest, else 0
   * @param removedBy the event that took its window away, 0 if none did as far as is recorded
   */
  private record Table(boolean named, long number, long removedBy) {}

  /** What the log tells and what the tracer tells are the same maps. */
  private static final class Failures {
    private final long first;
    private final long ioba;
    private final boolean hasIoba;
    private final int generation;

    /** The boot behind the default window's removal, empty if none is. */
    private final OptionalLong boot;

    private final boolean byCrashKernel;
    private long last;
    private long logged;
    private long traced;
    private boolean isWhole = true;

    Failures(Event event, DmaWindow window, Boots boots) {
      boolean removed = window.role() == Role.DEFAULT && window.closedFor() == Change.Cause.REMOVE;
      boot = removed && !window.isOpen() ? boots.since(window.closedBy()) : OptionalLong.empty();
      byCrashKernel = boots.crashKernel() > window.closedBy();
      first = event.ordinal();
      hasIoba = event.has(Event.IOBA);
      ioba = event.ioba();
      generation = window.generation();
    }
  }

  private final Map<Table, Failures> tables = new LinkedHashMap<>();
  private final Boots boots;

  GuestMapFailures(Boots boots) {
    this.boots = boots;
  }

  /** True for a record of a failed map that changes no table: it is told for its own sake. */
  static boolean isFailedMap(Event event) {
    if (!event.has(Event.STATUS) || event.succeeded()) {
      return false;
    }
    return switch (event.kind()) {
      case HCALL -> event.has(Event.ID) && isMap(Opcodes.kind(event.id()));
      case H_PUT_TCE, H_PUT_TCE_INDIRECT -> event.has(Event.WITNESS) && !Unmaps.isUnmap(event);
      default -> false;
    };
  }

  private static boolean isMap(@Nullable EventKind kind) {
    return kind == EventKind.H_PUT_TCE || kind == EventKind.H_PUT_TCE_INDIRECT;
  }

  @Override
  public int interests() {
    return Signal.RECORD;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    long status = event.status();
    boolean ignored =
        !state.rules().showsTables()
            && isFailedMap(event)
            && status != HcallStatus.H_NOT_ENOUGH_RESOURCES
            && status != HcallStatus.H_TOO_HARD;
    if (!ignored) {
      return;
    }
    boolean named = event.has(Event.LIOBN);
    DmaWindow window = named ? state.window(event.liobn()) : DmaWindow.NONE;
    long guestTable = event.has(Event.GUEST_TABLE) ? event.guestTable() : 0;
    Table table = new Table(named, named ? event.liobn() : guestTable, removal(window));
    Failures failures = tables.get(table);
    if (failures == null) {
      if (tables.size() == MOST_TABLES) {
        return;
      }
      failures = new Failures(event, window, boots);
      tables.put(table, failures);
    }
    failures.last = event.ordinal();
    failures.logged += event.has(Event.WITNESS) ? 1 : 0;
    failures.traced += event.has(Event.WITNESS) ? 0 : 1;
  }

  private static long removal(DmaWindow window) {
    return window == DmaWindow.NONE || window.isOpen() ? 0 : window.closedBy();
  }

  /** Where the log names tables by their LIOBN, a tracer's calls on unnamed ones are the same. */
  @Override
  public void end(IommuState state, Findings findings, Past past) {
    List<Table> unnamed = tables.keySet().stream().filter(table -> !table.named()).toList();
    boolean named = unnamed.size() < tables.size();
    if (unnamed.size() == 1 && tables.size() == 2) {
      long traced = failures(unnamed.getFirst()).traced;
      tables.values().forEach(failures -> failures.traced = Math.max(failures.traced, traced));
    }
    tables.values().forEach(failures -> failures.isWhole &= !state.isLossy());
    tables.forEach(
        (table, failures) -> {
          if (table.named() || !named) {
            report(table, failures, findings);
            failures.boot.ifPresent(boot -> ghost(table, failures, boot, findings));
          }
        });
  }

  private Failures failures(Table table) {
    return Objects.requireNonNull(tables.get(table));
  }

  private static void report(Table table, Failures failures, Findings findings) {
    boolean gone = table.removedBy() > 0;
    describe(findings.report(Rule.PUT_FAILURE_IGNORED, failures.first), table, failures)
        .severity(gone ? Severity.CRITICAL : Severity.ERROR)
        .atMost(confidence(table))
        .evidence(failures.first, "is the first map that fails")
        .message(maps(failures) + where(table) + "; drivers were told they succeeded");
  }

  /** A kernel that booted after the removal takes the device tree's word for the window. */
  private static void ghost(Table table, Failures failures, long boot, Findings findings) {
    Rule rule =
        failures.byCrashKernel ? Rule.KDUMP_UNINITIALISED_TABLE : Rule.KEXEC_GHOST_DEFAULT_WINDOW;
    describe(findings.report(rule, failures.first), table, failures)
        .atMost(Confidence.INFERRED)
        .data("boot", boot)
        .evidence(boot, "is a boot")
        .evidence(failures.first, "is the first map on the window that is gone")
        .message(
            maps(failures)
                + "of a newly booted kernel on default window {liobn}, which the kernel before it"
                + " removed");
  }

  /** The kernel limits how often it complains; a tracer that lost nothing saw every call. */
  private static String maps(Failures failures) {
    boolean all = failures.isWhole && failures.traced > 0 && failures.traced >= failures.logged;
    String atLeast = all ? "" : "At least ";
    return atLeast + "{operations} {operations:map|maps} ";
  }

  private static Draft describe(Draft draft, Table table, Failures failures) {
    draft
        .data("operations", Math.max(failures.logged, failures.traced))
        .data("lastEvent", failures.last);
    if (table.named()) {
      draft.liobn(table.number(), failures.generation);
    } else if (table.number() != 0) {
      draft.address("guestTable", table.number());
    }
    if (failures.hasIoba) {
      draft.ioba(failures.ioba);
    }
    if (table.removedBy() > 0) {
      draft
          .data("removedBy", table.removedBy())
          .evidence(table.removedBy(), "took the window away");
    }
    return draft;
  }

  private static String where(Table table) {
    if (table.removedBy() > 0) {
      return "failed because window {liobn} is gone";
    }
    if (table.named()) {
      return "on {liobn} failed";
    }
    return table.number() == 0 ? "failed" : "on the guest's table at {guestTable} failed";
  }

  /** A list that fills a 1:1 window may fail too, and there Linux looks. */
  private static Confidence confidence(Table table) {
    if (table.removedBy() > 0) {
      return Confidence.CERTAIN;
    }
    return table.number() == 0 ? Confidence.LOW : Confidence.INFERRED;
  }
}
