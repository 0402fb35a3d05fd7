package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Opcodes;
import io.tcescope.traces.format.Unreadable;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls of which a record that is not whole was the end: they were made all the same, so what they
 * changed is lost. Where a whole record would not have told more than that some call was made, a
 * damaged one takes nothing away.
 */
final class LostCalls {
  private LostCalls() {}

  /** Says so of a hypervisor call's end, as far as the function that made it tells of what. */
  static void hcall(GuestRecord record, OpenCalls calls, Event event) {
    long entered = calls.entered;
    calls.entered = OpenCalls.NO_CALL;
    OpenCall call = calls.top();
    EventKind ended = madeBy(call, record.get(Argument.OPCODE));
    EventKind kind = ended != null ? ended : madeBy(call, entered);
    if (call == null || kind == null) {
      CallJoiner.sign(record, event);
      return;
    }
    OptionalLong liobn = call.tellsLiobn ? OptionalLong.of(call.liobn) : OptionalLong.empty();
    boolean placed = call.tellsNumber() && call.tellsPageSize();
    long ioba = (call.number + call.done) << call.pageShift;
    fill(record, kind, liobn, placed ? OptionalLong.of(ioba) : OptionalLong.empty(), event);
  }

  private static @Nullable EventKind madeBy(@Nullable OpenCall call, long opcode) {
    EventKind kind = Opcodes.kind(opcode);
    return call != null && kind != null && call.function.makes(kind) ? kind : null;
  }

  /** The same of an RTAS call; only those on windows change anything. */
  static void rtas(GuestRecord record, @Nullable String name, Event event) {
    EventKind kind = name == null ? null : EventKind.ofCall(name);
    if (kind == null || kind.group() != EventKind.Group.DDW) {
      CallJoiner.sign(record, event);
      return;
    }
    fill(record, kind, OptionalLong.empty(), OptionalLong.empty(), event);
  }

  private static void fill(
      GuestRecord record, EventKind kind, OptionalLong liobn, OptionalLong ioba, Event event) {
    if (kind.changesTables()) {
      Unreadable.fill(event, kind, record.type().name(), liobn, ioba);
    } else {
      CallJoiner.sign(record, event);
    }
  }
}
