//! `junit`: JUnit XML, which most build servers show: a suite a file, a case a finding, or one case that passed.

use super::markup::escape;
use super::{Checked, Report, proof};
use std::fmt::Write as _;

/// Writes a report as one `testsuites` document.
pub(super) fn junit(report: &Report<'_>) -> String {
    let suites: Vec<String> = report.checked.iter().map(suite).collect();
    let tests: usize = report.checked.iter().map(|checked| checked.diagnostics.len().max(1)).sum();
    let failures: usize = report.checked.iter().map(failures).sum();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(text, "<testsuites name=\"factlint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">");
    text.extend(suites);
    text.push_str("</testsuites>\n");
    text
}

fn failures(checked: &Checked) -> usize {
    checked.diagnostics.len()
}

fn suite(checked: &Checked) -> String {
    let path = escape(checked.source.path());
    let tests = checked.diagnostics.len().max(1);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{}\" errors=\"0\" skipped=\"0\">",
        failures(checked)
    );
    if checked.diagnostics.is_empty() {
        let _ = writeln!(text, "    <testcase name=\"no conflicts\" classname=\"{path}\" time=\"0\"/>");
    }
    for diagnostic in &checked.diagnostics {
        let at = checked.source.position(diagnostic.primary().span.start);
        let (rule, severity) = (escape(diagnostic.rule()), diagnostic.severity());
        let mut body = format!("{}:{}:{}", checked.source.path(), at.line, at.column);
        for line in proof::lines(diagnostic) {
            body.push('\n');
            body.push_str(&line);
        }
        let _ =
            writeln!(text, "    <testcase name=\"{rule} {}:{}\" classname=\"{path}\" time=\"0\">", at.line, at.column);
        let _ = writeln!(
            text,
            "      <failure type=\"{rule}\" message=\"{severity}: {}\">{}</failure>",
            escape(diagnostic.message()),
            escape(&body)
        );
        text.push_str("    </testcase>\n");
    }
    text.push_str("  </testsuite>\n");
    text
}
