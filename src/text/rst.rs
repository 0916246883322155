//! reStructuredText: underlined titles are headlines, alt texts captions; admonitions and notes are read; literal blocks,
//! comments and other directives are left out.

use super::lines::{Line, Markup, Words, between, lines, prose};
use super::{Article, Block, Document, Field, Language, Prose, Source, Span, date, front, span::offset, target};
use std::sync::Arc;

/// A title's line under it has at least so many marks.
const UNDERLINE: usize = 3;
/// The marks of lists.
const ITEMS: [&str; 4] = ["* ", "- ", "+ ", "#. "];
/// Directives whose text may begin in their own line (docutils, "Specific Admonitions" and "Body Elements"; Sphinx).
const TEXTS: [&str; 17] = [
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "note",
    "tip",
    "warning",
    "seealso",
    "todo",
    "epigraph",
    "highlights",
    "pull-quote",
    "compound",
    "centered",
    "footnote",
];
/// Those of them with words of somebody else.
const QUOTATIONS: [&str; 2] = ["epigraph", "pull-quote"];
/// Directives with a title in their own line and a text under it.
const TITLED: [&str; 4] = ["admonition", "topic", "sidebar", "rubric"];
/// Directives with a version in their own line, before their text.
const VERSIONED: [&str; 4] = ["versionadded", "versionchanged", "versionremoved", "deprecated"];
/// Directives that say how the text under them looks or where it is shown.
const AROUND: [&str; 3] = ["container", "class", "only"];
/// Directives in directives are no deeper than this.
const DEPTH: usize = 8;

/// Reads a reStructuredText source.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let mut article = Article { span: Span::new(0, offset(source.text().len())), ..Article::default() };
    let body = front::take(source.text(), language, &mut article);
    let all: Vec<Line<'_>> = lines(source.text()).into_iter().filter(|line| line.at >= body).collect();
    blocks(&all, 0, &mut article, language);
    let named = target::named_in_rst(source.text());
    for block in article.blocks.iter_mut().filter(|block| block.field == Field::Headline) {
        if named.contains(&target::name(block.prose.text())) {
            block.prose.keep(0);
        }
    }
    article.date = article.date.or_else(|| date::file_name_date(source.path()));
    Document::of(source, article, Vec::new())
}

