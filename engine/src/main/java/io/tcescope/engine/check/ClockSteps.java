package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Watches the times of each file by itself: a clock that was set back, or a file that was put
 * together from others. It sees every event, so it costs a comparison each.
 */
final class ClockSteps {
  /** What the times of one file have done. */
  private static final class Course {
    long latest = Event.NO_TIME;
    long steps;
    long first;
    long longest;
    long longestAt;

    void stepBack(Event event) {
      long step = latest - event.time();
      latest = event.time();
      if (event.time() == 0) {
        return; // a kernel that boots: its clock begins anew
      }
      first = steps++ == 0 ? event.ordinal() : first;
      if (step > longest) {
        longest = step;
        longestAt = event.ordinal();
      }
    }
  }

  private final List<Course> courses = new ArrayList<>();

  /** Of the file that the last event was from. */
  private Course course = new Course();

  private int file = -1;

  void note(Event event) {
    if (event.file() != file) {
      turnTo(event.file());
    }
    long time = event.time();
    if (time >= course.latest) {
      course.latest = time;
    } else if (time != Event.NO_TIME && course.latest - time > Trace.JITTER) {
      course.stepBack(event);
    }
  }

  private void turnTo(int next) {
    while (courses.size() <= next) {
      courses.add(new Course());
    }
    course = courses.get(next);
    file = next;
  }

  /** Reports each file whose times step back. */
  void end(Findings findings) {
    for (Course course : courses) {
      if (course.steps > 0) {
        findings
            .report(Rule.CLOCK_DISORDER, course.first)
            .data("steps", course.steps)
            .data("longest", String.format(Locale.ROOT, "%.6f s", course.longest / 1e9))
            .message(
                "Times step back {steps} {steps:time|times} in one file, by {longest} at most:"
                    + " what is told before and after may be in another order, or told twice")
            .evidence(course.first, "is earlier than records before it")
            .evidence(
                course.longestAt == course.first ? 0 : course.longestAt, "is the furthest back");
      }
    }
  }
}
