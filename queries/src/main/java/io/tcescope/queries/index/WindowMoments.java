package io.tcescope.queries.index;

import io.tcescope.engine.event.TraceHealth;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.Lanes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A run whose windows open and close where they did, as every report says: a table that QEMU
 * allocates is a window from then on, although only a later event of its bridge tells that it is.
 */
public final class WindowMoments implements SearchableRun {
  private final SearchableRun run;
  private final Supplier<Lanes> windows;
  private @Nullable Lanes lanes;

  /** Closing it closes the run; its windows are asked for if a question is about their moments. */
  public WindowMoments(SearchableRun run, Supplier<Lanes> windows) {
    this.run = run;
    this.windows = windows;
  }

  private Query told(Query query) {
    return switch (query) {
      case Query.All(var parts) -> new Query.All(parts.stream().map(this::told).toList());
      case Query.Any(var parts) -> new Query.Any(parts.stream().map(this::told).toList());
      case Query.Not(var inner) -> new Query.Not(told(inner));
      case Query.Name(var field, var name) when field == QueryField.EFFECT ->
          switch (name) {
            case "opened" -> at(lanes().stream().mapToLong(Lane::openedBy));
            case "closed" -> at(lanes().stream().mapToLong(lane -> lane.closed().event()));
            default -> query;
          };
      default -> query;
    };
  }

  private List<Lane> lanes() {
    Lanes known = lanes;
    if (known == null) {
      known = windows.get();
      lanes = known;
    }
    return known.lanes();
  }

  private static Query at(LongStream events) {
    TreeSet<Long> ordinals = new TreeSet<>();
    events.filter(event -> event > 0).forEach(ordinals::add);
    return new Query.Events(ordinals);
  }

  @Override
  public List<String> files() {
    return run.files();
  }

  @Override
  public boolean search(Query query, Hits hits) throws IOException {
    return run.search(told(query), hits);
  }

  @Override
  public long count(Query query) throws IOException {
    return run.count(told(query));
  }

  @Override
  public void group(Query query, QueryField field, Map<String, Long> counts) throws IOException {
    run.group(told(query), field, counts);
  }

  @Override
  public Spread spread(Query query) throws IOException {
    return run.spread(told(query));
  }

  @Override
  public List<String> remarks() throws IOException {
    return run.remarks();
  }

  @Override
  public Optional<TraceHealth> health() throws IOException {
    return run.health();
  }

  @Override
  public void close() {
    run.close();
  }
}
