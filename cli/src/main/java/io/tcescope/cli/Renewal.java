package io.tcescope.cli;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gives the classes of a library the version of this JVM. An AOT cache takes none from before Java
 * 6, and the command line's library has them for the sake of old users: read and verified at every
 * start they would cost a third of it.
 */
final class Renewal {
  private static final ClassFile FORMAT =
      ClassFile.of(
          ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(Renewal.class.getClassLoader())));

  /** Sets the version; the code is written anew, so that it gets the stack maps it needs now. */
  private static final ClassTransform RENEWED =
      ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
          .andThen(
              (builder, element) -> {
                if (element instanceof ClassFileVersion) {
                  builder.withVersion(ClassFile.JAVA_25_VERSION, 0);
                } else {
                  builder.with(element);
                }
              });

  private Renewal() {}

  /** Arguments: jars, which must be on the class path too. */
  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      URI uri = URI.create("jar:" + Path.of(jar).toUri());
      try (FileSystem files = FileSystems.newFileSystem(uri, Map.of())) {
        renewAll(files.getPath("/"));
      }
    }
  }

  private static void renewAll(Path root) throws IOException {
    List<Path> classes;
    try (Stream<Path> all = Files.walk(root)) {
      classes = all.filter(path -> path.toString().endsWith(".class")).toList();
    }
    for (Path file : classes) {
      Files.write(file, FORMAT.transformClass(FORMAT.parse(file), RENEWED));
    }
  }
}
