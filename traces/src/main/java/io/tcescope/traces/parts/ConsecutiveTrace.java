package io.tcescope.traces.parts;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import java.util.List;

/**
 * Consecutive parts of one run, such as rotated logs: lines begin anew in each file, ordinals go
 * on.
 */
final class ConsecutiveTrace extends JoinedTrace {
  /** Parts in order, all of one kind; this trace closes them. The remark may be empty. */
  ConsecutiveTrace(List<Part> parts, String remark) {
    super(parts, remark);
  }

  @Override
  public TraceReader read(long first) {
    int part = 0;
    long before = 0;
    while (part < parts.size() - 1 && first > before + parts.get(part).events()) {
      before += parts.get(part).events();
      part++;
    }
    return new Reader(part, before, first - before);
  }

  @Override
  public void remember(long ordinal, long line, int file, long offset) {
    int part = 0;
    long events = 0;
    int files = 0;
    while (file >= files + filesOf(part)) {
      files += filesOf(part);
      events += parts.get(part).events();
      part++;
    }
    parts.get(part).trace().remember(ordinal - events, line, file - files, offset);
  }

  private int filesOf(int part) {
    return parts.get(part).trace().files().size();
  }

  private int filesBefore(int part) {
    return parts.subList(0, part).stream().mapToInt(each -> each.trace().files().size()).sum();
  }

  private long bytesBefore(int part) {
    return parts.subList(0, part).stream().mapToLong(each -> each.trace().bytes()).sum();
  }

  /** Reads one part after the other. */
  private final class Reader implements TraceReader {
    private final TraceHealth finished = new TraceHealth();
    private int part;
    private int filesBefore;
    private long eventsBefore;
    private long bytesBefore;
    private TraceReader current;

    Reader(int part, long eventsBefore, long first) {
      this.part = part;
      this.filesBefore = filesBefore(part);
      this.eventsBefore = eventsBefore;
      this.bytesBefore = bytesBefore(part);
      this.current = parts.get(part).trace().read(first);
    }

    @Override
    public boolean next(Event event) {
      while (!current.next(event)) {
        if (isLast()) {
          return false;
        }
        beginNextPart();
      }
      return took(event);
    }

    @Override
    public boolean find(long ordinal, Event event) {
      while (!isLast() && ordinal > eventsBefore + parts.get(part).events()) {
        beginNextPart();
      }
      return current.find(ordinal - eventsBefore, event) && took(event);
    }

    private boolean isLast() {
      return part == parts.size() - 1;
    }

    private boolean took(Event event) {
      event.moveTo(filesBefore + event.file(), eventsBefore + event.ordinal());
      return true;
    }

    private void beginNextPart() {
      finished.add(current.health());
      Part over = parts.get(part);
      eventsBefore += over.events();
      bytesBefore += over.trace().bytes();
      filesBefore += filesOf(part);
      part++;
      current = parts.get(part).trace().read(1);
    }

    @Override
    public long position() {
      return bytesBefore + current.position();
    }

    @Override
    public TraceHealth health() {
      TraceHealth all = new TraceHealth();
      all.add(finished);
      all.add(current.health());
      if (!remark.isEmpty()) {
        all.remark(remark);
      }
      return all;
    }
  }
}
