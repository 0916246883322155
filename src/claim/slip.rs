//! How two words differ: the one notion of "a slip apart".
//!
//! In go two folded words or names, out come facts: by how many slips of the pen they are apart, and of what sort a single one
//! is. How much of a slip is enough somewhere is said there, by named constants.

pub use crate::text::fold::skeleton;
use crate::text::fold::without_ending;
use std::collections::BTreeSet;
use strsim::osa_distance;

/// What parts two words that are one slip apart: a letter more, less or other, or two neighbours that changed places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Another way to write the end of one name in another alphabet: "Zelensky", "Zelenskiy".
    Transliterated,
    /// A letter is doubled in one of them: "Witkoff", "Wittkoff".
    Doubled,
    /// One goes on where the other ends: "Peter", "Peters".
    Longer,
    /// Letters that are there changed places, or one of them stands in another's stead: "Merz", "Mezr".
    Swapped,
    /// A letter that the other has not.
    Letter,
}

/// The slip that parts two words, if it is one.
pub fn slip(a: &str, b: &str) -> Option<Slip> {
    if slips(a, b, 1)? == 0 {
        return None;
    }
    let letters = |word: &str| word.chars().collect::<BTreeSet<char>>();
    Some(if is_spelling(a, b) {
        if without_ending(a) == without_ending(b) { Slip::Transliterated } else { Slip::Doubled }
    } else if begins(a, b) {
        Slip::Longer
    } else if letters(a) == letters(b) {
        Slip::Swapped
    } else {
        Slip::Letter
    })
}

/// By how many slips two words or names are apart, if by no more than `most`.
pub fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    let far = letters_apart(a, b) > most || most == 1 && !may_be_one(a, b);
    if far {
        return None;
    }
    Some(osa_distance(a, b)).filter(|slips| *slips <= most)
}

/// Whether two words may be one for all that slips do: from so many letters on they may be one apart, and two.
pub fn is_near(a: &str, b: &str, from: [usize; 2]) -> bool {
    let letters = shorter(a, b);
    slips(a, b, from.iter().filter(|from| letters >= **from).count()).is_some()
}

/// Whether two words are spellings of one name, by what such spellings share.
pub fn is_spelling(a: &str, b: &str) -> bool {
    a == b || (is_initial(a, b) && skeleton(a) == skeleton(b))
}

/// Whether two words begin with the same letter, as of a slip they mostly do, and of a spelling always.
pub fn is_initial(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

/// Whether one word is the beginning of the other: "Steve" and "Steven", "Africa" and "African".
pub fn begins(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// How many letters the shorter of two words has.
pub fn shorter(a: &str, b: &str) -> usize {
    a.chars().count().min(b.chars().count())
}

/// How many letters at least one of two words has that the other has not: a lower bound of their distance, and far
/// cheaper. 0 for words that are not ASCII.
fn letters_apart(a: &str, b: &str) -> usize {
    if !a.is_ascii() || !b.is_ascii() {
        return 0;
    }
    let mut more = [0_i32; 32];
    let mut count = |word: &str, one: i32| {
        for byte in word.bytes() {
            if let Some(count) = more.get_mut(usize::from(byte % 32)) {
                *count += one;
            }
        }
    };
    count(a, 1);
    count(b, -1);
    let (over, under) = more.iter().fold((0, 0), |(over, under), count| (over + count.max(&0), under + count.min(&0)));
    over.max(-under).unsigned_abs() as usize
}

/// Whether two texts are so much alike that one slip may be all that parts them: what is left between their common
/// beginning and their common end is no longer than two letters that changed places.
fn may_be_one(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let shorter = a.len().min(b.len());
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take(shorter - head).take_while(|(a, b)| a == b).count();
    let letters = |rest: &[u8]| rest.iter().enumerate().filter(|(at, byte)| *at == 0 || **byte & 0xC0 != 0x80).count();
    [a, b].into_iter().all(|word| letters(word.get(head..word.len() - tail).unwrap_or_default()) <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_of_slips() {
        for (a, b, expected) in [
            ("zelensky", "zelenskyy", Some(Slip::Transliterated)),
            ("zelenskiy", "zelensky", Some(Slip::Transliterated)),
            ("witkoff", "wittkoff", Some(Slip::Doubled)),
            ("bcc", "bbc", Some(Slip::Doubled)),
            ("peter", "peters", Some(Slip::Longer)),
            ("merz", "mezr", Some(Slip::Swapped)),
            ("ccn", "cnn", Some(Slip::Doubled)),
            ("cbn", "cnn", Some(Slip::Letter)),
            ("routers", "reuters", Some(Slip::Letter)),
            ("merz", "merz", None),
            ("bloomberg", "reuters", None),
        ] {
            assert_eq!(slip(a, b), expected, "{a} / {b}");
            assert_eq!(slip(b, a), expected, "{b} / {a}");
        }
    }

    #[test]
    fn what_is_looked_at_before_loses_no_slip() {
        let names = [
            "steve witkoff",
            "steve wittkoff",
            "anna li",
            "anan li",
            "aaa",
            "aaaa",
            "jörg",
            "jorg",
            "zelensky",
            "zelenskyy",
            "stubb",
            "stub",
            "merz",
            "scholz",
            "rutte",
            "turte",
            "",
            "ab",
            "john fetterman",
            "john hickenlooper",
            "macron",
        ];
        for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))) {
            let apart = osa_distance(a, b);
            for most in 0..4 {
                assert_eq!(slips(a, b, most), (apart <= most).then_some(apart), "{a} / {b}, {most}");
            }
        }
        assert_eq!(letters_apart("merz", "macron"), 4);
    }
}
