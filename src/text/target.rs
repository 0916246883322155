//! Titles that other places of a text lead to by their words, so that whoever changes such a title breaks a reference.
//!
//! In go the text and a title as it reads, out comes whether some reference names it. Each text is looked at once.

use super::fold::fold;
use rustc_hash::FxHashSet as HashSet;

/// A name in a reference is no longer than this, in bytes.
const LONGEST: usize = 300;

/// The name of a heading in an address: small letters and digits, with hyphens for spaces (GitHub's rule).
pub(super) fn anchor(title: &str) -> String {
    let kept = title.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A title as references of reStructuredText and AsciiDoc name it: without regard to case and marks.
pub(super) fn name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    fold(&words.collect::<Vec<_>>().join(" "))
}

/// The names of headings that links of Markdown and HTML lead to: `[so](#the-river)`, `<a href="#the-river">`.
pub(super) fn anchors(text: &str) -> HashSet<String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '>' | ']');
    between(text, &["(#", "\"#", "'#", ": #", "<#"], ends).map(|name| name.to_lowercase()).collect()
}

/// The titles that references of reStructuredText name: `` `The river`_ ``, `` `so <The river_>`_ ``, `` :ref:`The river` ``.
pub(super) fn named_in_rst(text: &str) -> HashSet<String> {
    between(text, &["`", "<"], |c| matches!(c, '`' | '>' | '<'))
        .map(|known| name(known.trim_end_matches('_')))
        .collect()
}

/// The titles that references of AsciiDoc name, and their names: `<<The river>>`, `<<_the_river,so>>`, `xref:_the_river[]`.
pub(super) fn named_in_asciidoc(text: &str) -> HashSet<String> {
    let ends = |c: char| matches!(c, '>' | ',' | '[');
    between(text, &["<<", "xref:"], ends)
        .map(|known| name(&known.trim_start_matches(['_', '#']).replace('_', " ")))
        .collect()
}

/// What stands behind one of some marks, up to a character that ends it.
fn between<'a>(text: &'a str, marks: &'static [&'static str], ends: fn(char) -> bool) -> impl Iterator<Item = &'a str> {
    marks.iter().flat_map(move |mark| {
        text.match_indices(mark).filter_map(move |(at, mark)| {
            let rest = text.get(at + mark.len()..)?;
            let near = rest.get(..rest.floor_char_boundary(LONGEST)).unwrap_or(rest);
            near.find(ends).and_then(|end| near.get(..end)).filter(|name| !name.is_empty())
        })
    })
}
