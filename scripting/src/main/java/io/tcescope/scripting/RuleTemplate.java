package io.tcescope.scripting;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a new rule, its test, and what an editor needs to complete the API's names. */
public final class RuleTemplate {
  private static final String TYPES = "tcescope.d.ts";
  private static final String PROJECT = "jsconfig.json";

  private RuleTemplate() {}

  /** The API as TypeScript declarations. */
  public static String types() {
    return Prelude.resource(TYPES);
  }

  /**
   * Writes the files for a rule of that id into a folder; the answer is what was written.
   *
   * @throws IllegalArgumentException if the id is not words in lower case joined by hyphens
   * @throws FileAlreadyExistsException if there is a rule of that name
   */
  public static List<Path> write(Path folder, String id) throws IOException {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "a rule's name is words in lower case joined by hyphens, not " + id);
    }
    Files.createDirectories(folder);
    Path rule = folder.resolve(id + ".js");
    Path test = folder.resolve(id + ".test.js");
    for (Path file : List.of(rule, test)) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    Files.writeString(rule, Prelude.resource("template/rule.js").replace("my-rule", id));
    Files.writeString(test, Prelude.resource("template/rule.test.js").replace("my-rule", id));
    Path types = Files.writeString(folder.resolve(TYPES), types());
    Path project = folder.resolve(PROJECT);
    if (!Files.exists(project)) {
      Files.writeString(project, Prelude.resource("template/" + PROJECT));
    }
    return List.of(rule, test, types, project);
  }
}
