package io.tcescope.traces.fusion;

import io.tcescope.engine.event.HcallStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists that one recording holds whole and the main one in its last value, where the two records
 * cannot be of different calls: both recordings hold as many calls that look alike, and each is as
 * far down in them as the other; or it would make no difference, because all their lists are the
 * same.
 */
final class ListTwins {
  /** Calls that look alike: the same operation, with the same last value. */
  private record Look(long key, long last) {}

  private static final class Alike {
    int here;
    int there;
    boolean oneList = true;
    long @Nullable [] list;
  }

  private final Survey here;
  private final Calls there;
  private final Map<Look, Alike> looks = new HashMap<>();

  /** How many calls before it look like each call. */
  private final int[] ranksHere;

  private final int[] ranksThere;

  ListTwins(Survey here, Calls there) {
    this.here = here;
    this.there = there;
    ranksHere = new int[here.calls.size];
    ranksThere = new int[there.size];
    for (int i = 0; i < ranksHere.length; i++) {
      long[] list = here.lists.get(here.calls.ordinal[i]);
      if (list != null) {
        Alike alike = alike(here.calls, i);
        ranksHere[i] = alike.here++;
        alike.oneList &= alike.list == null || Arrays.equals(alike.list, list);
        alike.list = list;
      }
    }
    for (int i = 0; i < ranksThere.length && !looks.isEmpty(); i++) {
      if (there.is(i, Calls.LAST_ONLY) && there.status[i] == HcallStatus.H_SUCCESS) {
        ranksThere[i] = alike(there, i).there++;
      }
    }
  }

  private Alike alike(Calls calls, int call) {
    return looks.computeIfAbsent(new Look(calls.key[call], calls.value[call]), k -> new Alike());
  }

  /**
   * The list of a call that is taken for one of the main recording's, null if none is sure.
   *
   * @param timed the two were paired by their times
   */
  long @Nullable [] list(int call, int twin, boolean timed) {
    long[] list = here.lists.get(here.calls.ordinal[call]);
    boolean last = there.is(twin, Calls.LAST_ONLY) && there.status[twin] == HcallStatus.H_SUCCESS;
    if (list == null || !last || here.calls.value[call] != there.value[twin]) {
      return null;
    }
    Alike alike = alike(here.calls, call);
    boolean sameRank = alike.here == alike.there && ranksHere[call] == ranksThere[twin];
    return sameRank || (timed && alike.oneList) ? list : null;
  }
}
