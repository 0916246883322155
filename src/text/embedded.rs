//! HTML that stands in plain text: an embedded post, a picture with its caption, a word in bold. What a less-than sign
//! begins is a tag only where HTML has an element of that name, or where an attribute in quotation marks follows, as in what
//! content systems put for a post or a gallery (`<tweet id="1">`).

use super::entity::push_decoded;
use super::html::{self, is_element, is_void};
use super::markup::{Piece, pieces};
use super::{Language, Prose};
use std::ops::Range;

/// An element that is open at the end of its line is looked for in so many more at most.
const LINES: usize = 200;

/// Whether a tag or a comment of HTML begins in a line. Tags of other names count where none of the line is broken.
pub(super) fn has_tag(line: &str) -> bool {
    let begins = |is_tag: fn(&str) -> bool| {
        line.match_indices('<').any(|(at, _)| is_tag(line.get(at + 1..).unwrap_or_default()))
    };
    let whole = || !pieces(line).iter().any(|piece| matches!(piece, Piece::Broken(..)));
    begins(begins_html) || begins(has_attribute) && whole()
}

/// Whether what stands behind a less-than sign goes on as a comment or an element of HTML does.
fn begins_html(rest: &str) -> bool {
    rest.starts_with("!--") || begins_tag(rest.strip_prefix('/').unwrap_or(rest))
}

/// A line that may be HTML or hold references of it, as titles of content systems do ("Q&amp;A").
pub(super) fn lines(of: &Prose, language: &Language) -> Vec<Prose> {
    if has_tag(of.text()) {
        return html::fragment(of, language).blocks.into_iter().map(|(_, prose)| prose).collect();
    }
    let mut line = Prose::default();
    push_decoded(&mut line, of, 0..of.text().len());
    vec![line]
}

/// Whether what stands behind a less-than sign is the name of an element and goes on as a tag does: to its end, or with an
/// attribute where the tag is wrapped.
fn begins_tag(rest: &str) -> bool {
    let name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let behind = rest.get(name..).unwrap_or_default();
    let ends = behind.starts_with([' ', '\t', '>', '/']) && behind.contains(['>', '=']);
    ends && rest.get(..name).is_some_and(|name| is_element(&name.to_ascii_lowercase()))
}

/// Whether a name and an attribute in quotation marks stand behind a less-than sign: nobody writes that in prose.
fn has_attribute(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let attribute = behind.trim_start();
    let value = attribute.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'));
    rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && attribute.len() < behind.len()
        && value.len() < attribute.len()
        && (value.starts_with("=\"") || value.starts_with("='"))
}

/// The part of a text from `start` in which the elements of its first line are closed again, and how many lines that are;
/// `ends` are the ends of the lines. Where they are not closed it is that line alone.
pub(super) fn extent(text: &str, start: usize, ends: impl Iterator<Item = usize>) -> (Range<usize>, usize) {
    let mut first = start..start;
    let (mut depth, mut from) = (0_i64, start);
    for (number, end) in ends.take(LINES).enumerate() {
        if number == 0 {
            first.end = end;
        }
        let line = pieces(text.get(from..end).unwrap_or_default());
        // A tag over two lines is counted where it ends.
        if line.iter().any(|piece| matches!(piece, Piece::Broken(..))) {
            continue;
        }
        depth += line.iter().map(opened).sum::<i64>();
        from = end;
        if depth <= 0 {
            return (start..end, number + 1);
        }
    }
    (first, 1)
}

/// How many elements a piece opens.
fn opened(piece: &Piece) -> i64 {
    match piece {
        Piece::Start(tag) if !tag.empty && !is_void(&tag.name) => 1,
        Piece::End(..) => -1,
        _ => 0,
    }
}
