//! Tags and text of HTML and XML, as they stand there: malformed pages are normal, so nothing is an error. Nothing is
//! expanded but character references, and nothing is nested here: what is open is the reader's business.

use super::Prose;
use std::ops::Range;

/// What stands at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text with character references in it.
    Text(Range<usize>),
    /// The inside of a CDATA section: text without.
    Raw(Range<usize>),
    /// A start tag, its name in lower case, without a prefix, and its attributes.
    Start(String, Vec<(&'a str, Range<usize>)>),
    /// An end tag.
    End(String),
}

/// Elements of HTML whose inside is no markup.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "noscript"];

/// The pieces of a text, in order; comments and declarations are left out. `html` says whether scripts hold no markup.
pub(super) fn pieces(text: &str, html: bool) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        if let Some(inside) = rest.strip_prefix("<!--") {
            at += 4 + inside.find("-->").map_or(inside.len(), |end| end + 3);
        } else if let Some(inside) = rest.strip_prefix("<![CDATA[") {
            let end = inside.find("]]>").unwrap_or(inside.len());
            all.push(Piece::Raw(at + 9..at + 9 + end));
            at = (at + 9 + end + 3).min(text.len());
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            at += declaration(rest);
        } else if is_tag(rest) {
            let end = at + tag_length(rest);
            let tag = tag(text, at..end);
            if let (true, Piece::Start(name, _)) = (html, &tag)
                && RAW.contains(&name.as_str())
            {
                let close = closing(text, end, name);
                let name = name.clone();
                all.push(tag);
                all.push(if name == "title" || name == "textarea" {
                    Piece::Text(end..close)
                } else {
                    Piece::Raw(end..end)
                });
                at = close;
                continue;
            }
            all.push(tag);
            at = end;
        } else {
            let next = rest.get(1..).and_then(|more| more.find('<')).map_or(rest.len(), |next| next + 1);
            all.push(Piece::Text(at..at + next));
            at += next;
        }
    }
    all
}

fn is_tag(rest: &str) -> bool {
    let inside = rest.strip_prefix('<').map(|inside| inside.strip_prefix('/').unwrap_or(inside));
    inside.is_some_and(|inside| inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
}

/// The length of a declaration; one with a list of its own in brackets ends behind it.
fn declaration(rest: &str) -> usize {
    let close = rest.find('>').unwrap_or(rest.len());
    let end = match rest.find('[') {
        Some(open) if open < close => rest.find("]>").map_or(rest.len(), |end| end + 2),
        _ => close + 1,
    };
    end.min(rest.len())
}

/// The length of a tag; a `>` in quotation marks belongs to an attribute.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'')
                && rest.get(..at).is_some_and(|before| before.trim_end().ends_with('=')) =>
            {
                quote = Some(c);
            }
            None if c == '>' => return at + 1,
            None => {}
        }
    }
    rest.len()
}

fn closing(text: &str, from: usize, name: &str) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let end = rest
        .match_indices("</")
        .find(|(at, _)| rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)));
    end.map_or(text.len(), |(at, _)| from + at)
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn tag(text: &str, range: Range<usize>) -> Piece<'_> {
    let inside = text.get(range.start + 1..range.end).unwrap_or_default().trim_end_matches('>');
    if let Some(name) = inside.strip_prefix('/') {
        return Piece::End(local(name.trim()));
    }
    let length = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    let name = local(inside.get(..length).unwrap_or_default());
    Piece::Start(name, attributes(inside, length, range.start + 1))
}

fn attributes(inside: &str, from: usize, base: usize) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(rest) = inside.get(at..).filter(|rest| !rest.is_empty()) {
        let skipped = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        let rest = rest.get(skipped..).unwrap_or_default();
        let length = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default();
        let behind = rest.get(length..).unwrap_or_default();
        let value = behind.trim_start();
        at += skipped + length;
        let Some(value) = value.strip_prefix('=').map(str::trim_start) else {
            at += usize::from(name.is_empty());
            continue;
        };
        let start = inside.len() - value.len();
        let (start, end) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let end =
                    value.get(1..).and_then(|value| value.find(quote)).map_or(inside.len(), |end| start + 1 + end);
                (start + 1, end)
            }
            _ => (start, start + value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        found.push((name, base + start..base + end));
        at = end + 1;
    }
    found
}

/// Adds a part of prose with its character references read.
pub(super) fn push_decoded(prose: &mut Prose, of: &Prose, range: Range<usize>) {
    let text = of.text().get(range.clone()).unwrap_or_default();
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let Some(end) = rest.bytes().take(32).position(|byte| byte == b';').filter(|_| at >= done) else { continue };
        let Some(read) = rest.get(..end).and_then(reference) else { continue };
        prose.push_part(of, range.start + done..range.start + at);
        let to = at + 1 + end + 1;
        prose.push_spelled(read.encode_utf8(&mut [0; 4]), of.span(range.start + at, range.start + to));
        done = to;
    }
    prose.push_part(of, range.start + done..range.end);
}

/// A character reference of HTML by its name, of those that newspapers write, or by its number.
fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// From the HTML standard, section 13.5, "Named character references".
const NAMED: [(&str, char); 74] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("sect", '§'),
    ("para", '¶'),
    ("times", '×'),
    ("divide", '÷'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("oslash", 'ø'),
    ("oelig", 'œ'),
    ("scaron", 'š'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("Eacute", 'É'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
];
