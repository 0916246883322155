//! Plain text. A paragraph is a line, or a run of hard-wrapped lines; blank lines part paragraphs.
//!
//! A file of an aggregator holds several articles: a line with the outlet, one such as "15 minutes ago", often the
//! outlet again, then the next headline. A form feed parts articles too.

use super::loose::Loose;
use super::{
    Article, Block, Date, Document, Field, Language, Prose, Source, Span, Unread, date, embedded, front, html,
    span::offset,
};
use std::ops::Range;
use std::sync::Arc;

/// A headline is no longer than this, in characters.
const HEADLINE_CHARS: usize = 160;
/// A heading inside the text has at most so many words.
const HEADING_WORDS: usize = 14;
/// An outlet's name over an aggregated article has at most so many words.
const OUTLET_WORDS: usize = 6;
/// Hard-wrapped lines are at most so long, in bytes.
const WRAP_BYTES: usize = 100;

/// Reads a plain text source.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let whole = Prose::whole(source.text());
    let mut head = Article::default();
    let body = front::take(source.text(), language, &mut head);
    let lines: Vec<Line<'_>> = lines(source.text()).into_iter().filter(|line| line.at >= body).collect();
    let starts = article_starts(&lines, language);
    let mut articles = Vec::with_capacity(starts.len());
    let mut unread = Vec::new();
    for (number, &start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(lines.len());
        let own = lines.get(start..end).unwrap_or_default();
        let mut article = article(&whole, own, start > 0 && number > 0, language, &mut unread);
        if number == 0 {
            article.date = head.date.or(article.date).or_else(|| date::file_name_date(source.path()));
            article.outlet = head.outlet.take().or(article.outlet);
            article.blocks.splice(0..0, std::mem::take(&mut head.blocks));
        }
        if !article.blocks.is_empty() {
            articles.push(article);
        }
    }
    Document { source, articles, unread }
}

#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Line<'a> {
    fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    fn trimmed(self) -> Line<'a> {
        let text = self.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        Line { at: self.at + self.text.len() - text.len(), text: text.trim_end() }
    }

    fn behind(self, bytes: usize) -> Line<'a> {
        Line { text: self.text.get(bytes..).unwrap_or_default(), at: self.at + bytes }.trimmed()
    }
}

/// Lines end at LF, CR LF or CR, as everywhere.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let mut start = at;
        for part in body.split('\r') {
            lines.push(Line { text: part, at: start });
            start += part.len() + 1;
        }
        at += line.len();
    }
    lines
}

fn article_starts(lines: &[Line<'_>], language: &Language) -> Vec<usize> {
    let mut starts = vec![0];
    for (at, line) in lines.iter().enumerate() {
        let aged = language.is_article_age(line.text);
        let outlet = at.checked_sub(1).and_then(|before| lines.get(before));
        let named = outlet.is_some_and(|line| !line.is_blank() && line.text.split_whitespace().count() <= OUTLET_WORDS);
        if aged && named && at > 1 {
            starts.push(at - 1);
        } else if line.text.starts_with('\u{c}') && at > 0 {
            starts.push(at);
        }
    }
    starts
}

fn article(of: &Prose, lines: &[Line<'_>], aggregated: bool, language: &Language, unread: &mut Vec<Unread>) -> Article {
    let mut article = Article::default();
    let mut lines = lines;
    if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
        article.span = Span::new(offset(first.at), offset(last.at + last.text.len()));
    }
    if aggregated
        && let [outlet, age, rest @ ..] = lines
        && language.is_article_age(age.text)
    {
        article.outlet = Some(outlet.text.trim().to_owned());
        let again = rest
            .first()
            .is_some_and(|line| line.text.trim().trim_start_matches(['-', '–', '—', ' ']) == outlet.text.trim());
        lines = if again { rest.get(1..).unwrap_or_default() } else { rest };
    }
    paragraphs_into(of, lines, false, language, &mut article, unread);
    article
}

/// Reads the paragraphs of prose that is plain text, as inside another format, into an article. `headed` says whether
/// its headline stands elsewhere.
pub(super) fn body(of: &Prose, headed: bool, language: &Language, article: &mut Article) -> Vec<Unread> {
    let mut unread = Vec::new();
    paragraphs_into(of, &lines(of.text()), headed, language, article, &mut unread);
    unread
}

fn paragraphs_into(
    of: &Prose,
    lines: &[Line<'_>],
    mut headed: bool,
    language: &Language,
    article: &mut Article,
    unread: &mut Vec<Unread>,
) {
    let mut loose = Loose::default();
    let mut paragraphs = paragraphs(of.text(), lines).into_iter().peekable();
    while let Some(paragraph) = paragraphs.next() {
        let mut paragraph = match paragraph {
            Paragraph::Lines(lines) => lines,
            Paragraph::Markup(range) => {
                let mut part = Prose::default();
                part.push_part(of, range);
                unread.extend(html::fragment(&part, &mut loose, language).give(article, language));
                headed = true;
                continue;
            }
        };
        if article.blocks.len() < 4 {
            take_date(article, &mut paragraph, language);
        }
        let Some(first) = paragraph.first() else { continue };
        let text = first.text;
        let alone = paragraph.len() == 1;
        let field = match language.line_field(text) {
            Some(field) if alone => field,
            _ if alone && !headed && paragraphs.peek().is_some() && is_headline(text) => Field::Headline,
            _ if alone && headed && is_heading(text) => Field::Headline,
            _ => Field::Body,
        };
        headed |= matches!(field, Field::Headline | Field::Body);
        let mut prose = Prose::default();
        for (number, line) in paragraph.iter().enumerate() {
            if number > 0 {
                let seam = of.span(line.at.saturating_sub(1), line.at).start;
                prose.push_break(seam as usize);
            }
            prose.push_part(of, line.at..line.at + line.text.len());
        }
        // So mail quotes what it answers.
        if text.starts_with('>') {
            prose.keep(0);
        }
        article.blocks.push(Block::new(field, prose, language));
    }
    unread.extend(loose.unread());
}

/// A paragraph of plain text.
enum Paragraph<'a> {
    Lines(Vec<Line<'a>>),
    /// Lines in which tags of HTML stand, as an embedded post does.
    Markup(Range<usize>),
}

/// Lines grouped into paragraphs: each line its own, unless the run between blank lines is hard-wrapped.
fn paragraphs<'a>(text: &str, lines: &[Line<'a>]) -> Vec<Paragraph<'a>> {
    let mut all = Vec::new();
    for chunk in lines.split(|line| line.is_blank()) {
        let chunk: Vec<Line<'a>> = chunk.iter().map(|line| line.trimmed()).collect();
        let mut at = 0;
        while at < chunk.len() {
            let rest = chunk.get(at..).unwrap_or_default();
            let plain = rest.iter().take_while(|line| !embedded::has_tag(line.text)).count();
            let lines = rest.get(..plain).unwrap_or_default();
            if is_wrapped(lines) {
                all.push(Paragraph::Lines(lines.to_vec()));
            } else {
                all.extend(lines.iter().map(|line| Paragraph::Lines(vec![*line])));
            }
            at += plain;
            if let Some(first) = chunk.get(at) {
                let ends = chunk.iter().skip(at).map(|line| line.at + line.text.len());
                match embedded::extent(text, first.at, ends) {
                    Some((range, lines)) => {
                        all.push(Paragraph::Markup(range));
                        at += lines;
                    }
                    None => {
                        all.push(Paragraph::Lines(vec![*first]));
                        at += 1;
                    }
                }
            }
        }
    }
    all
}

