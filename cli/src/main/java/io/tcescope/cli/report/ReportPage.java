package io.tcescope.cli.report;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.output.RecordingFacts;
import io.tcescope.cli.output.VisibleWriter;
import io.tcescope.engine.check.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page: what the recording is, what happened, its windows over time, everything found. */
public final class ReportPage {
  /** Nothing is loaded and nothing runs, whatever a recording has put into its texts. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private static final int LONGEST_RECORD = 1000;

  private final Html html;
  private final Report report;

  private ReportPage(Html html, Report report) {
    this.html = html;
    this.report = report;
  }

  /** The page, for a program of that version. */
  public static String of(Report report, String version) {
    StringWriter page = new StringWriter();
    new ReportPage(Html.document(new VisibleWriter(page, false)), report).page(version);
    return page.toString();
  }

  private void page(String version) {
    html.open("html", "lang", "en");
    head();
    html.open("body").open("main");
    title();
    new AnswerPart(html, report).write();
    report.pair().ifPresent(pair -> new PartingPart(html, report, pair).write());
    new LanesPart(html, report).write();
    new FindingsPart(html, report).write();
    new WindowsPart(html, report).write();
    new LimitsPart(html, report).write();
    html.close();
    html.leaf(
        "footer",
        "Made by tcescope " + version + " from " + String.join(", ", report.run().files()));
    html.close().close().end();
  }

  private void head() {
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.leaf("title", name() + " - tcescope").leaf("style", style()).close();
  }

  private String name() {
    return String.join(" + ", report.words().files());
  }

  private static String style() {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void title() {
    html.open("header").leaf("h1", name()).open("p", "class", "chips");
    for (Severity severity : List.of(Severity.values()).reversed()) {
      long count =
          report.run().findings().stream().filter(one -> one.severity() == severity).count();
      if (count > 0) {
        html.leaf(
            "a", count + " " + severity.label(), "href", "#findings", "class", chip(severity));
      }
    }
    if (report.run().findings().isEmpty()) {
      html.leaf("span", "nothing found", "class", "chip clean");
    }
    html.close().open("dl");
    RecordingFacts.of(report.run())
        .forEach((name, value) -> html.leaf("dt", name).leaf("dd", value));
    html.close().close();
  }

  /** How a severity looks. */
  static String chip(Severity severity) {
    return "chip " + severity.label();
  }

  /** Quotes a record. */
  static void record(Html html, Place place) {
    String record = place.record().strip();
    if (!record.isEmpty()) {
      boolean whole = record.length() <= LONGEST_RECORD;
      html.leaf("code", whole ? record : record.substring(0, LONGEST_RECORD) + "...");
    }
  }
}
