package io.tcescope.cli.untrusted;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tries, in a child, what code that broke out of the script's sandbox would try. */
final class Prisoner {
  private interface Attempt {
    Object make() throws IOException;
  }

  private Prisoner() {}

  /** Arguments: what to try, and with what. */
  public static void main(String[] arguments) throws Exception {
    List<String> with = List.of(arguments);
    switch (with.getFirst()) {
      case "look" -> look(with.get(1), with.get(2), Integer.parseInt(with.get(3)));
      case "options" ->
          ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(System.out::println);
      case "wait" -> Thread.sleep(Long.parseLong(with.get(1)));
      case "work" -> {
        for (long i = 0; i >= 0; i++) {
          Thread.onSpinWait();
        }
      }
      case "shout" -> {
        while (!System.out.checkError()) {
          System.out.println("x".repeat(1 << 16));
        }
      }
      case "hoard" -> System.out.println(new long[1 << 28].length);
      default -> throw new IllegalArgumentException(with.getFirst());
    }
  }

  private static void look(String own, String secret, int port) {
    say("environment", Prisoner::environment);
    say("own", () -> Files.readString(Path.of(own)).strip());
    say("secret", () -> Files.readString(Path.of(secret)).strip());
    say("passwords", () -> Files.size(Path.of("/etc/passwd")) > 0);
    say("write", () -> Files.writeString(Path.of(own), "changed"));
    say("descriptors", Prisoner::descriptors);
    say(
        "network",
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          }
        });
  }

  /** What it was given; the walls add the folder it starts in. */
  private static List<String> environment() {
    return System.getenv().keySet().stream().filter(name -> !name.equals("PWD")).sorted().toList();
  }

  private static void say(String what, Attempt attempt) {
    try {
      System.out.println(what + ": " + attempt.make());
    } catch (IOException e) {
      System.out.println(what + ": refused");
    }
  }

  /** Open files beside the three pipes and the JDK's own. */
  private static List<String> descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(one -> Integer.parseInt(one.getFileName().toString()) > 2)
          .flatMap(Prisoner::target)
          .filter(target -> !target.startsWith(System.getProperty("java.home")))
          .filter(target -> !System.getProperty("java.class.path").contains(target))
          .filter(target -> !target.matches("/dev/u?random|/proc/.*"))
          .sorted()
          .toList();
    }
  }

  private static Stream<String> target(Path descriptor) {
    try {
      return Stream.of(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) {
      return Stream.empty(); // the one that lists them
    }
  }
}
