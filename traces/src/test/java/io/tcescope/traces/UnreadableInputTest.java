package io.tcescope.traces;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnreadableInputTest {
  @TempDir Path folder;

  @Test
  void anEmptyFileIsNoTrace() throws IOException {
    assertUnreadable(file("empty.log", new byte[0]), "is empty");
  }

  @Test
  void aMissingFileIsNoTrace() {
    assertUnreadable(folder.resolve("nothing-here.log"), "no such file");
  }

  @Test
  void aFolderIsNoTrace() {
    assertUnreadable(folder, "is a folder");
  }

  @Test
  void aBinaryBlobIsNoTrace() throws IOException {
    byte[] blob = new byte[100_000];
    new Random(7).nextBytes(blob);
    assertUnreadable(file("blob.bin", blob), "holds no recording of a known format");
  }

  @Test
  void aCsvWithoutACallColumnIsNoTrace() throws IOException {
    byte[] csv = "liobn,ioba,tce\n1,2,3\n".getBytes(StandardCharsets.UTF_8);
    assertUnreadable(file("other.csv", csv), "line 1: a CSV without a `call` column");
  }

  @Test
  void anArchiveIsNoTraceWhateverItHolds() throws IOException {
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    byte[] log = "spapr_iommu_ddw_remove liobn=0x80000000\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(log, 0, tar, 512, log.length);
    assertUnreadable(
        file("run.tar", tar),
        "is a tar archive: unpack it and name the recordings in it, or their folder");
  }

  @Test
  void aLogOfWhichMessagesAreSpreadOverLinesIsNoTraceAndToldHowToBecomeOne() throws IOException {
    String message = "x: ibm,remove-pe-dma-window(202a) 8 returned 0";
    assertSpread("{\n   \"dmesg\": [\n  {\n  \"msg\": \"" + message + "\"", "jq -r '.dmesg[]");
    assertSpread("{\n\t\"__CURSOR\" : \"s=1\",\n\t\"MESSAGE\" : \"" + message + "\"\n}", "jq -c .");
    assertSpread("__CURSOR=s=1\n_TRANSPORT=kernel\nMESSAGE=" + message + "\n", "-o json");
  }

  private void assertSpread(String log, String advice) throws IOException {
    Path file = file("spread.log", log.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> Traces.open(file, TraceOptions.NONE))
        .isInstanceOf(UnreadableTraceException.class)
        .hasMessageContaining(advice);
  }

  @Test
  void aCompressedFileCutInItsHeaderIsNoTrace() throws IOException {
    byte[] header = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x04};
    assertUnreadable(file("cut.zst", header), "damaged zstd stream, nothing in it");
  }

  @Test
  void oneRecordingGivenTwiceIsRefused() throws IOException {
    String log = "7@1.000001:spapr_iommu_pci_put liobn=0x80000000 ioba=0x1000 tce=0x3 ret=0\n";
    Path once = file("once.log", log.getBytes(StandardCharsets.US_ASCII));
    Path copy = file("copy.log", log.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(log.getBytes(StandardCharsets.US_ASCII));
    }
    Path compressed = file("once.log.gz", packed.toByteArray());
    assertRepeated(once, once, once + " and " + once + " are the same recording: name it once");
    assertRepeated(once, copy, once + " and " + copy + " are the same recording: name it once");
    assertRepeated(
        compressed, copy, compressed + " and " + copy + " are the same recording: name it once");
  }

  private static void assertRepeated(Path one, Path other, String message) {
    assertThatThrownBy(() -> Traces.openTogether(List.of(one, other), TraceOptions.NONE))
        .isInstanceOf(RepeatedTraceException.class)
        .hasMessage(message);
  }

  private static void assertUnreadable(Path file, String reason) {
    assertThatThrownBy(() -> Traces.open(file, TraceOptions.NONE))
        .isInstanceOf(UnreadableTraceException.class)
        .hasMessage(file + ": " + reason);
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}
