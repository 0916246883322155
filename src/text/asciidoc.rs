//! AsciiDoc: titles are headlines, alt texts and block titles of pictures captions; listings, comments and attributes are
//! left out.

use super::lines::{Line, Markup, Words, between, lines, near, prose};
use super::markup::unclosed;
use super::{
    Article, Block, Date, Document, Field, Language, Prose, Source, Span, Unread, date, front, span::offset, target,
};
use std::sync::Arc;

/// Fences around what holds no prose: listings, literals, comments, passthroughs.
const FENCES: [&str; 5] = ["----", "....", "////", "++++", BACKTICKS];
const BACKTICKS: &str = "```";
/// What titles in the older form are underlined with.
const UNDERLINES: [char; 5] = ['=', '-', '~', '^', '+'];

/// Reads an AsciiDoc source.
pub(crate) fn read(source: Arc<Source>, language: &Language) -> Document {
    let mut article = Article { span: Span::new(0, offset(source.text().len())), ..Article::default() };
    let body = front::take(source.text(), language, &mut article);
    let all: Vec<Line<'_>> = lines(source.text()).into_iter().filter(|line| line.at >= body).collect();
    let mut unread = Vec::new();
    let mut at = 0;
    // Whether a block of quotation is open, and whether what comes next is said by somebody else.
    let (mut quoted, mut said) = (false, false);
    while let Some(line) = all.get(at) {
        let text = line.text.trim_end();
        if let Some(fence) = fence(line) {
            let rest = all.get(at + 1..).unwrap_or_default();
            let close = rest.iter().position(|line| line.text.trim_end() == fence);
            if close.is_none() && rest.iter().any(|line| !line.is_blank()) {
                unread.push(Unread { at: offset(line.at), why: unclosed(&format!("block `{fence}`")) });
            }
            at += 1 + close.map_or(rest.len(), |close| close + 1);
            continue;
        }
        at += 1;
        if is_underlined(line, all.get(at)) {
            add(&mut article, Field::Headline, prose(&[*line], inline), language);
            at += 1;
            continue;
        }
        if is_fence_of_quotation(line) {
            quoted = !quoted;
            continue;
        }
        if line.is_blank() || line.is_rule(3) || is_comment(text) || is_attributes(text) || is_macro(text) {
            said |= ["[quote", "[verse", "[,"].iter().any(|quote| text.starts_with(quote));
            continue;
        }
        let first = article.blocks.len();
        if let Some((key, value)) = attribute(text) {
            if matches!(key, "revdate" | "date" | "docdate") {
                article.date =
                    date::parse_iso(value.trim()).or_else(|| date::parse_date(value, language)).or(article.date);
            }
        } else if let Some(alt) = picture(line) {
            add(&mut article, Field::Caption, prose(&[alt], inline), language);
        } else if let Some(title) = title(line) {
            add(&mut article, Field::Headline, prose(&[title], inline), language);
            // Under the title of a document stand its author and its date, up to the first blank line.
            if text.starts_with("= ") {
                let head = all.get(at..).unwrap_or_default().iter().take_while(|line| !line.is_blank());
                at += head.clone().filter(|line| !line.text.starts_with(':')).count().min(HEAD_LINES);
                article.date = article.date.or_else(|| head.take(HEAD_LINES).find_map(|line| revision(line.text)));
            }
        } else if let Some(caption) = text.strip_prefix('.').filter(|rest| rest.starts_with(char::is_alphanumeric)) {
            let caption = Line { text: caption, at: line.at + 1 };
            add(&mut article, Field::Caption, prose(&[caption], inline), language);
        } else {
            let rest = all.get(at..).unwrap_or_default();
            let goes_on = |line: &&Line<'_>| !line.is_blank() && !is_item(line.text) && !line.is_rule(3);
            let end = at + rest.iter().take_while(goes_on).count();
            let lines = all.get(at - 1..end).unwrap_or_default().iter();
            let mut block: Vec<Line<'_>> = lines.filter(|line| !is_comment(line.text)).copied().collect();
            if let Some(first) = block.first_mut() {
                *first = bare(*first);
            }
            add(&mut article, Field::Body, prose(&block, inline), language);
            at = end;
            said |= text.starts_with("> ");
        }
        let own = !std::mem::take(&mut said) && !quoted;
        article.blocks.iter_mut().skip(first).filter(|_| !own).for_each(|block| block.prose.keep(0));
    }
    let named = target::named_in_asciidoc(source.text());
    for block in article.blocks.iter_mut().filter(|block| block.field == Field::Headline) {
        if named.contains(&target::name(block.prose.text())) {
            block.prose.keep(0);
        }
    }
    article.date = article.date.or_else(|| date::file_name_date(source.path()));
    Document::of(source, article, unread)
}

