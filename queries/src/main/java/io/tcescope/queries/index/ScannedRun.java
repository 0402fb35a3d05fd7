package io.tcescope.queries.index;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.language.EventFacts;
import io.tcescope.queries.language.Matcher;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A run without an index: every question replays it. */
public final class ScannedRun implements SearchableRun {
  /** Matches nothing, and makes a replay tell of findings and effects. */
  private static final Query NOTHING =
      new Query.All(
          List.of(new Query.Name(QueryField.EFFECT, ""), new Query.Name(QueryField.FINDING, "")));

  private final Trace trace;
  private final ReplayOptions options;
  private @Nullable TraceHealth health;
  private IommuState.@Nullable Rules decided;

  /** Owns the trace: closing the run closes it. */
  public ScannedRun(Trace trace, ReplayOptions options) {
    this(trace, options, () -> true);
  }

  /** The same; a search that finds nothing ends, too, when nothing more is wanted. */
  public ScannedRun(Trace trace, ReplayOptions options, BooleanSupplier wanted) {
    this.trace = trace;
    this.options =
        options.withProgress(
            bytes -> {
              if (!wanted.getAsBoolean()) {
                throw new EnoughException();
              }
            });
  }

  @Override
  public List<String> files() {
    return trace.files();
  }

  @Override
  public boolean search(Query query, Hits hits) {
    Matcher matcher = Matcher.of(query);
    boolean findings = asks(query, QueryField.FINDING);
    try {
      IommuState.Rules rules = findings || asks(query, QueryField.EFFECT) ? decided() : quick();
      Map<Long, List<String>> found = findings ? findings(rules) : Map.of();
      Filter filter = new Filter(matcher, found, hits, trace.files());
      health = Replay.run(trace, rules, options, filter).health();
      return true;
    } catch (EnoughException e) {
      return false;
    }
  }

  /**
   * Rules by which a replay runs once, so that hits can be handed over while it runs. How lists are
   * completed changes values of entries, which only effects and findings tell of.
   */
  private IommuState.Rules quick() {
    return decided == null ? Replay.rulesButLists(trace, options) : decided;
  }

  private IommuState.Rules decided() {
    IommuState.Rules known = decided;
    if (known == null) {
      known = Replay.rules(trace, options);
      decided = known;
    }
    return known;
  }

  private Map<Long, List<String>> findings(IommuState.Rules rules) {
    CheckRunner checks = Replay.run(trace, rules, options, new CheckRunner(trace)).observer();
    return FindingPointers.of(checks.findings());
  }

  private static boolean asks(Query query, QueryField wanted) {
    return switch (query) {
      case Query.All(var parts) -> parts.stream().anyMatch(part -> asks(part, wanted));
      case Query.Any(var parts) -> parts.stream().anyMatch(part -> asks(part, wanted));
      case Query.Not(var inner) -> asks(inner, wanted);
      case Query.Exists(var field) -> field == wanted;
      case Query.Name(var field, var _) -> field == wanted;
      case Query.Everything _, Query.Range _, Query.Window _, Query.Time _ -> false;
      case Query.Text _, Query.Events _, Query.Lucene _ -> false;
    };
  }

  @Override
  public void group(Query query, QueryField field, Map<String, Long> counts) throws IOException {
    boolean ofState = field == QueryField.EFFECT || field == QueryField.FINDING;
    Query asked = ofState ? new Query.Any(List.of(query, NOTHING)) : query;
    SearchableRun.super.group(asked, field, counts);
  }

  @Override
  public Optional<TraceHealth> health() {
    return Optional.ofNullable(health);
  }

  @Override
  public void close() {
    trace.close();
  }

  /** Hands matching events over, and stops the replay when nobody wants more. */
  private record Filter(
      Matcher matcher, Map<Long, List<String>> findings, Hits hits, EventFacts facts)
      implements Observer {
    Filter(Matcher matcher, Map<Long, List<String>> findings, Hits hits, List<String> files) {
      this(matcher, findings, hits, new EventFacts().ofRun(files, Event.NO_TIME));
    }

    @Override
    public void on(Event event, Change change, IommuState state) {
      facts.of(event, change);
      if (!findings.isEmpty()) {
        facts.findings(findings.getOrDefault(event.ordinal(), List.of()));
      }
      if (matcher.matches(event, facts) && !hits.on(event, facts)) {
        throw new EnoughException();
      }
    }
  }

  /** Leaves a replay in the middle. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnoughException() {
      super("enough", null, false, false);
    }
  }
}
