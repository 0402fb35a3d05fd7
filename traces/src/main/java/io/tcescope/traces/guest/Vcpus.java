package io.tcescope.traces.guest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which host threads are virtual processors, by their numbers. A processor that is unplugged and
 * plugged again is another thread from then on; one that is two threads by turns is one processor
 * each of two machines.
 */
final class Vcpus {
  private record Vcpu(long number, long thread) {}

  private final Map<Long, Long> threads;
  private final Set<Vcpu> left;
  private String proof;

  Vcpus() {
    this(Map.of(), Set.of(), "");
  }

  private Vcpus(Map<Long, Long> threads, Set<Vcpu> left, String proof) {
    this.threads = new HashMap<>(threads);
    this.left = new HashSet<>(left);
    this.proof = proof;
  }

  Vcpus copy() {
    return new Vcpus(threads, left, proof);
  }

  /** The processor of that number runs on that thread now. */
  void runs(long number, long thread) {
    Long before = threads.put(number, thread);
    if (before == null || before == thread) {
      return;
    }
    left.add(new Vcpu(number, before));
    if (proof.isEmpty() && left.contains(new Vcpu(number, thread))) {
      proof = "VCPU " + number + " is thread " + thread + " and thread " + before + " by turns";
    }
  }

  /** What proves that there are several machines, empty if nothing does. */
  String proofOfSeveral() {
    return proof;
  }
}
