package io.tcescope.cli.baseline;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Comparison.Missing;
import io.tcescope.cli.output.FindingKind;
import io.tcescope.engine.check.CheckRunner.NotApplicable;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.ScriptError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a baseline knows of one recording, less what was found again. */
final class KnownRecording {
  private final Map<FindingKind, Long> left = new LinkedHashMap<>();
  private final List<Missing> gone = new ArrayList<>();
  private final List<Missing> notJudged = new ArrayList<>();
  private boolean checked;

  void add(FindingKind kind, long times) {
    left.merge(kind, times, Long::sum);
  }

  /** The findings of a check of this recording that are known. */
  Set<Finding> known(Checked run) {
    checked = true;
    Set<Finding> known = new HashSet<>();
    for (Finding finding : run.findings()) {
      FindingKind kind = FindingKind.of(finding);
      long times = left.getOrDefault(kind, 0L);
      if (times > 0) {
        left.put(kind, times - 1);
        known.add(finding);
      }
    }
    takeStock(run);
    return known;
  }

  private void takeStock(Checked run) {
    gone.clear();
    notJudged.clear();
    Set<String> silent =
        run.notApplicable().stream().map(NotApplicable::rule).collect(Collectors.toSet());
    run.scripted().errors().stream().map(ScriptError::script).forEach(silent::add);
    silent.addAll(run.notAsked());
    Set<String> scripted =
        run.scripted().rules().stream().map(RuleMeta::id).collect(Collectors.toSet());
    left.forEach(
        (kind, times) -> {
          boolean ran = Rule.of(kind.rule()).isPresent() || scripted.contains(kind.rule());
          List<Missing> list = ran && !silent.contains(kind.rule()) ? gone : notJudged;
          if (times > 0) {
            list.add(
                new Missing(kind.rule(), kind.fingerprint(), kind.severity(), times, run.files()));
          }
        });
  }

  boolean isChecked() {
    return checked;
  }

  /** What was not found again though it was looked for. */
  List<Missing> gone() {
    return gone;
  }

  /** What nobody looked for. */
  List<Missing> notJudged() {
    return notJudged;
  }
}
