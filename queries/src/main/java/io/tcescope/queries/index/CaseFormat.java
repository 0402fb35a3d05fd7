package io.tcescope.queries.index;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/**
 * What a case directory holds besides documents. All of it stands in Lucene's commit, so that index
 * and description can never disagree: a kill leaves the last commit as it was.
 */
final class CaseFormat {
  /** Of this program's documents; raised whenever an older program would answer wrongly. */
  static final int VERSION = 7;

  static final String INDEX = "index";
  private static final String FORMAT = "tcescope.case";
  private static final String TRACES = "traces";

  /** Lucene would tell every user of a missing JVM option that changes nothing here. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private CaseFormat() {}

  /** Sets what Lucene has one value of for the whole process; to be called before it is used. */
  static void prepareLucene() {
    LUCENE.setLevel(Level.SEVERE);
    IndexSearcher.setMaxClauseCount(Integer.MAX_VALUE); // a user's query is as long as he wants
  }

  /** True if the directory is a case, or the beginning of one. */
  static boolean isCase(Path directory) {
    return Files.isDirectory(directory.resolve(INDEX));
  }

  static Map<String, String> describe(List<Source> sources) {
    Map<String, String> data = new HashMap<>();
    data.put(FORMAT, Integer.toString(VERSION));
    data.put(TRACES, Integer.toString(sources.size()));
    for (int i = 0; i < sources.size(); i++) {
      sources.get(i).write(data, i);
    }
    return data;
  }

  static List<Source> sources(Path directory, Map<String, String> data) throws CaseException {
    int version = Integer.parseInt(data.getOrDefault(FORMAT, "0"));
    if (version == 0) {
      throw new CaseException(directory + ": holds a Lucene index that is no case");
    }
    if (version > VERSION) {
      throw newer(directory);
    }
    if (version < VERSION) {
      throw new CaseException(
          directory + ": written by an older version of tcescope; delete it and index again");
    }
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(data.getOrDefault(TRACES, "0")); i++) {
      sources.add(Source.read(data, i));
    }
    return sources;
  }

  private static CaseException newer(Path directory) {
    return new CaseException(
        directory + ": written by a newer version of tcescope; use that, or index again elsewhere");
  }

  /**
   * Opens the index of a case whose bytes are those that were written: all of them are read, at
   * gigabytes a second, for a wrong one would be a wrong answer.
   */
  static DirectoryReader open(Path directory, Directory lucene) throws IOException {
    try {
      return verified(DirectoryReader.open(lucene));
    } catch (IndexNotFoundException e) {
      throw new CaseException(
          directory + ": indexing never finished; run index again with -o " + directory, e);
    } catch (IndexFormatTooNewException e) {
      throw isWhole(lucene) ? newer(directory) : CaseException.damage(directory, e);
    } catch (CorruptIndexException | IndexFormatTooOldException | EOFException e) {
      throw CaseException.damage(directory, e);
    } catch (NoSuchFileException | RuntimeException e) { // of what only damage makes Lucene read
      throw CaseException.damage(directory, e);
    }
  }

  /** True if every file ends in its own checksum; a damaged one may bear any version. */
  private static boolean isWhole(Directory lucene) throws IOException {
    for (String file : lucene.listAll()) {
      try (IndexInput in = lucene.openInput(file, IOContext.READONCE)) {
        if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
          CodecUtil.checksumEntireFile(in);
        }
      } catch (CorruptIndexException e) {
        return false;
      }
    }
    return true;
  }

  private static DirectoryReader verified(DirectoryReader reader) throws IOException {
    try {
      for (LeafReaderContext segment : reader.leaves()) {
        segment.reader().checkIntegrity();
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }
}
