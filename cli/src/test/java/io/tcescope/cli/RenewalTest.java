package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RenewalTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everyClassHasTheVersionOfThisJvmAndPassesItsVerifier() throws Exception {
    URL library = CommandLine.class.getProtectionDomain().getCodeSource().getLocation();
    Path jar = Files.copy(Path.of(library.toURI()), folder.resolve("library.jar"));

    Renewal.main(new String[] {jar.toString()});

    ClassLoader alone = ClassLoader.getPlatformClassLoader();
    try (JarFile renewed = new JarFile(jar.toFile());
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, alone)) {
      for (JarEntry entry : renewed.stream().filter(e -> isClass(e.getName())).toList()) {
        byte[] bytes = renewed.getInputStream(entry).readAllBytes();
        assertThat(ClassFile.of().parse(bytes).majorVersion())
            .as(entry.getName())
            .isEqualTo(ClassFile.JAVA_25_VERSION);
        String name = entry.getName().replace('/', '.').replace(".class", "");
        if (!name.contains("Groovy") && !name.contains("module-info")) {
          Class.forName(name, true, loader);
        }
      }
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class");
  }
}
