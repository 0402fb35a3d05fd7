package io.tcescope.queries.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.FSDirectory;

/** A case directory opened for questions. */
public final class Case implements AutoCloseable {
  /** Cases of another version cannot be read. */
  public static final int FORMAT_VERSION = CaseFormat.VERSION;

  private final FSDirectory lucene;
  private final DirectoryReader reader;
  private final List<Source> sources;
  private final Recordings recordings;
  private final List<SearchableRun> runs = new ArrayList<>();

  private Case(
      FSDirectory lucene, DirectoryReader reader, List<Source> sources, Recordings recordings) {
    this.lucene = lucene;
    this.reader = reader;
    this.sources = sources;
    this.recordings = recordings;
  }

  /** True if the path is a case directory, finished or not. */
  public static boolean isCase(Path directory) {
    return CaseFormat.isCase(directory);
  }

  /**
   * Opens a case as its last finished indexing left it; nobody needs to write to it.
   *
   * @throws CaseException if it was never finished, is damaged, or of another version
   */
  public static Case open(Path directory, Recordings recordings) throws IOException {
    return open(directory, recordings, source -> source);
  }

  /**
   * Opens a case of one recording, which is named by that path to it in all that is told.
   *
   * @throws CaseException if it was never finished, is damaged, or of another version
   */
  public static Case openOf(Path recording, Path directory, Recordings recordings)
      throws IOException {
    return open(directory, recordings, source -> source.at(recording));
  }

  private static Case open(Path directory, Recordings recordings, UnaryOperator<Source> naming)
      throws IOException {
    CaseFormat.prepareLucene();
    FSDirectory lucene = FSDirectory.open(directory.resolve(CaseFormat.INDEX));
    try {
      DirectoryReader reader = CaseFormat.open(directory, lucene);
      List<Source> sources = CaseFormat.sources(directory, reader.getIndexCommit().getUserData());
      return new Case(lucene, reader, sources.stream().map(naming).toList(), recordings);
    } catch (IOException | RuntimeException e) {
      lucene.close();
      throw e;
    }
  }

  /** The recordings of the case, each a run of its own. */
  public List<Source> sources() {
    return List.copyOf(sources);
  }

  /** The runs in the order of {@link #sources()}; they live as long as the case. */
  public List<SearchableRun> runs() throws IOException {
    if (runs.isEmpty()) {
      IndexSearcher searcher = new IndexSearcher(reader);
      for (int i = 0; i < sources.size(); i++) {
        runs.add(new IndexedRun(searcher, i, sources.get(i), recordings));
      }
    }
    return List.copyOf(runs);
  }

  /** What the replay of the recording of that number showed; needs no recording. */
  public RunReport report(int number) throws IOException {
    return ReportDocuments.read(new IndexSearcher(reader), number);
  }

  @Override
  public void close() throws IOException {
    runs.forEach(SearchableRun::close);
    reader.close();
    lucene.close();
  }
}
