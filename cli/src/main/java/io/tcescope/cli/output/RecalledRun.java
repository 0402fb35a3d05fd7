package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.queries.index.RunReport;
import io.tcescope.queries.index.Source;
import java.util.List;
import java.util.Set;

/** What one run showed, as the account of its replay tells it. */
public record RecalledRun(List<String> files, IommuState.Rules rules, RunReport report) {
  /** As a case knows it. */
  public static RecalledRun of(Source source, RunReport report) {
    boolean lists = source.listsInferred();
    boolean tables = report.source().tellsTables();
    IommuState.Rules rules =
        new IommuState.Rules(
            source.platform(), lists, false, tables, false, new Machine(), Set.of());
    List<String> files = List.of(source.path().toString());
    return new RecalledRun(files, rules.with(lists, source.unrecorded()), report);
  }

  /** As check shows it. */
  public Checked checked() {
    return new Checked(
        files,
        report.source(),
        report.bytes(),
        rules,
        report.lanes().lanes().stream()
            .filter(lane -> lane.generation() > 0)
            .map(WindowLife::of)
            .sorted(WindowLife.ORDER)
            .toList(),
        report.lanes().upheavals(),
        report.findings(),
        List.of(), // a case keeps findings; why reads its recording
        report.notApplicable(),
        Scripted.NONE,
        List.of(),
        report.health(),
        Places.of(report.places(), report.source()),
        Known.NOT_ASKED,
        Set.of());
  }

  /** As timeline shows it. */
  public Drawn drawn() {
    return new Drawn(checked(), report.lanes());
  }
}
