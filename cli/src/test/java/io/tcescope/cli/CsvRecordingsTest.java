package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A complete account in CSV shows calls only: what the hypervisor does by itself is applied. */
final class CsvRecordingsTest {
  private static final String LAST_WINDOW_GOES =
      """
      call,liobn,ioba,tce,ret,buid,config_addr,page_shift,window_shift,start,pages,text
      window,0x80000000,,,,0x800000020000000,,12,,0x0,262144,default
      "ibm,remove-pe-dma-window",0x80000000,,,0,,,,,,,
      "ibm,create-pe-dma-window",0x80000001,,,0,0x800000020000000,0,16,28,0x800000000000000,,
      H_PUT_TCE,0x80000001,0x800000000010000,0x7ff0003,0,,,,,,,
      "ibm,remove-pe-dma-window",0x80000001,,,0,,,,,,,
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void a_removal_that_brings_the_default_window_back_is_still_one_in_use() throws IOException {
    Path csv = Files.writeString(folder.resolve("calls.csv"), LAST_WINDOW_GOES);
    Said state = Said.by("state", csv.toString());
    assertThat(state.out()).contains("0x80000000    2  default").doesNotContain("0x80000001");
    Said check = Said.by("check", csv.toString());
    assertThat(check.out())
        .contains("CRITICAL window-removed-in-use at line 6")
        .contains("Window 0x80000001 removed with 1 live");
  }
}
