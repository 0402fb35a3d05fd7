package io.tcescope.cli.report;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.DiagnosisWords;

/** A section of the page. */
abstract class PagePart {
  final Html html;
  final Report report;
  final Checked run;
  final DiagnosisWords words;

  PagePart(Html html, Report report) {
    this.html = html;
    this.report = report;
    this.run = report.run();
    this.words = report.words();
  }

  abstract void write();
}
