package io.tcescope.cli.output;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.queries.language.EventFacts;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Events as rows of the neutral CSV format, which tcescope reads again. */
public final class EventCsv {
  private static final String COLUMNS =
      "time_ns,cpu,task,device,call,liobn,ioba,pages,tce,list_address,list,ret,buid,config_addr,"
          + "page_shift,window_shift,start,windows_available,largest_block,page_mask,perm,text";

  private final PrintWriter out;
  private final StringBuilder row = new StringBuilder();

  public EventCsv(PrintWriter out) {
    this.out = out;
    out.println(COLUMNS);
  }

  /** One event. A call whose start or list is not known has an empty cell there. */
  public void row(Event event, EventFacts facts) {
    row.setLength(0);
    cell(event.time() == Event.NO_TIME ? "" : Long.toString(event.time()));
    cell(event.cpu() < 0 ? "" : Integer.toString(event.cpu()));
    cell(event.task());
    cell(event.device());
    cell(event.kind().call());
    hex(event.has(Event.LIOBN), event.liobn());
    hex(facts.startKnown(), facts.start());
    cell(pages(event, facts));
    hex(event.has(Event.TCE) && !event.has(Event.LIST_LAST_ONLY), event.tce());
    hex(event.has(Event.LIST_ADDRESS), event.listAddress());
    cell(list(event));
    cell(event.has(Event.STATUS) ? Long.toString(event.status()) : "");
    hex(event.has(Event.BUID), event.buid());
    hex(event.has(Event.CONFIG_ADDRESS), event.configAddress());
    cell(event.has(Event.PAGE_SHIFT) ? Integer.toString(event.pageShift()) : "");
    cell(windowShift(event));
    hex(event.has(Event.START), event.start());
    cell(event.has(Event.AVAILABLE) ? Long.toString(event.available()) : "");
    hex(event.has(Event.LARGEST_BLOCK), event.largestBlock());
    hex(event.has(Event.PAGE_MASK), event.pageMask());
    cell(event.has(Event.PERMISSION) ? Integer.toString(event.permission()) : "");
    cell(text(event));
    row.setLength(row.length() - 1);
    out.println(row);
  }

  /** Of the kinds that describe tables, the column holds the entries. */
  private static String pages(Event event, EventFacts facts) {
    if (event.kind().group() == EventKind.Group.TABLE && event.has(Event.ENTRIES)) {
      return Long.toString(event.entries());
    }
    return facts.pagesKnown() ? Long.toString(facts.pages()) : "";
  }

  /** A create asks for a size in bytes that is a power of two. */
  private static String windowShift(Event event) {
    boolean sized = event.kind() == EventKind.CREATE_PE_DMA_WINDOW && event.has(Event.SIZE);
    return sized ? Integer.toString(Long.numberOfTrailingZeros(event.size())) : "";
  }

  private static String list(Event event) {
    if (!event.has(Event.LIST)) {
      return "";
    }
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < event.listLength(); i++) {
      list.append(i == 0 ? "" : " ").append(Json.hex(event.list(i)));
    }
    return list.toString();
  }

  /** A call is told by its columns; any other record keeps its text. */
  private static String text(Event event) {
    if (event.has(Event.LIST_LAST_ONLY)) {
      return "last=" + Json.hex(event.tce());
    }
    boolean told =
        switch (event.kind().group()) {
          case TCE, DDW, TABLE -> event.text().equals(event.raw());
          case DEVICE, GUEST, PLATFORM, RECORD -> false;
        };
    return told ? "" : event.text();
  }

  private void hex(boolean known, long value) {
    cell(known ? Json.hex(value) : "");
  }

  /** RFC 4180: what holds a comma, a quote or a line break is quoted. */
  private void cell(@Nullable String text) {
    if (text != null && !text.isEmpty()) {
      boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      row.append(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }
    row.append(',');
  }
}
