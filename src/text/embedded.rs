//! HTML that stands in plain text: an embedded post, a picture with its caption, a word in bold. Not every less-than sign
//! begins a tag.

use super::element::{is_element, is_void};
use super::entity::push_decoded;
use super::html;
use super::markup::{Piece, pieces};
use super::{Language, Prose, Unread};
use std::ops::Range;

/// The end of an element is looked for in so many lines at most, and that of a tag in so many and so many bytes.
const LINES: usize = 50;
const WRAPPED: usize = 4;
const TAG: usize = 1000;

/// Whether a tag or a comment of HTML begins in a line.
pub(super) fn has_tag(line: &str) -> bool {
    line.match_indices('<').any(|(at, _)| {
        let rest = line.get(at + 1..).unwrap_or_default();
        rest.starts_with("!--") || rest.strip_prefix('/').map_or_else(|| begins_tag(rest), ends_element)
    })
}

/// A line that may be HTML or hold references of it, as titles of content systems do ("Q&amp;A"), and what of it was not
/// read.
pub(super) fn lines(of: &Prose, language: &Language) -> (Vec<Prose>, Vec<Unread>) {
    if has_tag(of.text()) {
        let page = html::page(of, language);
        return (page.blocks.into_iter().map(|(_, prose)| prose).collect(), page.unread);
    }
    let mut line = Prose::default();
    push_decoded(&mut line, of, 0..of.text().len());
    (vec![line], Vec::new())
}

/// Whether what stands behind a less-than sign is a start tag: the name of an element, and what goes on to its end or to an
/// attribute where the tag is wrapped. Systems have elements of their own (`<tweet id="1">`), which show themselves by an
/// attribute or by being empty.
fn begins_tag(rest: &str) -> bool {
    let (name, behind) = rest.split_at(name_length(rest));
    if name.is_empty() {
        return false;
    }
    let behind = behind.get(..behind.floor_char_boundary(TAG)).unwrap_or(behind);
    let goes_on = behind.starts_with([' ', '\t', '>', '/']);
    if is_element(&name.to_ascii_lowercase()) {
        return goes_on && behind.contains(['>', '=']);
    }
    let inside = behind.split('>').next().unwrap_or_default();
    let empty = inside.ends_with('/') && behind.contains('>');
    goes_on && (inside.contains("=\"") || empty)
}

/// Whether what stands behind `</` is a name and the end of the tag.
fn ends_element(rest: &str) -> bool {
    let (name, behind) = rest.split_at(name_length(rest));
    !name.is_empty() && behind.trim_start().starts_with('>')
}

fn name_length(text: &str) -> usize {
    let letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
    if letter { text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count() } else { 0 }
}

/// The part of a text from `start` in which the elements of its first line are closed again, and how many lines that are;
/// `ends` are the ends of the lines. Where they are not closed it is that line alone; where a tag of it has no end, the line
/// is no markup.
pub(super) fn extent(text: &str, start: usize, ends: impl Iterator<Item = usize>) -> Option<(Range<usize>, usize)> {
    let mut first = None;
    let (mut depth, mut from, mut broken) = (0_i64, start, 0);
    for (number, end) in ends.take(LINES).enumerate() {
        let line = pieces(text.get(from..end).unwrap_or_default());
        // A tag over two lines is counted where it ends.
        if line.iter().any(|piece| matches!(piece, Piece::Broken(..))) {
            broken += 1;
            if broken > WRAPPED {
                break;
            }
            continue;
        }
        broken = 0;
        first.get_or_insert((start..end, number + 1));
        depth += line.iter().map(opened).sum::<i64>();
        from = end;
        if depth <= 0 {
            return Some((start..end, number + 1));
        }
    }
    first
}

/// How many elements a piece opens.
fn opened(piece: &Piece) -> i64 {
    match piece {
        Piece::Start(tag) if !tag.empty && !is_void(&tag.name) => 1,
        Piece::End(..) => -1,
        _ => 0,
    }
}
