package io.tcescope.cli.search;

import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.input.UsageException;
import io.tcescope.engine.event.Event;
import io.tcescope.queries.index.Bars;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.index.Spread;
import io.tcescope.queries.language.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Counts how many events match in each part of the time, or of the events if none has a time. The
 * clocks of several recordings have nothing in common, so of these it is the time since the first
 * event of each.
 */
final class Histogram {
  private final Corpus corpus;
  private final Query query;
  private final int buckets;

  Histogram(Corpus corpus, Query query, int buckets) {
    this.corpus = corpus;
    this.query = query;
    this.buckets = Math.clamp(buckets, 1, 100_000);
  }

  /** What the places of bars are. */
  enum Place {
    TIME,
    ELAPSED,
    EVENT
  }

  /**
   * The bars, and what else there is to know.
   *
   * @param timeless recordings with matching events that have no place among the others' times
   */
  record Result(Bars bars, Place place, long timeless) {}

  /**
   * Where the matching events of a run lie.
   *
   * @param origin where its time begins
   */
  private record Reach(
      TraceFile path, boolean isEmpty, boolean timed, long origin, long first, long last) {}

  private record Answer(Reach reach, Bars bars) {}

  /** Asks all runs. */
  Result count() {
    List<Reach> reaches = new ArrayList<>();
    List<Bars> bars = new ArrayList<>();
    corpus.<Answer>ask(
        (asked, answers) -> answers.add(answer(asked)),
        answer -> {
          if (reaches.isEmpty()) {
            bars.add(answer.bars());
          }
          return reaches.add(answer.reach());
        });
    if (reaches.size() > 1) {
      return together(reaches);
    }
    Bars alone = bars.isEmpty() ? new Bars(false, 0, 0, buckets) : bars.getFirst();
    return new Result(alone, alone.timed() ? Place.TIME : Place.EVENT, 0);
  }

  private Answer answer(Corpus.Asked asked) throws IOException {
    long origin = origin(asked);
    Spread spread = asked.run().spread(query);
    Bars bars = new Bars(spread.timed(), spread.first(), spread.last(), buckets);
    spread.fill(bars);
    return new Answer(
        new Reach(
            asked.path(),
            spread.isEmpty(),
            spread.timed(),
            spread.timed() ? origin : 0,
            spread.first(),
            spread.last()),
        bars);
  }

  /** The time of the first event that has one. */
  private static long origin(Corpus.Asked asked) throws IOException {
    long[] origin = {Event.NO_TIME};
    if (asked.named()) { // else nobody asks
      SearchableRun run = asked.run();
      run.search(
          new Query.Everything(),
          (event, facts) -> {
            origin[0] = facts.firstTime();
            return origin[0] == Event.NO_TIME;
          });
    }
    return origin[0];
  }

  /** Runs with matching events are read again, now that it is known how far the bars reach. */
  private Result together(List<Reach> all) {
    List<Reach> hits = new ArrayList<>(all);
    hits.removeIf(Reach::isEmpty);
    boolean timed = hits.stream().anyMatch(Reach::timed);
    long timeless = hits.stream().filter(reach -> reach.timed() != timed).count();
    hits.removeIf(reach -> reach.timed() != timed);
    long first = least(hits, reach -> reach.first() - reach.origin());
    long last = -least(hits, reach -> reach.origin() - reach.last());
    Bars sum = new Bars(timed, first, last, buckets);
    corpus.<Bars>ask(
        again(hits),
        (asked, answers) -> {
          long origin = timed ? origin(asked) : 0;
          Spread spread = asked.run().spread(query);
          if (!spread.isEmpty() && spread.timed() == timed) {
            Bars bars = new Bars(timed, first + origin, last + origin, buckets);
            spread.fill(bars);
            answers.add(bars);
          }
        },
        bars -> {
          sum.add(bars);
          return true;
        });
    return new Result(sum, timed ? Place.ELAPSED : Place.EVENT, timeless);
  }

  private static long least(List<Reach> reaches, ToLongFunction<Reach> place) {
    return reaches.stream().mapToLong(place).min().orElse(0);
  }

  private static List<TraceFile> again(List<Reach> reaches) {
    List<TraceFile> files = reaches.stream().map(Reach::path).distinct().toList();
    for (TraceFile file : files) {
      if (!Files.isRegularFile(file.path()) && !Files.isDirectory(file.path())) {
        throw new UsageException(
            file.path() + " cannot be read twice, as a histogram of several recordings must be");
      }
    }
    return files;
  }
}
