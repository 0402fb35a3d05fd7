package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.format.UnreadableRecordingException;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kernel's messages in a form that spreads each over several lines, where events are told by
 * their line. It is refused with the words that make text of it.
 */
public final class SpreadLog implements Format {
  private static final int HEAD = 4096;

  private record Shape(Pattern begin, String advice) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(
              Pattern.compile("\\s*\\{\\s*\"dmesg\"\\s*:\\s*\\["),
              "is what dmesg --json writes: make lines of it, such as by"
                  + " jq -r '.dmesg[] | \"[\\(.time)] \\(.msg)\"'"),
          new Shape(
              Pattern.compile("\\s*\\{\\s*\\n\\s*\"(?:__CURSOR|MESSAGE|_[A-Z_]+)\"\\s*:"),
              "is what journalctl -o json-pretty writes: make lines of it, such as by jq -c ."),
          new Shape(
              Pattern.compile("__CURSOR=\\S+\\n[A-Z_]+[=\\n]"),
              "is what journalctl -o export writes: write it with -o json"));

  @Override
  public boolean recognises(MemorySegment bytes) {
    return shape(bytes).isPresent();
  }

  private static Optional<Shape> shape(MemorySegment bytes) {
    String head = Lines.text(bytes, 0, Math.min(bytes.byteSize(), HEAD), HEAD);
    return SHAPES.stream().filter(shape -> shape.begin().matcher(head).lookingAt()).findFirst();
  }

  @Override
  public Trace open(Recording recording) throws UnreadableRecordingException {
    throw new UnreadableRecordingException(shape(recording.bytes()).orElseThrow().advice());
  }
}
