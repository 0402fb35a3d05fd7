package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * Records of RTAS calls. A call can be in several: the probe of {@code rtas_call}, the trace points
 * with its name, those with its parameter block. The record that tells most is the call, and is the
 * only one.
 */
final class RtasRecords {
  /** In place of the name of a call whose record could not be read. */
  private static final String UNREADABLE = "";

  private static final Argument[] ARGUMENTS = {
    Argument.A0, Argument.A1, Argument.A2, Argument.A3, Argument.A4
  };

  private static final RtasCalls.Words NO_OUTPUTS =
      new RtasCalls.Words() {
        @Override
        public int count() {
          return 0;
        }

        @Override
        public long word(int index) {
          return 0;
        }
      };

  private final RtasCalls rtas;
  private final GuestTables tables;

  RtasRecords(RtasCalls rtas, GuestTables tables) {
    this.rtas = rtas;
    this.tables = tables;
  }

  RtasCalls calls() {
    return rtas;
  }

  /** {@code rtas_input}: a call by name, with its inputs. */
  void input(GuestRecord record, OpenCalls calls, Event event) {
    CallJoiner.sign(record, event);
    if (!RtasCalls.takes(record.subject(), record.wordCount())) {
      record.makeUnreadable();
      unreadableInput(calls);
      return;
    }
    OpenCall outer = calls.top();
    if (outer != null && outer.function == GuestFunction.RTAS_CALL) {
      outer.told = true;
    }
    OpenCall call = calls.push();
    call.enterRtas(record.subject(), 0, record.wordCount());
    for (int i = 0; i < record.wordCount(); i++) {
      call.addWord(record.word(i));
    }
  }

  /** The name of the call that a damaged record may be the end of; null if nothing tells it. */
  @Nullable String nameOf(GuestRecord end, OpenCalls calls) {
    GuestFunction function = end.type().function();
    OpenCall call = calls.find(GuestFunction.RTAS_CALL);
    boolean isEnd = function == GuestFunction.OTHER || function == GuestFunction.RTAS_CALL;
    if (call == null || call.told || !isEnd || UNREADABLE.equals(call.rtas)) {
      return end.subject();
    }
    return call.rtas != null ? call.rtas : rtas.name(call.token);
  }

  /** A call was entered that another record will name; its inputs are not known. */
  static void unreadableInput(OpenCalls calls) {
    calls.push().enterRtas(UNREADABLE, 0, 0);
  }

  /** {@code rtas_output}: the same call's end. */
  void output(GuestRecord record, OpenCalls calls, Event event) {
    OpenCall call = calls.pop(GuestFunction.RTAS_CALL);
    String entered = call == null || call.rtas == null ? UNREADABLE : call.rtas;
    boolean isAnother = !entered.equals(UNREADABLE) && !entered.equals(record.subject());
    if (isAnother || !RtasCalls.gives(record.subject(), record.wordCount())) {
      record.makeUnreadable();
      LostCalls.rtas(record, record.subject(), event);
      return;
    }
    if (call == null || call.rtas == null) {
      call = calls.push();
      call.enterRtas(record.subject(), 0, 0);
      calls.popTop();
    }
    long status = record.get(Argument.RESULT);
    rtas.fill(event, record.subject(), call, status, new RecordWords(record, 0));
    opened(event, calls);
  }

  /** The raw parameter block; it tells the call only where no record names it. */
  void block(GuestRecord record, OpenCalls calls, Event event) {
    OpenCall named = calls.find(GuestFunction.RTAS_CALL);
    if (!isWhole(record)) {
      record.makeUnreadable();
      boolean toldElsewhere = named != null && named.rtas != null;
      LostCalls.rtas(record, toldElsewhere ? null : rtas.name(record.get(Argument.TOKEN)), event);
      return;
    }
    long token = record.get(Argument.TOKEN);
    if (named != null && named.rtas != null) {
      if (!named.rtas.equals(UNREADABLE)) {
        rtas.learn(token, named.rtas);
      }
      CallJoiner.sign(record, event);
      return;
    }
    if (named != null) {
      named.told = true;
    }
    int inputs = Math.clamp(record.get(Argument.INPUTS), 0, record.wordCount());
    OpenCall call = calls.push();
    call.enterRtas(null, token, inputs);
    for (int i = 0; i < inputs; i++) {
      call.addWord(record.word(i));
    }
    calls.popTop();
    long status = (int) record.word(inputs);
    rtas.fill(event, rtas.name(token), call, status, new RecordWords(record, inputs + 1));
    opened(event, calls);
  }

  /** True if the block has all words that its counts tell of, the status among them. */
  private boolean isWhole(GuestRecord record) {
    long inputs = record.get(Argument.INPUTS);
    long outputs = record.get(Argument.OUTPUTS);
    String name = rtas.name(record.get(Argument.TOKEN));
    return outputs > 0
        && inputs >= 0
        && inputs + outputs <= record.wordCount()
        && RtasCalls.takes(name, inputs)
        && RtasCalls.gives(name, outputs - 1);
  }

  /** Outputs in a record's words, from {@code from} on. */
  private record RecordWords(GuestRecord record, int from) implements RtasCalls.Words {
    @Override
    public int count() {
      long outputs = record.get(Argument.OUTPUTS);
      int there = record.wordCount() - from;
      return record.has(Argument.OUTPUTS) ? (int) Math.min(there, outputs - 1) : there;
    }

    @Override
    public long word(int index) {
      return record.word(from + index);
    }
  }

  private void opened(Event event, OpenCalls calls) {
    if (event.kind() == EventKind.CREATE_PE_DMA_WINDOW && event.succeeded()) {
      calls.askedShift = event.has(Event.PAGE_SHIFT) ? event.pageShift() : 0;
      calls.askedBuid = event.has(Event.BUID) ? event.buid() : 0;
      if (event.has(Event.LIOBN) && calls.askedShift > 0) {
        tables.created(event.liobn(), calls.askedShift);
      }
    }
  }

  /** The probe of {@code rtas_call}: token and the first inputs. */
  static void entered(GuestRecord record, OpenCalls calls) {
    OpenCall call = calls.push();
    int inputs = Math.clamp(record.get(Argument.INPUTS), 0, ARGUMENTS.length);
    call.enterRtas(null, record.get(Argument.TOKEN), inputs);
    for (int i = 0; i < inputs; i++) {
      Argument argument = ARGUMENTS[i];
      if (!record.has(argument)) {
        return;
      }
      call.addWord(Integer.toUnsignedLong((int) record.get(argument)));
    }
  }

  /** {@code rtas_call} returned; outputs are not in a probe. */
  void returned(GuestRecord record, OpenCall call, OpenCalls calls, Event event) {
    if (!call.told && record.has(Argument.RESULT)) {
      rtas.fill(event, rtas.name(call.token), call, record.get(Argument.RESULT), NO_OUTPUTS);
      opened(event, calls);
    }
  }
}
