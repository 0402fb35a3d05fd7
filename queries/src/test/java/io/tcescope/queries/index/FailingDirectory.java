package io.tcescope.queries.index;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A directory that takes so many bytes and operations, and then fails as a disk or a kill does. */
final class FailingDirectory extends FilterDirectory {
  private final boolean dies;
  private long left;

  private FailingDirectory(Directory in, long budget, boolean dies) {
    super(in);
    this.left = budget;
    this.dies = dies;
  }

  /** Has room for that many bytes; deleting is possible, as on a full disk. */
  static FailingDirectory full(Directory in, long room) {
    return new FailingDirectory(in, room, false);
  }

  /** Leaves everything as it is after that many bytes, as the disk of a killed process. */
  static FailingDirectory dying(Directory in, long bytes) {
    return new FailingDirectory(in, bytes, true);
  }

  private synchronized void spend(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    spend(1);
    return counted(in.createOutput(name, context));
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    spend(1);
    return counted(in.createTempOutput(prefix, suffix, context));
  }

  @Override
  public void rename(String source, String dest) throws IOException {
    spend(1);
    in.rename(source, dest);
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    spend(1);
    in.sync(names);
  }

  @Override
  public void deleteFile(String name) throws IOException {
    if (dies) {
      spend(1);
    }
    in.deleteFile(name);
  }

  private IndexOutput counted(IndexOutput out) {
    return new IndexOutput("counted " + out, out.getName()) {
      @Override
      public void writeByte(byte b) throws IOException {
        spend(1);
        out.writeByte(b);
      }

      @Override
      public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
        spend(length);
        out.writeBytes(bytes, offset, length);
      }

      @Override
      public long getFilePointer() {
        return out.getFilePointer();
      }

      @Override
      public long getChecksum() throws IOException {
        return out.getChecksum();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }
}
