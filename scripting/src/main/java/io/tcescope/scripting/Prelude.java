package io.tcescope.scripting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Source;

/** The JavaScript half of the API, which comes with the program. */
final class Prelude {
  /** Where the three modules find the API while they are loaded; gone before a script runs. */
  static final String HANDOVER = "__tcescope";

  private static final String FOLDER = "prelude/";

  /**
   * Kept, for an engine knows what it has parsed and compiled by its source, and forgets both when
   * nobody holds the source any more.
   */
  private static final Map<String, Source> PARTS = new ConcurrentHashMap<>();

  private static final Map<String, String> MODULES =
      Map.of(
          "tcescope",
          "const {defineRule} = globalThis." + HANDOVER + ";\nexport {defineRule};\n",
          "tcescope/test",
          "const {ruleTester} = globalThis." + HANDOVER + ";\nexport {ruleTester};\n",
          "tcescope/script",
          "const {trace, args, hex, console} = globalThis."
              + HANDOVER
              + ";\nexport {trace, args, hex, console};\n");

  private Prelude() {}

  /** Modules by the name scripts import them with. */
  static Map<String, String> modules() {
    return MODULES;
  }

  /** Imports all modules, so that they are there before a script can look. */
  static Source modulesLoader() {
    return PARTS.computeIfAbsent("modules.mjs", Prelude::importAll);
  }

  private static Source importAll(String name) {
    String text =
        MODULES.keySet().stream()
            .sorted()
            .map(module -> "import \"" + module + "\";\n")
            .collect(Collectors.joining());
    return Source.newBuilder("js", text, name)
        .mimeType("application/javascript+module")
        .buildLiteral();
  }

  /** The parts of the prelude in the order they build on each other, each a function. */
  static List<Source> parts(boolean script) {
    return script
        ? List.of(
            part("strict"),
            part("events"),
            part("state"),
            part("schema"),
            part("rules"),
            part("console"),
            part("script"))
        : List.of(
            part("strict"),
            part("events"),
            part("state"),
            part("schema"),
            part("rules"),
            part("console"),
            part("tester"));
  }

  /** The way into Java. Not internal, so that errors on the way are the script's own. */
  static Source guard() {
    return PARTS.computeIfAbsent("guard", name -> read(name, false));
  }

  /** Takes away what differs between machines and moments; first of all. */
  static Source lockdown() {
    return part("lockdown");
  }

  private static Source part(String name) {
    return PARTS.computeIfAbsent(name, part -> read(part, true));
  }

  private static Source read(String name, boolean internal) {
    return Source.newBuilder("js", resource(FOLDER + name + ".js"), name + ".js")
        .internal(internal)
        .buildLiteral();
  }

  /** A text that comes with the program. */
  static String resource(String name) {
    try (InputStream in = Prelude.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its part " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
