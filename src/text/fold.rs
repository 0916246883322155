//! One way to compare words: lower case, without dots and diacritics, with one sort of apostrophe.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds a word for comparison: "U.S." and "US" are "us", "Erdoğan" is "erdogan", "Sánchez" is "sanchez".
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        let mut folded = String::with_capacity(word.len());
        folded.extend(word.bytes().filter(|byte| *byte != b'.').map(|byte| char::from(byte.to_ascii_lowercase())));
        return folded;
    }
    word.nfd()
        .filter(|c| !is_combining_mark(*c) && *c != '.' && !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .map(plain)
        .collect()
}

/// Characters that are not seen: the soft hyphen, zero-width spaces and joiners, marks of direction, a byte order mark.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Letters that are not a base letter with a mark, but are written without one in other languages' newspapers.
fn plain(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        '’' | 'ʼ' | '‘' => '\'',
        _ => c,
    }
}

/// Folds a word some of whose letters are written out: with "ö" as "oe", "Schröder" is "schroeder".
pub fn spell_out(word: &str, written_out: &[(String, String)]) -> String {
    let lower: String = word.nfc().flat_map(char::to_lowercase).collect();
    fold(&written_out.iter().fold(lower, |word, (letter, letters)| word.replace(letter, letters)))
}

/// Folds every word of a phrase, with single spaces; a hyphen is a space.
pub fn fold_phrase(phrase: &str) -> String {
    let mut folded = String::with_capacity(phrase.len());
    for word in phrase.split(|c: char| c.is_whitespace() || is_hyphen(c)).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&fold(word));
    }
    folded
}

/// What the transliterations of one name share: letters are single, and -iy, -yy, -yi, -ij end alike.
pub fn skeleton(word: &str) -> String {
    let mut bones = String::with_capacity(word.len());
    for c in word.chars() {
        if !bones.ends_with(c) {
            bones.push(c);
        }
    }
    let stem = without_ending(&bones).len();
    if stem < bones.len() && stem > 2 {
        bones.truncate(stem);
        bones.push('y');
    }
    bones
}

/// A word without the letters at its end that each alphabet writes in its own way.
pub fn without_ending(word: &str) -> &str {
    word.trim_end_matches(['i', 'y', 'j'])
}

/// Whether the character is part of a word: a letter, a digit, or a mark that is set over one.
#[inline]
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{0300}'..='\u{036f}').contains(&c)
}

/// Whether the character is an apostrophe, straight or typographic.
#[inline]
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Whether the character joins two parts of a compound.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): a hash that is the same in every version and on every machine, for
/// fingerprints that are kept in files.
pub fn stable_hash(parts: &[&str]) -> u64 {
    let feed = |hash, part: &&str| hash_on(hash_on(hash, part.as_bytes()), &[0xFF]);
    parts.iter().fold(FNV_OFFSET, feed)
}

/// The same for bytes.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    hash_on(FNV_OFFSET, bytes)
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn hash_on(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// One hash of hashes in their order, as stable as they are.
pub fn mix(hashes: impl IntoIterator<Item = u64>) -> u64 {
    hashes
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325, |mixed, hash| (mixed ^ hash).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        assert_eq!(fold("U.S."), "us");
        assert_eq!(fold("Erdoğan"), "erdogan");
        assert_eq!(fold("Łódź"), "lodz");
        let written_out = [("ö", "oe"), ("ß", "ss")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(spell_out("Scho\u{308}nstra\u{df}e", &written_out), "schoenstrasse");
        assert_eq!(fold_phrase("Secretary-General of the U.N."), "secretary general of the un");
    }
}
