package io.tcescope.cli.input;

import io.tcescope.traces.bytes.SideFile;
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
  /** Names that recordings have, packed or not, and archives, which may hold one. */
  private static final Pattern NAME =
      Pattern.compile(
          "(.*[^a-z])?(k?trace|ftrace|simpletrace|dmesg)([^a-z].*)?"
              + "|.*\\.(log|dat)(\\.\\d+)?(\\.(gz|zst|xz))?"
              + "|.*\\.(tar(\\.(gz|zst|xz))?|tgz)");

  private static final Pattern PACKED_NAME = Pattern.compile(".*\\.(gz|zst|xz)");

  /** How gzip, zstd and xz begin. */
  private static final List<String> PACKED =
      List.of("\u001f\u008b", "(\u00b5/\u00fd", "\u00fd7zXZ\0");

  /** How trace.dat and simpletrace begin. */
  private static final List<String> BINARY = List.of("\u0017\bDtracing", "\u00ff".repeat(8));

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

  /** By its name or beginning, unpacked; so does what nobody may or can look into. */
  private boolean looksLikeRecording() {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      boolean packed = begins(start(Files.newInputStream(path)), PACKED);
      boolean damaged = PACKED_NAME.matcher(name).matches() && !packed;
      return NAME.matcher(name).matches()
          || damaged
          || beginsLikeRecording(start(SideFile.open(path)));
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean beginsLikeRecording(String start) {
    return begins(start, BINARY) || begins(start, PACKED) || ROW.matcher(start).find();
  }

  private static boolean begins(String start, List<String> magic) {
    return magic.stream().anyMatch(start::startsWith);
  }

  private static String start(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readNBytes(LOOK_AT), StandardCharsets.ISO_8859_1);
    }
  }
}
