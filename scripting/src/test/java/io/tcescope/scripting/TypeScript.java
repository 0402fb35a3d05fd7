package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The TypeScript compiler, run by Node.js; where that is not installed, a test is skipped. */
final class TypeScript {
  private static final String JAR = "META-INF/resources/webjars/typescript/";

  private final Path compiler;
  private final Path folder;

  private TypeScript(Path compiler, Path folder) {
    this.compiler = compiler;
    this.folder = folder;
  }

  /** Unpacks the compiler below a folder, for the files of that folder. */
  static TypeScript in(Path folder) throws Exception {
    assumeTrue(hasNode(), "Node.js is not installed: types are not checked");
    TypeScript made = new TypeScript(Files.createDirectories(folder.resolve(".compiler")), folder);
    URL any = TypeScript.class.getClassLoader().getResource(JAR);
    assertThat(any).isNotNull();
    if (any != null && any.openConnection() instanceof JarURLConnection connection) {
      made.unpack(connection.getJarFile());
    }
    return made;
  }

  private void unpack(JarFile jar) throws IOException {
    for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
      JarEntry entry = entries.nextElement();
      String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
      if (name.matches("(_?tsc|typescript)\\.js|lib\\..*\\.d\\.ts|package\\.json")) {
        try (InputStream in = jar.getInputStream(entry)) {
          Files.write(compiler.resolve(name), in.readAllBytes());
        }
      }
    }
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What a script says that is given the compiler's library. */
  String script(String name) throws IOException {
    return node(name, compiler.resolve("typescript.js").toString());
  }

  private String node(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    Process node =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** What the compiler has to say against the folder's project, nothing if all is well. */
  String compile() throws IOException {
    return node(compiler.resolve("tsc.js").toString(), "-p", "jsconfig.json");
  }
}
