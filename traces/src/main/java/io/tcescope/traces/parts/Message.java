package io.tcescope.traces.parts;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;

/** What makes two records of one recorder the same, whichever file they stand in. */
record Message(long time, long thread, int cpu, String text) {
  /** A kernel's messages are the same behind whatever prefix a console or a tool gave them. */
  static Message of(Event event, SourceKind source) {
    return source == SourceKind.DMESG
        ? new Message(event.time(), 0, 0, event.text().strip())
        : new Message(event.time(), event.thread(), event.cpu(), event.raw());
  }
}
