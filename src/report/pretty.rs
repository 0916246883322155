//! `pretty`: a finding as a person reads it. ariadne draws the rows and labels; the excerpts, the true line and
//! column in the headers, and the counts at the end are ours.

use super::excerpt::excerpt;
use super::{Checked, Report, proof, shown};
use crate::diagnostic::{Diagnostic, Evidence, Proof, Safety, Severity};
use crate::pack::{built_in, built_in_name};
use ariadne::{CharSet, Color, Config, IndexType, Label, ReportKind};
use std::fmt::Write as _;

/// How a report is shown on a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Whether colours are used.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
    /// Whether the closing line of counts is left out.
    pub quiet: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look { color: false, width: 80, quiet: false }
    }
}

/// Columns that ariadne's margin takes.
const MARGIN: usize = 10;
/// So many further places of one mistake are listed.
const PLACES: usize = 8;

/// Writes a report for people.
pub fn pretty(report: &Report<'_>) -> String {
    let mut text = String::new();
    for checked in report.checked {
        for group in groups(&checked.diagnostics) {
            text.push_str(&finding(checked, &group, report.look));
            text.push('\n');
        }
    }
    if !report.look.quiet {
        text.push_str(&closing(report));
    }
    text
}

/// Findings of one mistake together, in order of their first place.
fn groups(diagnostics: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    for diagnostic in diagnostics {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.group == diagnostic.group)) {
            Some(group) => group.push(diagnostic),
            None => groups.push(vec![diagnostic]),
        }
    }
    groups
}

/// A row with a header that is ours.
pub(super) struct Row {
    pub(super) header: String,
    pub(super) line: u32,
    pub(super) row: String,
    pub(super) mark: std::ops::Range<usize>,
    pub(super) label: String,
}

fn finding(checked: &Checked, group: &[&Diagnostic], look: Look) -> String {
    let Some(diagnostic) = group.first() else { return String::new() };
    let room = look.width.saturating_sub(MARGIN).max(30);
    let source = &checked.source;
    let span = diagnostic.primary().span;
    let at = source.position(span.start);
    let line = source.line(at.line).unwrap_or(span);
    let cut = excerpt(source.slice(line), (span.start - line.start) as usize..(span.end - line.start) as usize, room);
    let mut rows = vec![Row {
        header: format!("{}:{}:{} ] {}", source.path(), at.line, at.column, diagnostic.setting),
        line: at.line,
        row: cut.row,
        mark: cut.mark,
        label: diagnostic.primary().text.clone(),
    }];
    rows.extend(diagnostic.proofs().iter().filter_map(|proof| proof_row(proof, room)));
    let title = format!("{}[{}]: {}", diagnostic.severity(), diagnostic.rule(), diagnostic.message());
    let mut notes: Vec<String> = proof::unplaced(diagnostic).chain(diagnostic.notes.iter().cloned()).collect();
    if diagnostic.is_trial() {
        notes.push("this rule is on trial and fails no run".to_owned());
    }
    if let Some(fix) = &diagnostic.fix {
        let safety = if fix.safety == Safety::Safe { "" } else { " (not safe)" };
        notes.push(format!("fix{safety}: {} → {}", source.slice(fix.span), fix.replacement));
    }
    let places: Vec<String> = group
        .iter()
        .skip(1)
        .map(|other| source.position(other.primary().span.start))
        .map(|place| format!("{}:{}", place.line, place.column))
        .collect();
    if !places.is_empty() {
        let more = places.len().saturating_sub(PLACES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(format!("also at {}{more}", places.iter().take(PLACES).cloned().collect::<Vec<_>>().join(", ")));
    }
    draw(&title, diagnostic.severity(), &rows, &notes, look)
}

fn proof_row(proof: &Proof, room: usize) -> Option<Row> {
    let evidence = proof.evidence()?;
    let cut = excerpt(&evidence.sentence, evidence.mark.clone(), room);
    let place = format!("{}:{} ]", evidence.place(), evidence.position.column);
    let header = format!("{place} {}", proof.remarks().join(" · ")).trim_end().to_owned();
    // The label's arrow ends a little behind the mark.
    let before = cut.row.get(..cut.mark.end).unwrap_or_default().chars().count() + 4;
    let label = also(&evidence.also, room.saturating_sub(before));
    Some(Row { header, line: evidence.position.line, row: cut.row, mark: cut.mark, label })
}

/// "also a.txt:4, b.txt:7 and 3 more", as many places as fit.
fn also(places: &[String], room: usize) -> String {
    let file = |place: &String| place.rsplit('/').next().unwrap_or(place).to_owned();
    let label = |shown: usize| {
        let named = places.iter().take(shown).map(file).collect::<Vec<_>>().join(", ");
        match places.len() - shown {
            0 => format!("also {named}"),
            more if shown == 0 => format!("also {more} more"),
            more => format!("also {named} and {more} more"),
        }
    };
    let fits = (0..=places.len().min(2)).rev().map(label).find(|label| label.chars().count() <= room);
    fits.filter(|_| !places.is_empty()).unwrap_or_default()
}

/// Draws rows with ariadne and puts our headers in the place of its own.
pub(super) fn draw(title: &str, severity: Severity, rows: &[Row], notes: &[String], look: Look) -> String {
    let color = match severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Info => Color::Cyan,
    };
    let title = &*shown(title);
    let (head, message) = title.split_once(": ").unwrap_or((title, ""));
    let Some(drawn) = drawn(head, message, color, rows, look) else { return title.to_owned() };
    let margin = rows.iter().map(|row| row.line.to_string().len()).max().unwrap_or(1) + 2;
    let mut text = headline(head, message, color, look);
    put_rows(&mut text, &drawn, rows, margin);
    for note in notes {
        for line in fold_note(&shown(note), look.width.saturating_sub(margin + 3).max(30)) {
            let _ = writeln!(text, "{:margin$}│ {line}", "");
        }
    }
    let _ = writeln!(text, "{}╯", "─".repeat(margin));
    text
}