/// What ends the block without prose that begins with a line: the same marks again, just as many.
fn fence<'a>(line: &Line<'a>) -> Option<&'a str> {
    let text = line.text.trim_end();
    if line.is_rule(3) && FENCES.iter().any(|fence| text.starts_with(fence)) {
        return Some(text);
    }
    // Of backticks a language may stand behind: "```rust".
    let language = text.strip_prefix(BACKTICKS)?;
    let is_name = language.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | ',' | '='));
    is_name.then_some(BACKTICKS)
}

/// `____` or `""`: what begins or ends a block of quotation.
fn is_fence_of_quotation(line: &Line<'_>) -> bool {
    line.is_rule(4) && line.text.starts_with('_') || line.text.trim_end() == "\"\""
}

/// `include::part.adoc[]`, `video::talks.mp4[]`: a macro that is a line, and no picture, whose alt text is read.
fn is_macro(text: &str) -> bool {
    let name = text.split_once("::").filter(|(_, rest)| rest.ends_with(']') && rest.contains('['));
    name.is_some_and(|(name, rest)| {
        !name.is_empty()
            && name != "image"
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            && !rest.split('[').next().unwrap_or_default().contains(' ')
    })
}

/// Whether a line is a title in the older form: a line of as many marks stands under it, or of one more or less.
fn is_underlined(line: &Line<'_>, under: Option<&Line<'_>>) -> bool {
    let Some(under) = under.filter(|under| under.is_rule(2) && under.text.starts_with(UNDERLINES)) else {
        return false;
    };
    let has_word = line.text.contains(char::is_alphanumeric) && !line.text.starts_with(['.', '[', ':', ' ', '\t']);
    has_word && line.text.trim_end().chars().count().abs_diff(under.text.trim_end().len()) < 2
}

/// The author and the revision of a document are a line each.
const HEAD_LINES: usize = 2;

/// The date of a revision: `v1.2, 2025-08-17`.
fn revision(text: &str) -> Option<Date> {
    text.split(", ").find_map(date::parse_iso)
}

/// `:toc:`, `:revdate: 2025-08-17`
fn attribute(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.strip_prefix(':')?.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '!'));
    (is_key && (value.is_empty() || value.starts_with(' '))).then_some((key, value))
}

/// `// a note to oneself`, also between the lines of a paragraph.
fn is_comment(text: &str) -> bool {
    text.starts_with("//") && !text.starts_with("///")
}

/// `[quote, Ada Lund]`, `[[anchor]]`.
fn is_attributes(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']') && !text.contains("](") && !text.contains(". ")
}

fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let marks = text.len() - text.trim_start_matches(['*', '-', '.']).len();
    marks > 0 && text.get(marks..).is_some_and(|rest| rest.starts_with(' '))
}

/// A line without the mark of a list or an admonition.
fn bare(line: Line<'_>) -> Line<'_> {
    let text = line.text.trim_start();
    let text = if is_item(text) { text.trim_start_matches(['*', '-', '.']).trim_start() } else { text };
    Line { text, at: line.at + line.text.len() - text.len() }
}

/// `== A section`
fn title<'a>(line: &Line<'a>) -> Option<Line<'a>> {
    let rest = line.text.trim_start_matches('=');
    let marks = line.text.len() - rest.len();
    let words = rest.strip_prefix(' ').filter(|_| (1..=6).contains(&marks))?;
    Some(Line { text: words, at: line.at + marks + 1 })
}

/// `image::talks.jpg[Leaders at the table]`
fn picture<'a>(line: &Line<'a>) -> Option<Line<'a>> {
    let rest = line.text.strip_prefix("image::")?;
    let open = rest.find('[')?;
    let inside = rest.get(open + 1..)?.trim_end().strip_suffix(']')?;
    let alt = inside.split(',').next().unwrap_or_default().trim_matches('"');
    Some(Line { text: alt, at: line.at + "image::".len() + open + 1 + inside.find(alt).unwrap_or_default() })
}

fn add(article: &mut Article, field: Field, prose: Prose, language: &Language) {
    if prose.text().trim().is_empty() {
        return;
    }
    let line = language.line_field(prose.text().trim()).filter(|_| field == Field::Body);
    article.blocks.push(Block::new(line.unwrap_or(field), prose, language));
}

