package io.tcescope.queries.story;

import java.util.List;

/** What happened to one bridge, one VIO window, or the machine as a whole, in this order. */
public record Chapter(String subject, List<Step> steps) {
  public Chapter {
    steps = List.copyOf(steps);
  }
}