/// What ariadne draws: a title, the rows with their marks, and a corner. Headers are marks for [`put_rows`].
fn drawn(head: &str, message: &str, color: Color, rows: &[Row], look: Look) -> Option<String> {
    let config = Config::default()
        .with_color(look.color)
        .with_index_type(IndexType::Char)
        .with_char_set(CharSet::Unicode)
        .with_compact(false);
    // ariadne sorts by source; the number in front keeps our order, and the mark finds the header again.
    let id = |number: usize| format!("\u{2}{number:03}\u{3}");
    // In characters: in bytes ariadne 0.6 mistakes the one for the other in the header of every source but the first.
    let mark = |row: &Row| {
        let characters = |to: usize| row.row.get(..to).map_or(0, |text| text.chars().count());
        characters(row.mark.start)..characters(row.mark.end)
    };
    let first = rows.first().map_or(0..0, mark);
    let mut drawing = ariadne::Report::build(ReportKind::Custom(head, color), (id(0), first))
        .with_config(config)
        .with_message(message);
    for (number, row) in rows.iter().enumerate() {
        let color = if number == 0 { color } else { Color::Blue };
        let label =
            Label::new((id(number), mark(row))).with_color(color).with_order(i32::try_from(number).unwrap_or_default());
        drawing.add_label(if row.label.is_empty() { label } else { label.with_message(shown(&row.label)) });
    }
    let sources = rows.iter().enumerate().map(|(number, row)| (id(number), ariadne::Source::from(row.row.clone())));
    let mut bytes = Vec::new();
    drawing.finish().write(Cache(sources.collect()), &mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes what was drawn with the headers and the line numbers of its rows.
fn put_rows(text: &mut String, drawn: &str, rows: &[Row], margin: usize) {
    let mut at: Option<&Row> = None;
    // The first line is the title, the last one the corner; between them a gutter, a bar and what stands behind it.
    let lines: Vec<&str> = drawn.lines().skip(1).collect();
    for line in lines.iter().take(lines.len().saturating_sub(1)) {
        let Some(bar) = line.find(['╭', '├', '│', '┆']) else { continue };
        let (gutter, rest) = line.split_at(bar);
        if let Some((before, after)) = rest.split_once('\u{2}') {
            at = after.get(..3).and_then(|digits| rows.get(digits.parse::<usize>().ok()?));
            let header = at.map(|row| shown(&row.header)).unwrap_or_default();
            let _ = writeln!(text, "{:margin$}{before}{header}", "");
        } else if gutter.contains(|c: char| c.is_ascii_digit()) {
            let number = at.map(|row| row.line).unwrap_or_default();
            let _ = writeln!(text, "{number:>width$} {}", rest.trim_end(), width = margin - 1);
        } else if !rest.trim_matches(['│', '┆', ' ']).is_empty() {
            let _ = writeln!(text, "{:margin$}{}", "", rest.trim_end());
        }
    }
}

/// The title, broken where it is wider than the terminal.
fn headline(head: &str, message: &str, color: Color, look: Look) -> String {
    let rows = fold_note(&format!("{head}: {message}"), look.width);
    let mut text = rows.join("\n");
    if look.color {
        let code = match color {
            Color::Red => 31,
            Color::Yellow => 33,
            _ => 36,
        };
        text = text.replacen(head, &format!("\u{1b}[{code}m{head}\u{1b}[0m"), 1);
    }
    text.push('\n');
    text
}

/// Breaks a note into rows; the later ones are indented.
fn fold_note(note: &str, width: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in note.split_whitespace() {
        let indent = if rows.len() > 1 { 2 } else { 0 };
        let Some(row) = rows.last_mut() else { break };
        if row.is_empty() {
            row.push_str(word);
        } else if indent + row.chars().count() + 1 + word.chars().count() <= width {
            row.push(' ');
            row.push_str(word);
        } else {
            rows.push(word.to_owned());
        }
    }
    rows.iter().enumerate().map(|(number, row)| if number > 0 { format!("  {row}") } else { row.clone() }).collect()
}

struct Cache(Vec<(String, ariadne::Source<String>)>);

impl ariadne::Cache<String> for Cache {
    type Storage = String;

    fn fetch(&mut self, id: &String) -> Result<&ariadne::Source<String>, impl std::fmt::Debug> {
        self.0.iter().find(|(known, _)| known == id).map(|(_, source)| source).ok_or("no such source")
    }

    fn display<'a>(&self, id: &'a String) -> Option<impl std::fmt::Display + 'a> {
        Some(id.clone())
    }
}