/// Reads the blocks of lines that stand in so many directives.
fn blocks(all: &[Line<'_>], depth: usize, article: &mut Article, language: &Language) {
    let mut at = 0;
    let mut under_item = false;
    while let Some(line) = all.get(at) {
        if line.is_blank() || line.is_rule(UNDERLINE) {
            at += 1;
            continue;
        }
        let rest = all.get(at..).unwrap_or_default();
        at = if let Some(head) = explicit(line).filter(|_| depth < DEPTH) {
            let end = if head.is_blank() && rest.get(1).is_none_or(Line::is_blank) {
                // A mark with nothing behind it and nothing under it ends what stands above, and no more.
                at + 1
            } else {
                indented(all, at + 1, 0)
            };
            marked(head, all.get(at + 1..end).unwrap_or_default(), depth, article, language);
            end
        } else if let Some((key, value)) = field(line) {
            if let ("date" | "published", Some(date)) =
                (key, date::parse_iso(value).or_else(|| date::parse_date(value, language)))
            {
                article.date = article.date.or(Some(date));
            }
            at + 1
        } else if rest.get(1).is_some_and(|under| under.is_rule(UNDERLINE)) {
            add(article, Field::Headline, prose(&[*line], inline), language);
            at + 2
        } else {
            let end = at + rest.iter().take_while(|line| !line.is_blank()).count();
            let block = all.get(at..end).unwrap_or_default();
            let from = article.blocks.len();
            paragraph(block, article, language);
            // What is indented goes on with an item of a list, or is quoted.
            let is_indented = indent(line) > 0;
            under_item = is_item(block) || under_item && is_indented;
            if is_indented && !under_item {
                keep(article, from);
            }
            // A paragraph that ends with two colons has a literal block behind it, which is indented further.
            match block.last().filter(|line| line.text.trim_end().ends_with("::")) {
                Some(last) => indented(all, end, strip(*last, &ITEMS).at - last.at),
                None => end,
            }
        };
    }
}

fn paragraph(block: &[Line<'_>], article: &mut Article, language: &Language) {
    let trimmed: Vec<Line<'_>> = block.iter().map(|line| strip(*line, &ITEMS)).collect();
    let items = block.iter().filter(|line| line.text.starts_with(['*', '-', '+', '#'])).count();
    if items > 1 {
        trimmed.iter().for_each(|line| add(article, Field::Body, prose(&[*line], inline), language));
    } else {
        add(article, Field::Body, prose(&trimmed, inline), language);
    }
}

/// Whether a paragraph is an item of a list, by its mark or its number, or a term with its definition.
fn is_item(block: &[Line<'_>]) -> bool {
    let Some(first) = block.first() else { return false };
    let text = first.text.trim_start();
    let number = text.split_whitespace().next().unwrap_or_default();
    let numbered = number.len() < 6 && number.ends_with(['.', ')']) && number.len() < text.len();
    let defines = block.get(1).is_some_and(|next| indent(next) > indent(first));
    numbered || defines || ITEMS.iter().any(|mark| text.starts_with(mark))
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

/// What stands behind the mark of a directive, a comment, a note or a target. Three dots are an ellipsis.
fn explicit<'a>(line: &Line<'a>) -> Option<Line<'a>> {
    let behind = line.text.strip_prefix("..")?;
    let text = behind.trim_start();
    (behind.is_empty() || text.len() < behind.len()).then(|| Line { text, at: line.at + line.text.len() - text.len() })
}

/// Reads what stands behind such a mark and under it: a note, the text of a directive, the alt text and the caption of a
/// picture. A comment or a target is neither.
fn marked(head: Line<'_>, inside: &[Line<'_>], depth: usize, article: &mut Article, language: &Language) {
    let Some((name, argument)) = note(&head).or_else(|| directive(&head)) else { return };
    let is = |names: &[&str]| names.contains(&name.as_str());
    let options = inside.iter().take_while(|line| is_option(line.text)).count();
    let (options, under) = inside.split_at_checked(options).unwrap_or_default();
    if is(&["image", "figure"]) {
        let alts = options.iter().filter(|line| line.text.trim_start().starts_with(ALT));
        alts.for_each(|line| add(article, Field::Caption, prose(&[strip(*line, &[ALT])], inline), language));
        let caption: Vec<Line<'_>> = under.iter().map(|line| strip(*line, &[])).collect();
        add(article, Field::Caption, prose(&caption, inline), language);
        return;
    }
    if is(&TITLED) {
        add(article, Field::Headline, prose(&[argument], inline), language);
    } else if !is(&TEXTS) && !is(&VERSIONED) && !is(&AROUND) {
        return;
    }
    let first = match is(&VERSIONED) {
        true => argument.text.find(' ').map(|end| strip(argument.from(end), &[])),
        false => Some(argument).filter(|_| is(&TEXTS)),
    };
    let from = article.blocks.len();
    blocks(&first.into_iter().chain(dedented(under)).collect::<Vec<_>>(), depth + 1, article, language);
    if is(&QUOTATIONS) {
        keep(article, from);
    }
}

/// Keeps the words of blocks from a number on, which are somebody else's.
fn keep(article: &mut Article, from: usize) {
    article.blocks.iter_mut().skip(from).for_each(|block| block.prose.keep(0));
}

/// The option of a picture that says what is to be seen.
const ALT: &str = ":alt: ";

/// `[1] A note`, `[#name] A note`, `[*] A note`, `[Lund2025] A citation`: its text.
fn note<'a>(head: &Line<'a>) -> Option<(String, Line<'a>)> {
    let (label, text) = head.text.strip_prefix('[')?.split_once(']')?;
    let is_note =
        !label.is_empty() && !label.contains(char::is_whitespace) && (text.is_empty() || text.starts_with(' '));
    is_note.then(|| ("footnote".to_owned(), strip(head.from(head.text.len() - text.len()), &[])))
}

