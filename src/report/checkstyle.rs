//! `checkstyle`: Checkstyle XML, which reviewdog, Jenkins and many editors read.

use super::markup::escape;
use super::{Report, proof};
use std::fmt::Write as _;

/// Writes a report as one `checkstyle` document.
pub(super) fn checkstyle(report: &Report<'_>) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
    for checked in report.checked {
        let _ = writeln!(text, "  <file name=\"{}\">", escape(checked.source.path()));
        for diagnostic in &checked.diagnostics {
            let at = checked.source.position(diagnostic.primary().span.start);
            let said = [vec![diagnostic.message().to_owned()], proof::lines(diagnostic)].concat();
            let _ = writeln!(
                text,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"factlint.{}\"/>",
                at.line,
                at.column,
                diagnostic.severity(),
                escape(&said.join(" · ")),
                escape(diagnostic.rule()),
            );
        }
        text.push_str("  </file>\n");
    }
    text.push_str("</checkstyle>\n");
    text
}
