package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RTAS calls by name and by the words of their parameter block (LoPAR, "RTAS Call Definition"; DDW
 * calls: LoPAR "DDW Option"). Inputs and outputs are 32-bit words; the first output is the status.
 */
public final class RtasCalls {
  static final String READ_CONFIGURATION = "ibm,read-pci-config";
  static final String WRITE_CONFIGURATION = "ibm,write-pci-config";

  /** Tokens of the two that QEMU gives. They are no news by themselves, and stay without a name. */
  private static final long QEMU_READ_CONFIGURATION = 0x2016;

  private static final long QEMU_WRITE_CONFIGURATION = 0x2017;

  /** Tokens that QEMU gives; other platforms have their own, to be learnt from names. */
  private static final Map<Long, String> QEMU_TOKENS =
      Map.of(
          0x2026L, EventKind.QUERY_PE_DMA_WINDOW.call(),
          0x2027L, EventKind.CREATE_PE_DMA_WINDOW.call(),
          0x2028L, EventKind.REMOVE_PE_DMA_WINDOW.call(),
          0x2029L, EventKind.RESET_PE_DMA_WINDOW.call());

  private static final String UNNAMED = "rtas";

  /** Outputs of a query, status included, where the largest block is one word. */
  private static final int SHORT_QUERY_OUTPUTS = 4;

  /** A reset with one input more asks for limited addresses. */
  private static final int LIMITED_RESET_INPUTS = 4;

  private final Map<Long, String> tokens;

  RtasCalls() {
    tokens = new HashMap<>(QEMU_TOKENS);
  }

  private RtasCalls(Map<Long, String> tokens) {
    this.tokens = new HashMap<>(tokens);
  }

  RtasCalls copy() {
    return new RtasCalls(tokens);
  }

  /** The recording shows the token of a call beside its name. */
  void learn(long token, String name) {
    if (!name.equals(tokens.get(token))) {
      tokens.put(token, name);
    }
  }

  @Nullable String name(long token) {
    return tokens.get(token);
  }

  /** True if the call with that name, of which any may be asked, has so many inputs. */
  static boolean takes(@Nullable String name, long inputs) {
    EventKind kind = name == null ? null : EventKind.ofCall(name);
    return switch (kind) {
      case QUERY_PE_DMA_WINDOW -> inputs == 3;
      case CREATE_PE_DMA_WINDOW -> inputs == 5;
      case REMOVE_PE_DMA_WINDOW -> inputs == 1;
      case RESET_PE_DMA_WINDOW -> inputs == 3 || inputs == LIMITED_RESET_INPUTS;
      case null, default -> true;
    };
  }

  /** True if it has so many outputs behind its status. */
  static boolean gives(@Nullable String name, long outputs) {
    EventKind kind = name == null ? null : EventKind.ofCall(name);
    return switch (kind) {
      case QUERY_PE_DMA_WINDOW ->
          outputs == SHORT_QUERY_OUTPUTS || outputs == SHORT_QUERY_OUTPUTS + 1;
      case CREATE_PE_DMA_WINDOW -> outputs == 3;
      case REMOVE_PE_DMA_WINDOW, RESET_PE_DMA_WINDOW -> outputs == 0;
      case null, default -> true;
    };
  }

  /** Where the words of a call come from: one record holds them, or two. */
  interface Words {
    int count();

    long word(int index);
  }

  /**
   * Fills in a finished call.
   *
   * @param name null if only the token is known
   * @param outputs those behind the status; none if the recording has only the status
   */
  void fill(Event event, @Nullable String name, OpenCall inputs, long status, Words outputs) {
    if (name == null || name.isEmpty()) {
      event.is(EventKind.RTAS, UNNAMED, 0).withStatus(status);
      if (inputs.token == QEMU_READ_CONFIGURATION || inputs.token == QEMU_WRITE_CONFIGURATION) {
        bridge(event, inputs);
      }
      return;
    }
    EventKind kind = EventKind.ofCall(name);
    if (kind == null || kind.group() != EventKind.Group.DDW) {
      OtherRtasCalls.fill(event, name, inputs, status);
      return;
    }
    boolean tellsSubject = kind != EventKind.REMOVE_PE_DMA_WINDOW || inputs.wordCount > 0;
    event.is(tellsSubject ? kind : EventKind.RTAS, kind.call(), 0).withStatus(status);
    switch (event.kind()) {
      case QUERY_PE_DMA_WINDOW -> query(event, inputs, outputs);
      case CREATE_PE_DMA_WINDOW -> create(event, inputs, outputs);
      case REMOVE_PE_DMA_WINDOW -> event.withLiobn(inputs.words[0]);
      case RTAS -> {}
      default -> {
        bridge(event, inputs);
        if (inputs.wordCount >= LIMITED_RESET_INPUTS) {
          event.withId(inputs.words[LIMITED_RESET_INPUTS - 1]);
        }
      }
    }
  }

  static void bridge(Event event, OpenCall inputs) {
    if (inputs.wordCount >= 3) {
      event.withConfigAddress(inputs.words[0]).withBuid(inputs.words[1] << 32 | inputs.words[2]);
    }
  }

  private static void query(Event event, OpenCall inputs, Words outputs) {
    bridge(event, inputs);
    if (!event.succeeded() || outputs.count() < SHORT_QUERY_OUTPUTS) {
      return;
    }
    boolean isShort = outputs.count() == SHORT_QUERY_OUTPUTS;
    event
        .withAvailable(outputs.word(0))
        .withLargestBlock(isShort ? outputs.word(1) : outputs.word(1) << 32 | outputs.word(2))
        .withPageMask(outputs.word(isShort ? 2 : 3));
  }

  private static void create(Event event, OpenCall inputs, Words outputs) {
    bridge(event, inputs);
    if (inputs.wordCount >= 5) {
      askedFor(event, inputs.words[3], inputs.words[4]);
    }
    if (event.succeeded() && outputs.count() >= 3) {
      event.withLiobn(outputs.word(0)).withStart(outputs.word(1) << 32 | outputs.word(2));
    }
  }

  /**
   * Page and window size of a create, both as logarithms in the call; a window smaller than its
   * page has no entry. What is no shift was not asked for by a kernel in good health.
   */
  public static void askedFor(Event event, long pageShift, long windowShift) {
    if (pageShift < 0 || windowShift < 0 || pageShift >= Long.SIZE || windowShift >= Long.SIZE) {
      return;
    }
    event
        .withPageShift(pageShift)
        .withSize(1L << windowShift)
        .withEntries(windowShift < pageShift ? 0 : 1L << (windowShift - pageShift));
  }
}
