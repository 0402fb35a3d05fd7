package io.tcescope.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file to try.
 *
 * @param isNamed it stands on the command line itself, so it is a fault if it is no recording; a
 *     folder may hold other files too
 */
public record TraceFile(Path path, boolean isNamed) {
  /** Names that recordings have, and packed files, which may hold one. */
  private static final Pattern NAME =
      Pattern.compile(
          "(.*[^a-z])?(k?trace|ftrace|simpletrace|dmesg)([^a-z].*)?"
              + "|.*\\.(log|dat|gz|zst|xz|tar|tgz)(\\.\\d+)?");

  /** How trace.dat, simpletrace, gzip, zstd and xz begin. */
  private static final List<String> MAGIC =
      List.of(
          "\u0017\bDtracing", "\u00ff".repeat(8), "\u001f\u008b", "(\u00b5/\u00fd", "\u00fd7zXZ\0");

  /** A row of the neutral CSV, whose header may be damaged or gone. */
  private static final Pattern ROW = Pattern.compile("[,\\n]H_(GET|PUT|STUFF)_TCE\\w*,");

  private static final int LOOK_AT = 1 << 14;

  /** What it is if it could not be read as a recording. */
  public LeftOut leftOut(String reason) {
    LeftOut.Kind kind = LeftOut.Kind.NAMED;
    if (!isNamed) {
      kind = looksLikeRecording() ? LeftOut.Kind.SUSPECT : LeftOut.Kind.OTHER;
    }
    return new LeftOut(path.toString(), reason, kind);
  }

  /** By its name or beginning; so does what nobody may look into. */
  private boolean looksLikeRecording() {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return NAME.matcher(name).matches() || beginsLikeRecording();
  }

  private boolean beginsLikeRecording() {
    try (InputStream stream = Files.newInputStream(path)) {
      String start = new String(stream.readNBytes(LOOK_AT), StandardCharsets.ISO_8859_1);
      return MAGIC.stream().anyMatch(start::startsWith) || ROW.matcher(start).find();
    } catch (IOException e) {
      return true;
    }
  }
}