/// `name:: argument`
fn directive<'a>(head: &Line<'a>) -> Option<(String, Line<'a>)> {
    let (name, behind) = head.text.split_once("::")?;
    let name = name.trim_end();
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '.' | ':'));
    let is_directive = is_name && (behind.is_empty() || behind.starts_with([' ', '\t']));
    is_directive.then(|| (name.to_ascii_lowercase(), strip(head.from(head.text.len() - behind.len()), &[])))
}

/// `:class: wide`
fn is_option(text: &str) -> bool {
    let name = text.trim().strip_prefix(':').and_then(|rest| rest.split_once(':'));
    name.is_some_and(|(name, value)| !name.contains(['`', ' ']) && (value.is_empty() || value.starts_with(' ')))
}

/// Lines without the indent that they share.
fn dedented<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let shared = lines.iter().filter(|line| !line.is_blank()).map(indent).min().unwrap_or_default();
    lines.iter().map(|line| line.from(shared.min(indent(line)))).collect()
}

fn indent(line: &Line<'_>) -> usize {
    line.text.len() - line.text.trim_start_matches([' ', '\t']).len()
}

/// The line behind what is blank or indented further than so many bytes, from here on.
fn indented(all: &[Line<'_>], from: usize, than: usize) -> usize {
    let rest = all.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|line| line.is_blank() || indent(line) > than).count()
}

fn add(article: &mut Article, field: Field, prose: Prose, language: &Language) {
    if prose.text().trim().is_empty() {
        return;
    }
    let line = language.line_field(prose.text().trim()).filter(|_| field == Field::Body);
    article.blocks.push(Block::new(line.unwrap_or(field), prose, language));
}

/// `**so**`, `*so*`, ``` ``so`` ```, `` `so <address>`_ ``, `` :role:`so` ``, `` _`so` ``, `|so|`.
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
    if rest.starts_with('|') {
        return Some(Markup { read: Words::Name, ..between(text, at, "|", Words::Code)? });
    }
    let name = rest.strip_prefix(':').map_or("", role_name);
    let target = usize::from(rest.starts_with("_`"));
    let role = if name.is_empty() { target } else { name.len() + 2 };
    let quoted = rest.get(role..)?.strip_prefix('`')?;
    let end = quoted.find('`').filter(|end| *end > 0)?;
    let words = quoted.get(..end)?;
    let shown = words.find(" <").unwrap_or(end);
    let tail = quoted.get(end + 1..)?;
    let marks = tail.bytes().take(2).take_while(|byte| *byte == b'_').count();
    // What a reference names is its words, where it says no target of its own; and what has one gives it a name.
    let anonymous = marks == 2 && shown < end;
    let names = marks > 0 && !anonymous || target > 0 || !name.is_empty() && shown == end && !LOOKS.contains(&name);
    let read = match name {
        "code" | "literal" | "math" | "command" | "file" => Words::Code,
        _ if names => Words::Name,
        _ => Words::Text,
    };
    Some(Markup { before: role + 1, words: shown, behind: end - shown + 1 + marks, read })
}

/// Roles that say how words look, and not what they lead to (docutils, "Standard Roles"; Sphinx).
const LOOKS: [&str; 12] = [
    "emphasis",
    "strong",
    "subscript",
    "superscript",
    "sub",
    "sup",
    "title-reference",
    "title",
    "t",
    "abbr",
    "dfn",
    "guilabel",
];

/// The name of the role that a text begins with, before its colon and a backtick.
fn role_name(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name = text.get(..text.find(|c| !is_part(c)).unwrap_or(0)).unwrap_or_default();
    if text.get(name.len()..).is_some_and(|behind| behind.starts_with(":`")) { name } else { "" }
}
