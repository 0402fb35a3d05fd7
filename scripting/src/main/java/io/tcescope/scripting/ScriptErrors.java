package io.tcescope.scripting;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;

/**
 * Turns what goes wrong in a script into a {@link ScriptError} that names the script's own line.
 */
final class ScriptErrors {
  private static final int FRAMES_KEPT = 10;

  /** Before each mistake in the text of a syntax error. */
  private static final Pattern PLACE =
      Pattern.compile("(?:(?<=^SyntaxError: )|(?<=\\n))\\S[^\\n]*?:\\d+:\\d+ (?=[^\\n]*\\n)");

  private String script;
  private final Path folder;
  private final Limits limits;
  private final Map<String, SourceSection> functions = new HashMap<>();

  ScriptErrors(String script, Path folder, Limits limits) {
    this.script = script;
    this.folder = folder;
    this.limits = limits;
  }

  /** The text of a module of the folder. */
  Source read(Path file) throws ScriptException {
    try {
      return Source.newBuilder("js", file.toRealPath().toFile())
          .mimeType("application/javascript+module")
          .build();
    } catch (NoSuchFileException e) {
      throw new ScriptException(plain("no such file: " + file));
    } catch (IOException e) {
      throw new ScriptException(plain("cannot be read: " + e.getMessage()));
    }
  }

  /** The script has told what it is called. */
  void rename(String name) {
    script = name;
  }

  /** A function of the script by its name in stack traces. */
  void function(String name, @Nullable SourceSection place) {
    if (isOwn(place) && place != null) {
      functions.put(name, place);
    }
  }

  /** An error of a file as a whole. */
  ScriptError at(Path file, String message) {
    return new ScriptError(script, relative(file.toAbsolutePath()), 1, 1, message, List.of());
  }

  ScriptError plain(String message) {
    return ScriptError.of(script, message);
  }

  ScriptError explain(PolyglotException e, @Nullable String verdict) {
    SourceSection place = place(e);
    String message = message(e, verdict);
    if (place == null) {
      return new ScriptError(script, "", 0, 0, message, stack(e));
    }
    return new ScriptError(
        script, file(place), place.getStartLine(), place.getStartColumn(), message, stack(e));
  }

  private String message(PolyglotException e, @Nullable String verdict) {
    if (verdict != null && (e.isCancelled() || e.isResourceExhausted())) {
      return verdict;
    }
    String text = String.valueOf(e.getMessage());
    if (e.isResourceExhausted()) {
      return text.contains("Statement")
          ? "stopped: one call executed more than " + limits.statements() + " statements"
          : "stopped: " + text;
    }
    if (e.isInternalError()) {
      return "the JavaScript engine failed: " + text;
    }
    return e.isSyntaxError() ? syntax(text) : text.replace(folder + "/", "");
  }

  /** The first mistake, without the engine's own place of it, whose columns count from 0. */
  private static String syntax(String text) {
    String[] mistakes = PLACE.split(text, 3);
    return mistakes.length < 2 ? text : mistakes[0] + mistakes[1].stripTrailing();
  }

  /** Where it happened: the innermost place in a file of the script's own. */
  private @Nullable SourceSection place(PolyglotException e) {
    for (PolyglotException.StackFrame frame : frames(e)) {
      if (frame.isGuestFrame() && isOwn(frame.getSourceLocation())) {
        return frame.getSourceLocation();
      }
    }
    SourceSection thrown = e.getSourceLocation();
    return isOwn(thrown) ? thrown : functionOf(e);
  }

  /** The engine does not place what some built-in operations throw; then the function it is. */
  private @Nullable SourceSection functionOf(PolyglotException e) {
    for (PolyglotException.StackFrame frame : frames(e)) {
      if (frame.isGuestFrame() && functions.containsKey(frame.getRootName())) {
        return functions.get(frame.getRootName());
      }
    }
    return null;
  }

  private static Iterable<PolyglotException.StackFrame> frames(PolyglotException e) {
    return e.getPolyglotStackTrace();
  }

  private boolean isOwn(@Nullable SourceSection section) {
    if (section == null || !section.isAvailable() || section.getSource().getPath() == null) {
      return false;
    }
    Path file = Path.of(section.getSource().getPath());
    return file.isAbsolute() && !Prelude.modules().containsKey(relative(file));
  }

  private String file(SourceSection section) {
    return relative(Path.of(section.getSource().getPath()));
  }

  private String relative(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }

  private List<String> stack(PolyglotException e) {
    List<String> lines = new ArrayList<>();
    for (PolyglotException.StackFrame frame : frames(e)) {
      SourceSection section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
      if (isOwn(section) && section != null && lines.size() < FRAMES_KEPT) {
        String place =
            file(section) + ":" + section.getStartLine() + ":" + section.getStartColumn();
        lines.add(frame.getRootName() + " (" + place + ")");
      }
    }
    return lines;
  }
}
