//! Tags and text of XML, where they stand. Documents that break the rules a little are normal, so that only what cannot
//! be cut into tags ends the reading.

use super::markup::{Piece, Tag};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};
use std::ops::Range;

/// How a section of text without references begins.
const CDATA: &str = "<![CDATA[";

/// The pieces of XML, in order; comments, declarations and instructions are left out. No entity is expanded.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    // Places behind a mark of byte order would be counted without it.
    let skipped = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::from_str(text.get(skipped..).unwrap_or_default());
    let position = |at: u64| skipped + usize::try_from(at).unwrap_or(usize::MAX - skipped);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut pieces = Vec::new();
    loop {
        let start = position(reader.buffer_position());
        let event = reader.read_event();
        let at = start..position(reader.buffer_position());
        match event {
            Ok(Event::Start(tag)) => pieces.push(Piece::Start(read(text, &tag, at, false))),
            Ok(Event::Empty(tag)) => pieces.push(Piece::Start(read(text, &tag, at, true))),
            Ok(Event::End(tag)) => pieces.push(Piece::End(tag.name().as_ref().to_owned(), at)),
            Ok(Event::Text(_) | Event::GeneralRef(_)) => pieces.push(Piece::Text(at)),
            Ok(Event::CData(inside)) => pieces.push(Piece::Raw(within(text, &inside, at))),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) => return pieces,
            Err(error) => {
                let (at, why) = broken(&error, at.start, position(reader.error_position()));
                // Where the file was cut off inside an article, what is there of it is its words.
                let inside = text.get(at..).is_some_and(|rest| rest.starts_with(CDATA));
                pieces.extend(inside.then(|| Piece::Raw(at + CDATA.len()..text.len())));
                pieces.push(Piece::Broken(at, why));
                return pieces;
            }
        }
    }
}

/// Where the XML ends before its document does, and why.
fn broken(error: &Error, start: usize, at: usize) -> (usize, String) {
    match error {
        Error::Syntax(error) => (at, error.to_string()),
        error => (start, error.to_string()),
    }
}

fn read(text: &str, tag: &BytesStart<'_>, at: Range<usize>, empty: bool) -> Tag {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        attributes.push((attribute.key.as_ref().to_owned(), within(text, &attribute.value, at.clone())));
    }
    Tag { name: tag.name().as_ref().to_owned(), attributes, at, empty }
}

/// Where a part that was borrowed from a text stands in it; where it was not, `at`.
fn within(text: &str, part: &str, at: Range<usize>) -> Range<usize> {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    let end = start.wrapping_add(part.len());
    if start <= end && end <= text.len() && start >= at.start && end <= at.end { start..end } else { at }
}
