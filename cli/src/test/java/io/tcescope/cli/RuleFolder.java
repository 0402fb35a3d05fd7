package io.tcescope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of {@code check --rules}: a recording, and a folder with a rule for it. */
abstract class RuleFolder {
  static final String LOG =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x40000000 tce=0x1236003 ret=-4
      spapr_iommu_ddw_remove liobn=0x80000000
      """;

  /** Reports every refused put; the query language of searches selects them. */
  static final String REFUSED =
      """
      import { defineRule } from "tcescope";
      export default defineRule({
        meta: {
          id: "put-refused", severity: "error", requires: ["tce.put"],
          docs: { summary: "A put was refused.", why: "Because.", fix: "Fix it." },
          messages: { refused: "refused at {ioba} by {who}" },
          schema: { type: "object", properties: { who: { type: "string" } }, additionalProperties: false },
          defaults: { who: "nobody" },
        },
        create(ctx) {
          return {
            "tce.put": {
              where: "call:H_PUT_TCE and ret < 0",
              run(event) {
                const data = { ioba: event.ioba, who: ctx.options.who };
                ctx.report({ messageId: "refused", event, liobn: event.liobn, addr: event.ioba, data });
              },
            },
          };
        },
      });
      """;

  static final String BROKEN =
      """
      import { defineRule } from "tcescope";
      export default defineRule({
        meta: {
          id: "breaks", severity: "error", requires: [], messages: { never: "never" },
          docs: { summary: "s", why: "w", fix: "f" },
        },
        create(ctx) {
          return {
            "tce.put"(event) {
              event.nothing.at.all;
            },
          };
        },
      });
      """;

  @TempDir Path folder = Path.of("");
  String trace = "";
  Path rules = Path.of("");

  @BeforeEach
  void record() throws IOException {
    trace = Files.writeString(folder.resolve("trace.log"), LOG).toString();
    rules = Files.createDirectories(folder.resolve("rules"));
    Files.writeString(rules.resolve("put-refused.js"), REFUSED);
  }

  /** Checks recordings by the rules, too. */
  final Said check(String... more) {
    List<String> arguments = new ArrayList<>(List.of("check", "--rules", rules.toString()));
    arguments.addAll(List.of(more));
    return Said.by(arguments.toArray(String[]::new));
  }
}
