package io.tcescope.cli.input;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which windows a command shows. */
@Command
public final class WindowOption {
  private static final int NAMED = 8;

  @Option(
      names = "--liobn",
      paramLabel = "L",
      converter = WindowName.Parser.class,
      description = "Only windows of this LIOBN, or only one of them: 0x80000100#2.")
  private @Nullable WindowName name;

  /** True if not all windows are wanted. */
  public boolean isGiven() {
    return name != null;
  }

  /** True if that window is wanted. */
  public boolean admits(WindowName window) {
    return name == null || name.names(window);
  }

  /** What to say if none of the windows there are is the one that was asked for. */
  public Optional<String> miss(List<WindowName> windows) {
    WindowName wanted = name;
    if (wanted == null || windows.stream().anyMatch(wanted::names)) {
      return Optional.empty();
    }
    String there =
        windows.isEmpty()
            ? "there is none at all"
            : "there are "
                + windows.stream()
                    .limit(NAMED)
                    .map(WindowName::toString)
                    .collect(Collectors.joining(", "))
                + (windows.size() > NAMED ? " and " + (windows.size() - NAMED) + " more" : "");
    return Optional.of(
        "--liobn " + wanted + ": no such window here" + hint(wanted, windows) + "; " + there);
  }

  /** A kernel writes LIOBNs in hex without 0x. */
  private static String hint(WindowName wanted, List<WindowName> windows) {
    String digits = Long.toUnsignedString(wanted.liobn());
    return windows.stream()
        .filter(window -> Long.toHexString(window.liobn()).equals(digits))
        .findFirst()
        .map(meant -> " (" + digits + " is decimal; did you mean 0x" + digits + "?)")
        .orElse("");
  }
}
