package io.tcescope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two recordings in a folder, with a finding they share and one that the first has alone. */
abstract class BaselineCorpus {
  static final String REFUSED =
      "spapr_iommu_pci_put liobn=0x80000000 ioba=0x40000000 tce=0x1236003 ret=-4\n";
  static final String PUT =
      "spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0\n";
  static final String REMOVE = "spapr_iommu_ddw_remove liobn=0x80000000\n";
  static final String LOG =
      "spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1\n" + PUT + REFUSED;

  @TempDir Path folder = Path.of("");
  Path corpus = Path.of("");

  @BeforeEach
  void record() throws IOException {
    corpus = Files.createDirectories(folder.resolve("one/corpus"));
    write("a/trace.log", LOG + REMOVE);
    write("b/trace.log", LOG);
  }

  Path write(String name, String text) throws IOException {
    Path file = corpus.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }

  static Said check(Object... arguments) {
    return Said.by(
        Stream.concat(Stream.of("check"), Arrays.stream(arguments))
            .map(Object::toString)
            .toArray(String[]::new));
  }

  Path saved(Object... arguments) throws IOException {
    String out = check(arguments).out();
    return Files.writeString(folder.resolve("known.json"), out);
  }
}
