package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Hex;
import io.tcescope.queries.language.EventFacts;

/** Events as JSON, a line each: what the record says, and what it means where it happened. */
public final class EventJson {
  private final Json json;
  private final References references;

  public EventJson(Json json, References references) {
    this.json = json;
    this.references = references;
  }

  /** One event; what the recording does not tell is null, what has no meaning for it is absent. */
  public void line(Event event, EventFacts facts) {
    json.object();
    references.write(json, Place.of(event));
    json.text("call", event.kind().call()).text("name", event.name());
    if (event.has(Event.LIOBN)) {
      json.address("liobn", event.liobn());
    }
    if (event.kind().isTceCall() || event.has(Event.IOBA)) {
      json.address("ioba", facts.start(), facts.startKnown())
          .address("iobaRecorded", event.ioba(), event.has(Event.IOBA))
          .unsigned("pages", facts.pages(), facts.pagesKnown());
    }
    values(event);
    window(event);
    who(event);
    json.endObject().line();
  }

  private void values(Event event) {
    if (event.has(Event.TCE)) {
      json.address("tce", event.tce());
    }
    if (event.has(Event.LIST)) {
      json.list("list");
      for (int i = 0; i < event.listLength(); i++) {
        json.element(Hex.of(event.list(i)));
      }
      json.endList();
    }
    if (event.has(Event.STATUS)) {
      json.text("ret", HcallStatus.text(event.kind(), event.status()));
    }
    if (event.has(Event.PERMISSION)) {
      json.number("perm", event.permission());
    }
  }

  private void window(Event event) {
    address(event, Event.BUID, "buid", event.buid());
    address(event, Event.CONFIG_ADDRESS, "configAddr", event.configAddress());
    address(event, Event.START, "start", event.start());
    number(event, Event.PAGE_SHIFT, "pageShift", event.pageShift());
    number(event, Event.ENTRIES, "entries", event.entries());
    number(event, Event.AVAILABLE, "windowsAvailable", event.available());
    address(event, Event.LARGEST_BLOCK, "largestBlock", event.largestBlock());
    address(event, Event.PAGE_MASK, "pageMask", event.pageMask());
    address(event, Event.ID, "id", event.id());
    number(event, Event.SIZE, "size", event.size());
  }

  private void who(Event event) {
    if (event.thread() != 0) {
      json.number("thread", event.thread());
    }
    if (event.cpu() >= 0) {
      json.number("cpu", event.cpu());
    }
    if (event.task() != null) {
      json.text("task", event.task());
    }
    if (event.device() != null) {
      json.text("device", event.device());
    }
    if (!event.text().isEmpty()) {
      json.text("text", event.text());
    }
  }

  private void address(Event event, int field, String name, long value) {
    if (event.has(field)) {
      json.address(name, value);
    }
  }

  private void number(Event event, int field, String name, long value) {
    if (event.has(field)) {
      json.unsigned(name, value, true);
    }
  }
}