fn is_wrapped(chunk: &[Line<'_>]) -> bool {
    let longest = chunk.iter().map(|line| line.text.len()).max().unwrap_or_default();
    let Some((_, full)) = chunk.split_last() else { return false };
    !full.is_empty()
        && (30..=WRAP_BYTES).contains(&longest)
        && full.iter().all(|line| line.text.len() * 5 >= longest * 3)
        && {
            // Three headlines of one length under each other are no paragraph: a wrapped line seldom ends a sentence.
            let open = full.iter().filter(|line| !line.text.ends_with(['.', '!', '?', '"', '”'])).count();
            let lower = chunk.iter().skip(1).filter(|line| line.text.starts_with(char::is_lowercase)).count();
            open * 2 >= full.len() && lower > 0
        }
}

/// Takes a date out of the head of an article: "date 2025-08-17 The text …", "Published: 17 August 2025", or a line
/// that is a date and little else.
fn take_date(article: &mut Article, paragraph: &mut Vec<Line<'_>>, language: &Language) {
    let alone = paragraph.len() == 1;
    let Some(first) = paragraph.first_mut() else { return };
    let lower = first.text.to_lowercase();
    let label = language.date_labels.iter().find(|label| {
        lower.starts_with(label.as_str()) && lower.get(label.len()..).is_some_and(|rest| rest.starts_with([' ', ':']))
    });
    if let Some(label) = label {
        let behind = first.behind(label.len()).text.trim_start_matches([':', ' ']);
        let skipped = first.text.len() - behind.len();
        if let Some(date) = date::parse_iso(behind) {
            article.date = article.date.or(Some(date));
            *first = first.behind(skipped + 10);
            if first.text.is_empty() {
                paragraph.remove(0);
            }
            return;
        }
    }
    if article.date.is_some() {
        return;
    }
    // A date, a weekday and a word such as "Published", and no sentence.
    let short = first.text.split_whitespace().count() <= 5 && alone && !first.text.ends_with('.');
    if short
        && let Some(first) = paragraph.first()
        && let Some(date) = date::parse_date(first.text, language)
    {
        article.date = Some(date);
        paragraph.clear();
    } else if let Some(first) = paragraph.first() {
        article.date = date_line(first.text, language);
    }
}

/// The full date of an agency's date line: "BRUSSELS, Aug. 18, 2025 (Agency) - …".
fn date_line(text: &str, language: &Language) -> Option<Date> {
    let head: String = text.chars().take(80).collect();
    let (head, _) = [" -- ", " — ", " – ", " - ", ") -"].iter().find_map(|dash| head.split_once(dash))?;
    date::parse_date(head, language)
}

fn is_headline(text: &str) -> bool {
    text.chars().count() <= HEADLINE_CHARS && !text.ends_with(['.', ':', ',', '"', '”', ';'])
}

fn is_heading(text: &str) -> bool {
    is_headline(text) && text.split_whitespace().count() <= HEADING_WORDS
}
