package io.tcescope.cli.output;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.state.Platform;
import io.tcescope.queries.language.EventFacts;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Events as rows of the neutral CSV format. Reading them again gives the same tables after every
 * event, but for what {@link #untold} says.
 */
public final class EventCsv {
  private static final String COLUMNS =
      "time_ns,cpu,task,device,call,liobn,ioba,pages,tce,list_address,list,ret,buid,config_addr,"
          + "page_shift,window_shift,start,windows_available,largest_block,page_mask,perm,text";

  /** A virtual device's queue has pages of 4 KiB. */
  private static final int QUEUE_PAGE_SHIFT = 12;

  private final PrintWriter out;
  private final StringBuilder row = new StringBuilder();
  private final Map<String, Long> untold = new TreeMap<>();

  public EventCsv(PrintWriter out) {
    this.out = out;
    out.println(COLUMNS);
  }

  /** Says who recorded what follows and on which platform, where that is not the table itself. */
  public void recordedBy(Trace trace, Platform on) {
    if (trace.source() == SourceKind.CSV) {
      return;
    }
    for (SourceKind recorder : trace.sources()) {
      platform(recorder.declaration());
    }
    if (on == Platform.KVM) {
      platform(on.declaration()); // shown by names of records, for which there is no column
    }
  }

  private void platform(String fact) {
    out.println(",,,," + EventKind.PLATFORM.call() + ",".repeat(17) + fact);
  }

  /** One event. A call whose start or list is not known has an empty cell there. */
  public void row(Event event, EventFacts facts) {
    row.setLength(0);
    RowTold told = RowTold.of(event, facts);
    told.loss().ifPresent(loss -> untold.merge(loss, 1L, Long::sum));
    who(event);
    cell(told.call());
    if (told.isLog()) {
      row.append(",".repeat(16));
    } else {
      arguments(event, facts, told);
      window(event);
    }
    cell(told.text());
    row.setLength(row.length() - 1);
    out.println(row);
  }

  /** How many records hold what no column is for, by what they are; empty if none does. */
  public Map<String, Long> untold() {
    return untold;
  }

  private void who(Event event) {
    cell(event.time() == Event.NO_TIME ? "" : Long.toString(event.time()));
    cell(event.cpu() < 0 ? "" : Integer.toString(event.cpu()));
    boolean numbered = event.task() == null && event.thread() > 0;
    cell(numbered ? Long.toString(event.thread()) : event.task());
    cell(event.device());
  }

  private void arguments(Event event, EventFacts facts, RowTold told) {
    boolean queue = told.isQueue();
    hex(queue || event.has(Event.LIOBN), queue ? event.id() : event.liobn());
    hex(facts.startKnown(), facts.start());
    cell(pages(event, facts, told));
    hex(event.has(Event.TCE) && !event.has(Event.LIST_LAST_ONLY), event.tce());
    hex(event.has(Event.LIST_ADDRESS), event.listAddress());
    cell(list(event));
    cell(event.has(Event.STATUS) ? Long.toString(event.status()) : "");
  }

  private void window(Event event) {
    hex(event.has(Event.BUID), event.buid());
    hex(event.has(Event.CONFIG_ADDRESS), event.configAddress());
    cell(event.has(Event.PAGE_SHIFT) ? Integer.toString(event.pageShift()) : "");
    cell(windowShift(event));
    hex(event.has(Event.START), event.start());
    cell(event.has(Event.AVAILABLE) ? Long.toUnsignedString(event.available()) : "");
    hex(event.has(Event.LARGEST_BLOCK), event.largestBlock());
    hex(event.has(Event.PAGE_MASK), event.pageMask());
    cell(event.has(Event.PERMISSION) ? Integer.toString(event.permission()) : "");
  }

  /** Of the kinds that describe tables, the column holds the entries. */
  private static String pages(Event event, EventFacts facts, RowTold told) {
    if (event.kind().group() == EventKind.Group.TABLE && event.has(Event.ENTRIES)) {
      return Long.toUnsignedString(event.entries());
    }
    if (told.isQueue() && event.has(Event.SIZE)) {
      return Long.toString(event.size() >>> QUEUE_PAGE_SHIFT);
    }
    if (event.kind() == EventKind.LOST && event.has(Event.SIZE)) {
      return Long.toUnsignedString(event.size());
    }
    return facts.pagesKnown() ? Long.toUnsignedString(facts.pages()) : "";
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
      list.append(i == 0 ? "" : " ").append(Hex.of(event.list(i)));
    }
    return list.toString();
  }

  private void hex(boolean known, long value) {
    cell(known ? Hex.of(value) : "");
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
