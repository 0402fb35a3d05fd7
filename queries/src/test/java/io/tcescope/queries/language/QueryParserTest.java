package io.tcescope.queries.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          call:H_PUT_TCE liobn:2147483648     | call:"H_PUT_TCE" and liobn:0x80000000
          a or b c                            | text:"a" or (text:"b" and text:"c")
          not a and b                         | not text:"a" and text:"b"
          ioba:[0x1f000..0x20fff]             | ioba:[0x1f000..0x20fff]
          size >= 2GiB                        | size >= 2147483648
          size:>=64K                          | size >= 65536
          pages < 4                           | pages:[0..3]
          ret:h_parameter                     | ret:H_PARAMETER
          ret < 0                             | ret:[-9223372036854775808..H_HARDWARE]
          ret:H_P*                            | ret:"H_P*"
          call:(316 or 0x20)                  | call:"316" or call:"32"
          window:0x80000000#2                 | window:0x80000000#2
          time:12.5s                          | time:[12.500000000s..12.599999999s]
          time:[@event:812..13s]              | time:[@event:812..13.999999999s]
          time > 250ms                        | time:[0.251000000s..*]
          device:0001:00:02.0                 | device:"0001:00:02.0"
          "plpar_tce_put failed."             | text:"plpar_tce_put failed"
          pe:0x800000020000001/0x800          | buid:0x800000020000001 and config_addr:0x800
          liobn:*                             | liobn:*
          covers >= 0                         | covers >= 0x0
          *                                   | *
          Status:0                            | ret:H_SUCCESS
          call:DDW_remove                     | call:"DDW_remove"
          call:spapr_iommu_ddw_remove         | name:"spapr_iommu_ddw_remove"
          call:spapr_iommu_ddw_*              | name:"spapr_iommu_ddw_*"
          ret=-4                              | ret:H_PARAMETER
          ret == -4 pages=(1 or 2)            | ret:H_PARAMETER and (pages:1 or pages:2)
          ret!=0                              | ret:* and not ret:H_SUCCESS
          call != H_PUT_TCE or ioba=[1..2]    | (call:* and not call:"H_PUT_TCE") or ioba:[0x1..0x2]
          text!=plpar                         | text:* and not text:"plpar"
          addr=0x0 "ret=-4"                   | text:"addr 0x0" and text:"ret 4"
          finding:default-window*             | finding:"default-window*"
          """)
  void aQueryMeansWhatItSays(String text, String printed) throws QuerySyntaxException {
    assertThat(QueryPrinter.print(QueryParser.parse(text))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          call:H_PUT_TCE loibn:0x80000000  | 16 | there is no field 'loibn' (did you mean liobn?)
          call:H_PUT_TEC                   | 6  | there is no call 'H_PUT_TEC' (did you mean H_PUT_TCE?)
          call:put_tce                     | 6  | there is no call 'put_tce' (did you mean H_PUT_TCE?)
          call:create                      | 6  | there is no call 'create' (did you mean ibm,create-pe-dma-window?)
          call:remove                      | 6  | there is no call 'remove' (did you mean H_REMOVE_RTCE or ibm,remove-pe-dma-window?)
          call:nonsense                    | 6  | there is no call 'nonsense' (there are H_PUT_TCE, H_GET_TCE, H_STUFF_TCE, H_PUT_TCE_INDIRECT, ibm,query-pe-dma-window, ibm,create-pe-dma-window, ibm,remove-pe-dma-window, ibm,reset-pe-dma-window, new_table, pre_save, post_load, window, dma, dma_map, dma_unmap, alloc, free, alloc_failed, hcall, rtas, probe, drc, vio, H_PUT_RTCE, H_REMOVE_RTCE, interrupt, lmb+, lmb-, eeh, unplug, machine-reset, quiesce, suspend, platform, lost, log)
          addr:0                           | 1  | there is no field 'addr' (did you mean config_addr?)
          effect:remaped                   | 8  | there is no effect 'remaped' (did you mean remapped?)
          finding:put-failure-ignore       | 9  | there is no rule 'put-failure-ignore' (did you mean put-failure-ignored?)
          finding:nonsense                 | 9  | there is no rule 'nonsense'
          call=H_PUT_TEC                   | 6  | there is no call 'H_PUT_TEC' (did you mean H_PUT_TCE?)
          ret!=                            | 6  | a value for 'ret' is missing here
          saved!=x                         | 6  | use not saved:...
          kind:dwd                         | 6  | there is no kind 'dwd' (did you mean ddw?)
          kind:remove                      | 6  | there is no kind 'remove' (there are tce, ddw, table, device, guest, platform, record)
          kind:ddw_remove                  | 6  | there is no kind 'ddw_remove' (did you mean call:ddw_remove?)
          kind:h_put_tce                   | 6  | there is no kind 'h_put_tce' (did you mean call:h_put_tce?)
          kind:spapr_iommu_pci_put         | 6  | there is no kind 'spapr_iommu_pci_put' (did you mean call:spapr_iommu_pci_put?)
          effect:clear                     | 8  | there is no effect 'clear' (did you mean cleared?)
          effect:unmapped                  | 8  | there is no effect 'unmapped' (did you mean mapped or remapped?)
          effect:map                       | 8  | there is no effect 'map' (did you mean mapped or remapped or cleared-unmapped?)
          ioba:12zz                        | 6  | '12zz' is no number
          ret:H_PARAMTER                   | 5  | 'H_PARAMTER' is no status (did you mean H_PARAMETER?)
          ret:H_PARAM                      | 5  | 'H_PARAM' is no status (did you mean H_PARAMETER?)
          ret:nonsense                     | 5  | 'nonsense' is no status
          ioba:[2..1]                      | 6  | the range runs backwards
          ioba:[5]                         | 6  | a range is written [from..to]
          ioba:[5..                        | 6  | ']' is missing
          (a or b                          | 8  | ')' is missing
          a)                               | 2  | unexpected ')'
          a or                             | 5  | a condition is missing here
          and b                            | 1  | a condition is missing here
          liobn:                           | 7  | a value for 'liobn' is missing here
          time:soon                        | 6  | 'soon' is no time such as 12.5s or @event:812
          time:[13s..12s]                  | 6  | the range runs backwards
          device >= 4                      | 11 | 'device' has no comparisons; a value such as <idle> goes in quotes
          task:<idle>                      | 7  | 'task' has no comparisons; a value such as <idle> goes in quotes
          window:0x80000000#0              | 8  | generations of a window count from 1
          ioba > 0xffffffffffffffff        | 8  | nothing is above 0xffffffffffffffff
          "abc                             | 1  | the closing '"' is missing
          ---                              | 1  | there is no word in '---'
          saved:x                          | 7  | there is no saved query 'x'
          ioba:99999999999GiB              | 6  | '99999999999GiB' is no number
          """,
      quoteCharacter = '`')
  void aWrongQuerySaysWhatIsWrongAndWhere(String text, int column, String problem) {
    assertThatExceptionOfType(QuerySyntaxException.class)
        .isThrownBy(() -> QueryParser.parse(text))
        .satisfies(e -> assertThat(e.getMessage()).isEqualTo(problem))
        .satisfies(e -> assertThat(e.column()).isEqualTo(column))
        .satisfies(e -> assertThat(e.pointing()).endsWith("\n  " + " ".repeat(column - 1) + "^"));
  }

  @Test
  void printingAndParsingAreInverse() throws QuerySyntaxException {
    for (long seed = 0; seed < 3000; seed++) {
      Query query = new RandomQueries(new SplittableRandom(seed)).next();
      String text = QueryPrinter.print(query);
      assertThat(QueryParser.parse(text)).as("seed %d: %s", seed, text).isEqualTo(query);
    }
  }

  @Test
  void anyTextIsAQueryOrASyntaxErrorInsideIt() {
    String alphabet = "a:*[].()\"\\ <>=#@0x9sornt-";
    for (long seed = 0; seed < 20_000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(24), 0, alphabet.length())
          .forEach(i -> text.append(alphabet.charAt(i)));
      try {
        QueryParser.parse(text.toString());
      } catch (QuerySyntaxException e) {
        assertThat(e.column()).as("seed %d: %s", seed, text).isBetween(1, text.length() + 1);
      }
    }
  }

  @Test
  void nestingHasABottom() {
    assertThatExceptionOfType(QuerySyntaxException.class)
        .isThrownBy(() -> QueryParser.parse("(".repeat(100_000)))
        .withMessage("nested too deeply");
    assertThatExceptionOfType(QuerySyntaxException.class)
        .isThrownBy(() -> QueryParser.parse("not ".repeat(100_000) + "a"))
        .withMessage("nested too deeply");
  }

  @Test
  void aSavedQueryIsUsedByItsName(@TempDir Path folder) throws IOException, QuerySyntaxException {
    Path file = folder.resolve("queries");
    Files.writeString(
        file,
        "# mine\nfailures = ret:* not ret:0\nnic = saved:failures liobn:5\nloop = saved:loop\n");
    SavedQueries saved = SavedQueries.of(file.toString(), Files.readAllLines(file));

    assertThat(QueryParser.parse("saved:nic or a", saved))
        .isEqualTo(QueryParser.parse("(ret:* not ret:0 liobn:5) or a"));
    assertThatExceptionOfType(QuerySyntaxException.class)
        .isThrownBy(() -> QueryParser.parse("saved:loop", saved))
        .withMessageContaining("uses itself");
    assertThatExceptionOfType(QuerySyntaxException.class)
        .isThrownBy(() -> QueryParser.parse("saved:failure", saved))
        .withMessageContaining("did you mean failures?");
  }
}
