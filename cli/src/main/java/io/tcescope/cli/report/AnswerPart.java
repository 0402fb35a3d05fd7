package io.tcescope.cli.report;

import io.tcescope.cli.output.ChainRows;
import io.tcescope.cli.output.DiagnosisWords;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Symptom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** From the symptoms to their causes. */
final class AnswerPart extends PagePart {
  private static final int SYMPTOMS_SHOWN = 8;

  private final Diagnosis diagnosis;

  AnswerPart(Html html, Report report) {
    super(html, report);
    this.diagnosis = report.diagnosis();
  }

  @Override
  void write() {
    html.open("section", "id", "answer").leaf("h2", "What happened");
    answer();
    symptoms();
    int rank = 1;
    for (Cause cause : diagnosis.causes()) {
      cause(rank++, cause);
    }
    rejected();
    html.close();
  }

  private void answer() {
    if (diagnosis.undecided().isPresent()) {
      html.leaf("p", "Undecided: " + diagnosis.undecided().get(), "class", "answer");
    } else if (diagnosis.causes().isEmpty()) {
      html.leaf("p", "The recording shows no symptom of DMA in trouble.", "class", "answer");
    } else {
      Cause first = diagnosis.causes().getFirst();
      html.open("p", "class", "answer").text(DiagnosisWords.certainty(diagnosis));
      rule(first);
      html.text(", " + words.where(first.ordinal()) + ". " + first.message() + ".").close();
    }
    if (!diagnosis.unexplained().isEmpty() && !diagnosis.causes().isEmpty()) {
      html.leaf("p", "Not explained by anything recorded: " + words.named(diagnosis.unexplained()));
    }
  }

  /** The rule that a cause breaks, with a way to its finding. */
  private void rule(Cause cause) {
    Optional<Finding> finding =
        report.findings().stream()
            .filter(one -> one.rule().equals(cause.rule()))
            .min(Comparator.comparing(one -> one.ordinal() != cause.ordinal()));
    if (finding.isPresent()) {
      html.leaf("a", cause.rule(), "href", "#" + report.anchor(finding.get()));
    } else {
      html.leaf("b", cause.rule());
    }
  }

  private void symptoms() {
    if (diagnosis.symptoms().isEmpty()) {
      return;
    }
    html.leaf("h3", "Symptoms");
    int shown = Math.min(SYMPTOMS_SHOWN, diagnosis.symptoms().size());
    list(diagnosis.symptoms().subList(0, shown));
    List<Symptom> more = diagnosis.symptoms().subList(shown, diagnosis.symptoms().size());
    if (!more.isEmpty()) {
      html.open("details").leaf("summary", "and " + more.size() + " more");
      list(more);
      html.close();
    }
  }

  private void list(List<Symptom> symptoms) {
    html.open("ul");
    symptoms.forEach(this::symptom);
    html.close();
  }

  private void symptom(Symptom symptom) {
    html.open("li").text(words.head(symptom));
    if (!symptom.text().equals(symptom.kind().label())) {
      html.leaf("code", symptom.text());
    }
    html.close();
  }

  private void cause(int rank, Cause cause) {
    html.open("article", "class", "cause").open("h3").text("Cause " + rank + ": ");
    rule(cause);
    if (cause.confidence() != Confidence.CERTAIN) {
      html.text(" (" + cause.confidence().label() + ")");
    }
    html.close().leaf("p", cause.message() + ".");
    html.leaf("p", "Decided: " + words.moment(cause.ordinal()));
    if (!cause.explains().isEmpty()) {
      html.leaf("p", "Explains: " + words.named(cause.explains()));
    }
    if (DiagnosisWords.isAlone(cause)) {
      html.leaf("p", "Evidence: the symptom itself, nothing that led to it");
    }
    chain(cause);
    html.open("div", "class", "pair");
    windows("Windows before", cause.before());
    windows("Windows after", cause.after());
    html.close();
    cause.pressure().ifPresent(pressure -> list("How full", words.pressure(pressure)));
    cause.fix().ifPresent(fix -> html.leaf("p", fix, "class", "fix"));
    html.close();
  }

  /** A record that shows several things is quoted once. */
  private void chain(Cause cause) {
    html.open("table", "class", "chain");
    long quoted = 0;
    for (ChainRows.Row row : new ChainRows(words.places(), words.files()).of(cause)) {
      boolean decides = row.ordinal() == cause.ordinal();
      html.open("tr", "class", decides ? "decides" : "step");
      html.leaf("td", row.place()).leaf("td", row.time(), "class", "number");
      html.open("td").text(row.note());
      if (row.ordinal() != quoted) {
        ReportPage.record(html, words.places().get(row.ordinal()));
      }
      quoted = row.ordinal();
      html.close().close();
    }
    html.close();
  }

  private void windows(String title, List<String> windows) {
    list(title, windows.isEmpty() ? List.of("none") : windows);
  }

  private void list(String title, List<String> lines) {
    html.open("div").leaf("h4", title).open("ul");
    lines.forEach(line -> html.leaf("li", line));
    html.close().close();
  }

  private void rejected() {
    if (diagnosis.rejected().isEmpty()) {
      return;
    }
    html.open("details").leaf("summary", "Considered and let go").open("ul");
    diagnosis.rejected().forEach(one -> html.leaf("li", words.rejected(one)));
    html.close().close();
  }
}
