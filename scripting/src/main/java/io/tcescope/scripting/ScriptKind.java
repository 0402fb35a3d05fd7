package io.tcescope.scripting;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.event.Trace;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of event that rules have handlers for: the calls, and what follows from them. */
enum ScriptKind {
  TCE_PUT("tce.put"),
  TCE_INDIRECT("tce.indirect"),
  TCE_STUFF("tce.stuff"),
  TCE_GET("tce.get"),
  DDW_QUERY("ddw.query"),
  DDW_CREATE("ddw.create"),
  DDW_REMOVE("ddw.remove"),
  DDW_RESET("ddw.reset"),
  /** Any look-up of a device. */
  DMA_ACCESS("dma.access"),
  /** A look-up that found no permission. */
  DMA_FAULT("dma.fault"),
  EEH_FREEZE("eeh.freeze"),
  ALLOC_FAILED("alloc.failed"),
  MACHINE_RESET("machine.reset"),
  LOG("log"),
  /** A record of any other kind. */
  OTHER("other"),
  TRACE_GAP("trace.gap"),
  WINDOW_OPENED("window.opened"),
  WINDOW_CLOSED("window.closed"),
  SWEEP("sweep"),
  ALLOC_MADE("alloc.made"),
  ALLOC_GROWN("alloc.grown"),
  ALLOC_FREED("alloc.freed"),
  ALLOC_LEAKED("alloc.leaked"),
  TRACE_END("trace.end");

  private final String label;

  ScriptKind(String label) {
    this.label = label;
  }

  /** The number by which the prelude knows it: its place in {@link #labels}. */
  @SuppressWarnings("EnumOrdinal")
  int code() {
    return ordinal();
  }

  /** The name in scripts. */
  String label() {
    return label;
  }

  /** Frequent enough to be handed over many at a time. */
  boolean isFrequent() {
    return compareTo(TCE_GET) <= 0 || this == DMA_ACCESS;
  }

  static Optional<ScriptKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  /** All names, in the order of their codes. */
  static String labels() {
    return Arrays.stream(values()).map(ScriptKind::label).collect(Collectors.joining(" "));
  }

  /** What a record itself is. */
  static ScriptKind of(Event event) {
    return of(event.kind());
  }

  /** What records of that kind are. */
  static ScriptKind of(EventKind kind) {
    return switch (kind) {
      case H_PUT_TCE -> TCE_PUT;
      case H_PUT_TCE_INDIRECT -> TCE_INDIRECT;
      case H_STUFF_TCE -> TCE_STUFF;
      case H_GET_TCE -> TCE_GET;
      case QUERY_PE_DMA_WINDOW -> DDW_QUERY;
      case CREATE_PE_DMA_WINDOW -> DDW_CREATE;
      case REMOVE_PE_DMA_WINDOW -> DDW_REMOVE;
      case RESET_PE_DMA_WINDOW -> DDW_RESET;
      case DMA -> DMA_ACCESS;
      case EEH -> EEH_FREEZE;
      case ALLOC_FAILED -> ALLOC_FAILED;
      case MACHINE_RESET -> MACHINE_RESET;
      case LOST -> TRACE_GAP;
      case LOG -> LOG;
      default -> OTHER; // tables, guest functions, connectors: for the replay, not for rules
    };
  }

  /** True for a look-up without any permission. */
  static boolean isFault(Event event) {
    return event.kind() == EventKind.DMA
        && event.has(Event.PERMISSION)
        && (event.permission() & (Tce.READ | Tce.WRITE)) == 0;
  }

  /** Why records of this kind are not to be had from a recorder, null if they are. */
  @Nullable String missingIn(Trace trace) {
    return switch (this) {
      case TCE_PUT, TCE_INDIRECT, TCE_STUFF, TCE_GET, DMA_ACCESS, DMA_FAULT, SWEEP ->
          trace.tellsTables() ? null : "the recorder does not see which entries a call changes";
      case EEH_FREEZE -> isQemuAlone(trace) ? "the recorder does not see EEH freezes" : null;
      case ALLOC_FAILED ->
          isQemuAlone(trace) ? "a failed allocation makes no call that the recorder sees" : null;
      case DDW_QUERY,
          DDW_CREATE,
          DDW_REMOVE,
          DDW_RESET,
          MACHINE_RESET,
          LOG,
          OTHER,
          TRACE_GAP,
          WINDOW_OPENED,
          WINDOW_CLOSED,
          ALLOC_MADE,
          ALLOC_GROWN,
          ALLOC_FREED,
          ALLOC_LEAKED,
          TRACE_END ->
          null;
    };
  }

  private static boolean isQemuAlone(Trace trace) {
    return trace.sources().stream().allMatch(SourceKind::isQemu);
  }
}
