//! One row of a source around a label. Newspaper paragraphs are one line of up to two thousand characters; a row of
//! a terminal is not.

use super::shown::pieces;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A row cut out of a line, and the label's byte range in it.
pub(super) struct Excerpt {
    pub(super) row: String,
    pub(super) mark: Range<usize>,
}

/// Cuts `text` around the byte range `mark` so that it takes at most `width` columns. Line breaks and tabs become
/// spaces, so that the row is one row; what else would act on a terminal is pictured. A mark that is too wide itself is cut at its end.
pub(super) fn excerpt(text: &str, mark: Range<usize>, width: usize) -> Excerpt {
    let mark = mark.start.min(text.len())..mark.end.min(text.len());
    let chars: Vec<(usize, char, Option<String>, usize)> = pieces(text)
        .map(|(at, c, picture)| match picture {
            _ if c.is_whitespace() => (at, ' ', None, 1),
            Some(picture) => {
                let width = picture.width();
                (at, c, Some(picture), width)
            }
            None => (at, c, None, c.width().unwrap_or(1)),
        })
        .collect();
    let first = chars.partition_point(|(at, ..)| *at < mark.start);
    let last = chars.partition_point(|(at, ..)| *at < mark.end).max(first);
    let room = width.saturating_sub(2).max(8);
    let columns =
        |range: Range<usize>| chars.get(range).unwrap_or_default().iter().map(|(.., width)| *width).sum::<usize>();
    let (mut from, mut to) = (first, last);
    while to > from + 1 && columns(from..to) > room {
        to -= 1;
    }
    let shown_mark = from..to;
    // A third of what is left stands before the mark, the rest behind it; what one side does not need, the other takes.
    let mut left = room.saturating_sub(columns(from..to));
    let before = (left * 2 / 5).max(left.saturating_sub(columns(to..chars.len())));
    let mut taken = 0;
    while from > 0 && taken + columns(from - 1..from) <= before {
        taken += columns(from - 1..from);
        from -= 1;
    }
    left = left.saturating_sub(taken);
    while to < chars.len() && columns(to..to + 1) <= left {
        left -= columns(to..to + 1);
        to += 1;
    }
    let mut row = String::new();
    if from > 0 {
        row.push('…');
    }
    let mut range = 0..0;
    for (number, (_, c, picture, _)) in chars.iter().enumerate().skip(from).take(to - from) {
        if number == shown_mark.start {
            range.start = row.len();
        }
        match picture {
            Some(picture) => row.push_str(picture),
            None => row.push(*c),
        }
        if number + 1 == shown_mark.end {
            range.end = row.len();
        }
    }
    if to < chars.len() {
        row.push('…');
    }
    let end = row.len();
    Excerpt { row, mark: range.start.min(end)..range.end.clamp(range.start.min(end), end) }
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_long_line_is_cut_around_the_label() {
        let text = format!("{} Prime Minister {}", "word ".repeat(80), "tail ".repeat(80));
        let mark = 401..415;
        let cut = excerpt(&text, mark, 60);
        assert_eq!(cut.row.get(cut.mark.clone()), Some("Prime Minister"));
        assert!(cut.row.chars().count() <= 60, "{}", cut.row);
        let whole = excerpt("ab\tcd", 3..5, 60);
        assert_eq!((whole.row.as_str(), whole.mark), ("ab cd", 3..5));
    }
}