/// `*so*`, `_so_`, `` `so` ``, `#so#`, `` "`so`" ``, `https://address[so]`, `link:address[so]`, `xref:place[so]`,
/// `<<place,so>>`, `image:file[so]`, `{nbsp}`, `{name}`, `[[anchor]]`.
fn inline(text: &str, at: usize) -> Option<Markup> {
    let rest = text.get(at..)?;
    for (open, close, left, right) in CURVED {
        if rest.starts_with(open) {
            return Some(Markup { before: 0, words: open.len(), behind: 0, read: Words::As(left) });
        }
        if rest.starts_with(close) {
            return Some(Markup { before: 0, words: close.len(), behind: 0, read: Words::As(right) });
        }
    }
    for mark in ["``", "`"] {
        if rest.starts_with(mark) {
            return between(text, at, mark, Words::Code);
        }
    }
    for mark in ["**", "__", "##", "*", "_", "#"] {
        if rest.starts_with(mark) {
            return between(text, at, mark, Words::Text);
        }
    }
    if let Some((name, shown)) = CHARACTERS.iter().find(|(name, _)| rest.starts_with(name)) {
        return Some(Markup { before: 0, words: name.len(), behind: 0, read: Words::As(shown) });
    }
    if let Some(markup) = reference(rest) {
        return Some(markup);
    }
    let scheme = MACROS.iter().find(|scheme| rest.starts_with(**scheme))?;
    let address = near(rest).find(|c: char| c == '[' || c.is_whitespace()).filter(|end| *end >= scheme.len())?;
    let words = near(rest.get(address..)?.strip_prefix('[')?).find(']')?;
    Some(Markup { before: address + 1, words, behind: 1, read: Words::Text })
}

/// What stands before an address and words in brackets.
const MACROS: [&str; 9] =
    ["https://", "http://", "link:", "xref:", "mailto:", "image:", "video:", "audio:", "footnote:"];

/// `<<place,so>>`, `<<place>>`, `[[anchor]]`, `{name}`, `icon:heart[]`: of these at most the words behind a comma are shown.
fn reference(rest: &str) -> Option<Markup> {
    let code = |length: usize| Markup { before: 0, words: length, behind: 0, read: Words::Code };
    if let Some(inside) = rest.strip_prefix("<<") {
        let inside = near(inside);
        let inside = inside.get(..inside.find(">>")?)?;
        return Some(match inside.find(',') {
            Some(comma) => {
                let words = inside.len() - comma - 1;
                Markup { before: 2 + comma + 1, words, behind: 2, read: Words::Text }
            }
            None => code(inside.len() + 4),
        });
    }
    if let Some(inside) = rest.strip_prefix("[[") {
        return Some(code(near(inside).find("]]")? + 4));
    }
    if let Some(inside) = rest.strip_prefix('{') {
        let name = near(inside).find('}')?;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '!');
        return inside
            .get(..name)
            .filter(|name| !name.is_empty() && name.chars().all(is_name))
            .map(|name| code(name.len() + 2));
    }
    let name = BARE.iter().find(|name| rest.starts_with(**name))?;
    let open = near(rest).find('[').filter(|open| !rest.get(name.len()..*open).unwrap_or(" ").contains(' '))?;
    let close = near(rest.get(open..)?).find(']')?;
    Some(code(open + close + 1))
}

/// Macros without words of the writer.
const BARE: [&str; 9] =
    ["icon:", "kbd:", "btn:", "menu:", "anchor:", "stem:", "latexmath:", "asciimath:", "indexterm:"];

/// Quotation marks that are written with backticks, and what they are.
const CURVED: [(&str, &str, &str, &str); 2] = [("\"`", "`\"", "“", "”"), ("'`", "`'", "‘", "’")];

/// Attributes that stand for characters (Asciidoctor, "Character Replacement Attributes").
const CHARACTERS: [(&str, &str); 20] = [
    ("{nbsp}", "\u{a0}"),
    ("{zwsp}", "\u{200b}"),
    ("{wj}", "\u{2060}"),
    ("{apos}", "'"),
    ("{quot}", "\""),
    ("{lsquo}", "‘"),
    ("{rsquo}", "’"),
    ("{ldquo}", "“"),
    ("{rdquo}", "”"),
    ("{deg}", "°"),
    ("{plus}", "+"),
    ("{amp}", "&"),
    ("{lt}", "<"),
    ("{gt}", ">"),
    ("{startsb}", "["),
    ("{endsb}", "]"),
    ("{asterisk}", "*"),
    ("{tilde}", "~"),
    ("{backtick}", "`"),
    ("{sp}", " "),
];
