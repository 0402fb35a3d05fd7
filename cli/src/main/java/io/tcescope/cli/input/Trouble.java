package io.tcescope.cli.input;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Trouble in words; the names of exceptions tell users nothing. */
public final class Trouble {
  private Trouble() {}

  /** What is wrong, for behind the name of the file. */
  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "is there already";
      case NotDirectoryException _ -> "is no folder";
      case FileSystemException other -> Objects.requireNonNullElse(other.getReason(), "is in use");
      default -> Objects.requireNonNullElse(e.getMessage(), "cannot be read or written");
    };
  }

  /** The same with the name of the file, where the trouble tells one. */
  public static String named(IOException e) {
    return e instanceof FileSystemException trouble && trouble.getFile() != null
        ? trouble.getFile() + ": " + of(e)
        : of(e);
  }

  /** What to do about a heap that is too small. */
  public static String outOfMemory() {
    long limit = Runtime.getRuntime().maxMemory() >> 20;
    return "ran out of memory at " + limit + " MiB; TCESCOPE_JAVA_OPTS=-Xmx16g gives 16 GiB";
  }
}
