//! `html`: one page that stands on its own, to send around or to print: every finding with its sentence and its proof.

use super::markup::escape;
use super::{Checked, Report};
use crate::diagnostic::{Diagnostic, Evidence, Proof, Severity};
use std::fmt::Write as _;

/// The look: ink on paper, by day and by night; no fonts and scripts from elsewhere.
const STYLE: &str = include_str!("html.css");

/// Writes a report as one page.
pub(super) fn html(report: &Report<'_>) -> String {
    let count = |severity: Severity| {
        let all = report.checked.iter().flat_map(|checked| &checked.diagnostics);
        all.filter(|diagnostic| diagnostic.severity() == severity).count()
    };
    let mut text = String::new();
    let _ = write!(
        text,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>factlint: {} findings</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>factlint</h1>\n",
        report.checked.iter().map(|checked| checked.diagnostics.len()).sum::<usize>(),
    );
    // Each box hides what it names; the page needs no script for it.
    for (severity, name) in Severity::ALL.iter().rev() {
        let _ = writeln!(
            text,
            "<label class=\"{name}\"><input type=\"checkbox\" checked id=\"show-{name}\"> {} {name}</label>",
            count(*severity)
        );
    }
    let counts = report.counts;
    let _ = writeln!(
        text,
        "<p>{} claims: {} conflict, {} supported, {} unknown, {} disputed.{}</p>\n</header>\n<main>",
        counts.claims,
        counts.conflict,
        counts.supported,
        counts.unknown,
        counts.disputed,
        report.dated.as_ref().map(|dated| format!(" {}.", escape(dated))).unwrap_or_default(),
    );
    for checked in report.checked.iter().filter(|checked| !checked.diagnostics.is_empty()) {
        file(&mut text, checked);
    }
    if report.checked.iter().all(|checked| checked.diagnostics.is_empty()) {
        text.push_str("<p>Nothing conflicts with what is known.</p>\n");
    }
    text.push_str("</main>\n</body>\n</html>\n");
    text
}

fn file(text: &mut String, checked: &Checked) {
    let _ = writeln!(text, "<section>\n<h2>{}</h2>", escape(checked.source.path()));
    for diagnostic in &checked.diagnostics {
        finding(text, checked, diagnostic);
    }
    text.push_str("</section>\n");
}

fn finding(text: &mut String, checked: &Checked, diagnostic: &Diagnostic) {
    let span = diagnostic.primary().span;
    let at = checked.source.position(span.start);
    let severity = diagnostic.severity();
    let _ = writeln!(
        text,
        "<article class=\"{severity}\" data-rule=\"{rule}\" data-line=\"{line}\" data-column=\"{column}\">\n<h3><span>{severity}[{rule}]</span> {message}</h3>",
        rule = escape(diagnostic.rule()),
        line = at.line,
        column = at.column,
        message = escape(diagnostic.message()),
    );
    // The row around the finding, cut where it is long: newspaper paragraphs are one line.
    let row = checked.source.line(at.line).unwrap_or(span);
    let line = checked.source.slice(row.cover(span));
    let mark = (span.start - row.start) as usize..(span.end - row.start) as usize;
    let setting = format!("{}:{} · {}", at.line, at.column, diagnostic.setting);
    let _ = writeln!(text, "<blockquote>{}<cite>{}</cite></blockquote>", marked(line, mark), escape(&setting));
    text.push_str("<ul>\n");
    diagnostic.proofs().iter().for_each(|one| proof(text, one));
    text.push_str("</ul>\n");
    if let Some(fix) = &diagnostic.fix {
        let _ = writeln!(
            text,
            "<p class=\"fix\"><del>{}</del> <ins>{}</ins> ({})</p>",
            escape(checked.source.slice(fix.span)),
            escape(&fix.replacement),
            fix.safety.name()
        );
    }
    for note in &diagnostic.notes {
        let _ = writeln!(text, "<p class=\"note\">{}</p>", escape(note));
    }
    text.push_str("</article>\n");
}

fn proof(text: &mut String, proof: &Proof) {
    let said = proof.reckoned().map(|said| format!("<p>{}</p>", escape(&said))).unwrap_or_default();
    let shown = |evidence: &Evidence| marked(&evidence.sentence, evidence.mark.clone());
    let shown = proof.evidence().map(shown).unwrap_or_default();
    let mut about: Vec<String> = proof.evidence().map(Evidence::place).into_iter().collect();
    about.push(proof.name().to_owned());
    about.extend(proof.evidence().map(Evidence::remarks).unwrap_or_default());
    let _ = writeln!(text, "<li>{said}{shown}<cite>{}</cite></li>", escape(&about.join(" · ")));
}

/// So many characters stand on either side of what is marked.
const AROUND: usize = 160;

/// Words with a part marked, cut to what stands around it.
fn marked(words: &str, mark: std::ops::Range<usize>) -> String {
    let part = |range: std::ops::Range<usize>| words.get(range).unwrap_or_default();
    let (before, behind) = (part(0..mark.start), part(mark.end..words.len()));
    let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let to = behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at);
    let dots = |cut: bool| if cut { "…" } else { "" };
    format!(
        "{}{}<mark>{}</mark>{}{}",
        dots(from > 0),
        escape(before.get(from..).unwrap_or_default().trim_start()),
        escape(part(mark)),
        escape(behind.get(..to).unwrap_or_default().trim_end()),
        dots(to < behind.len()),
    )
}
