package io.tcescope.traces.made;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Damages bytes as crashes, editors and disks do: the same way for the same seed. */
public final class Mutations {
  private Mutations() {}

  /**
   * A few random changes to the bytes; the first {@code spared} stay as they are. Something is
   * always left: an empty file is no recording.
   */
  public static byte[] of(byte[] bytes, int spared, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    byte[] mutated = bytes;
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes && mutated.length > spared + 1; i++) {
      byte[] more = mutate(mutated, spared, random);
      mutated = more.length == 0 ? mutated : more;
    }
    return mutated;
  }

  private static byte[] mutate(byte[] bytes, int spared, RandomGenerator random) {
    int at = spared + random.nextInt(bytes.length - spared);
    int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
    return switch (random.nextInt(6)) {
      case 0 -> overwrite(bytes, at, (byte) random.nextInt());
      case 1 -> overwrite(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 2 -> splice(bytes, at, at + length, new byte[0]);
      case 3 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      case 4 -> splice(bytes, at, at, randomBytes(length, random));
      default ->
          random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : overwrite(bytes, at, (byte) '\n');
    };
  }

  private static byte[] overwrite(byte[] bytes, int at, byte value) {
    byte[] copy = bytes.clone();
    copy[at] = value;
    return copy;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.write(between, 0, between.length);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  public static byte[] randomBytes(int length, RandomGenerator random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
