//! reStructuredText: underlined titles are headlines, alt texts captions; literal blocks, comments and directives are left
//! out, admonitions are read.

use super::lines::{Line, Markup, Words, between, lines, prose};
use super::{Article, Block, Document, Field, Language, Prose, Source, Span, date, span::offset};
use std::sync::Arc;

/// A title's line under it has at least so many marks.
const UNDERLINE: usize = 3;

/// Reads a reStructuredText source.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let all = lines(source.text());
    let mut article = Article { span: Span::new(0, offset(source.text().len())), ..Article::default() };
    let mut at = 0;
    while let Some(line) = all.get(at) {
        if line.is_blank() || line.is_rule(UNDERLINE) {
            at += 1;
            continue;
        }
        let rest = all.get(at..).unwrap_or_default();
        at = if line.text.starts_with("..") {
            directive(&all, at, &mut article, language)
        } else if let Some((key, value)) = field(line) {
            if let ("date" | "published", Some(date)) =
                (key, date::parse_iso(value).or_else(|| date::parse_date(value, language)))
            {
                article.date = article.date.or(Some(date));
            }
            at + 1
        } else if rest.get(1).is_some_and(|under| under.is_rule(UNDERLINE)) {
            add(&mut article, Field::Headline, prose(&[*line], inline), language);
            at + 2
        } else {
            let end = at + rest.iter().take_while(|line| !line.is_blank()).count();
            let block = all.get(at..end).unwrap_or_default();
            paragraph(block, &mut article, language);
            // A paragraph that ends with two colons has a literal block behind it.
            let literal = block.last().is_some_and(|line| line.text.trim_end().ends_with("::"));
            if literal { indented(&all, end) } else { end }
        };
    }
    article.date = article.date.or_else(|| date::file_name_date(source.path()));
    Document::of(source, article, Vec::new())
}

fn paragraph(block: &[Line<'_>], article: &mut Article, language: &Language) {
    let trimmed: Vec<Line<'_>> = block.iter().map(|line| strip(*line, &["* ", "- ", "+ ", "#. "])).collect();
    let items = block.iter().filter(|line| line.text.starts_with(['*', '-', '+', '#'])).count();
    if items > 1 {
        trimmed.iter().for_each(|line| add(article, Field::Body, prose(&[*line], inline), language));
    } else {
        add(article, Field::Body, prose(&trimmed, inline), language);
    }
}

/// A line without the mark of a list, and without its indent.
fn strip<'a>(line: Line<'a>, marks: &[&str]) -> Line<'a> {
    let bare = line.text.trim_start();
    let bare = marks.iter().find_map(|mark| bare.strip_prefix(mark)).unwrap_or(bare);
    Line { text: bare, at: line.at + line.text.len() - bare.len() }
}

/// `:date: 2025-08-17`
fn field<'a>(line: &Line<'a>) -> Option<(&'a str, &'a str)> {
    let (key, value) = line.text.trim().strip_prefix(':')?.split_once(": ")?;
    (!key.contains(['`', ' '])).then_some((key, value.trim()))
}

/// A directive or comment with everything that is indented under it; the line behind. Its words are read where it is an
/// admonition, its alt text where it is a picture.
fn directive(all: &[Line<'_>], at: usize, article: &mut Article, language: &Language) -> usize {
    let end = indented(all, at + 1);
    let Some(head) = all.get(at) else { return end };
    let name = head.text.trim_start_matches("..").trim().split("::").next().unwrap_or_default();
    let inside = all.get(at + 1..end).unwrap_or_default();
    match name {
        "image" | "figure" => {
            let options = inside.iter().filter(|line| line.text.trim_start().starts_with(':'));
            for line in options {
                let option = strip(*line, &[":alt: "]);
                if line.text.trim_start().starts_with(":alt: ") {
                    add(article, Field::Caption, prose(&[option], inline), language);
                }
            }
            let caption: Vec<Line<'_>> = inside
                .iter()
                .filter(|line| !line.text.trim_start().starts_with(':'))
                .map(|line| strip(*line, &[]))
                .collect();
            add(article, Field::Caption, prose(&caption, inline), language);
        }
        "note" | "warning" | "tip" | "important" | "epigraph" | "pull-quote" | "topic" | "sidebar" => {
            for block in inside.split(|line| line.is_blank()) {
                paragraph(block, article, language);
            }
        }
        _ => {}
    }
    end
}

/// The line behind what is indented from here on.
fn indented(all: &[Line<'_>], from: usize) -> usize {
    let rest = all.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|line| line.is_blank() || line.text.starts_with([' ', '\t'])).count()
}

fn add(article: &mut Article, field: Field, prose: Prose, language: &Language) {
    if prose.text().trim().is_empty() {
        return;
    }
    let line = language.line_field(prose.text().trim()).filter(|_| field == Field::Body);
    article.blocks.push(Block::new(line.unwrap_or(field), prose, language));
}

/// `**so**`, `*so*`, ``` ``so`` ```, `` `so <address>`_ ``, `` :role:`so` ``, `so_`.
fn inline(text: &str, at: usize) -> Option<Markup> {
    let rest = text.get(at..)?;
    if rest.starts_with("**") {
        return between(text, at, "**", Words::Text);
    }
    if rest.starts_with('*') {
        return between(text, at, "*", Words::Text);
    }
    if rest.starts_with("``") {
        return between(text, at, "``", Words::Code);
    }
    let name = rest.strip_prefix(':').map_or("", role_name);
    let role = if name.is_empty() { 0 } else { name.len() + 2 };
    let quoted = rest.get(role..)?.strip_prefix('`')?;
    let end = quoted.find('`').filter(|end| *end > 0)?;
    let words = quoted.get(..end)?;
    let shown = words.find(" <").unwrap_or(end);
    let tail = quoted.get(end + 1..)?;
    let marks = tail.bytes().take(2).take_while(|byte| *byte == b'_').count();
    let read = if matches!(name, "code" | "literal" | "math" | "command" | "file") { Words::Code } else { Words::Text };
    Some(Markup { before: role + 1, words: shown, behind: end - shown + 1 + marks, read })
}

/// The name of the role that a text begins with, before its colon and a backtick.
fn role_name(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name = text.get(..text.find(|c| !is_part(c)).unwrap_or(0)).unwrap_or_default();
    if text.get(name.len()..).is_some_and(|behind| behind.starts_with(":`")) { name } else { "" }
}