/// What was checked: silence must not be ambiguous.
fn closing(report: &Report<'_>) -> String {
    let counts = report.counts;
    let mut text = format!(
        "{}: {} conflict · {} supported · {} unknown · {} disputed",
        plural(counts.claims, "claim"),
        counts.conflict,
        counts.supported,
        counts.unknown,
        counts.disputed
    );
    let extent = report.extent;
    let mut base = Vec::new();
    if extent.articles > 0 {
        let newest = extent.newest.map(|date| format!(" to {date}")).unwrap_or_default();
        base.push(format!("base: {}{newest}", plural(extent.articles, "article")));
    }
    if extent.stated > 0 {
        base.push(plural(extent.stated, "stated fact"));
    }
    base.extend(report.dated.clone());
    if !base.is_empty() {
        let _ = write!(text, " ({})", base.join("; "));
    }
    let files = report.checked.len();
    if files != 1 {
        text = format!("{}, {text}", plural(files, "file"));
    }
    if let Some(pack) = built_in_proof(report) {
        let note = format!("{pack} comes with factlint: `factlint rules --pack {}` prints it", built_in_name(pack));
        fold_note(&note, report.look.width).iter().for_each(|row| text.push_str(&format!("\n{row}")));
    }
    let mistakes: usize = report.checked.iter().map(|checked| groups(&checked.diagnostics).len()).sum();
    format!("{text}\n{}\n", verdict(report, mistakes))
}

/// Silence about what nobody read is no finding of nothing.
fn nothing(report: &Report<'_>) -> String {
    match report.unread.len() {
        0 => "nothing found".to_owned(),
        1 => "no finding in what was read; 1 part was not read".to_owned(),
        parts => format!("no finding in what was read; {parts} parts were not read"),
    }
}

/// The first pack among the proofs that is in no folder, because it comes with factlint.
fn built_in_proof(report: &Report<'_>) -> Option<&'static str> {
    let diagnostics = report.checked.iter().flat_map(|checked| &checked.diagnostics);
    let cited = diagnostics.flat_map(Diagnostic::proofs).filter_map(Proof::evidence);
    let paths = cited.map(|evidence: &Evidence| evidence.path.as_str());
    paths.filter_map(|path| built_in().iter().map(|(name, _)| *name).find(|name| *name == path)).next()
}

fn verdict(report: &Report<'_>, mistakes: usize) -> String {
    if mistakes == 0 {
        return nothing(report);
    }
    let mut counts = Vec::new();
    for (severity, name) in Severity::ALL.iter().rev() {
        let count: usize = report
            .checked
            .iter()
            .map(|checked| {
                groups(&checked.diagnostics)
                    .iter()
                    .filter(|group| group.first().is_some_and(|first| first.severity() == *severity))
                    .count()
            })
            .sum();
        if count > 0 {
            counts.push(plural(count, if *severity == Severity::Info { "hint" } else { name }));
        }
    }
    if !report.unread.is_empty() {
        counts.push(format!("{} not read", plural(report.unread.len(), "part")));
    }
    counts.join(", ")
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
