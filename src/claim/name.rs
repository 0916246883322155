//! Names of people as words: what is the surname, and how alike two names are.

use crate::text::fold::skeleton;
use strsim::{damerau_levenshtein, osa_distance};

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same name.
    Same,
    /// A spelling of the same name, or perhaps the same person.
    Similar,
    /// Another person.
    Different,
}

/// Compares two folded names ("ursula von der leyen").
///
/// One word alone is similar to any name that holds it. Two full names are similar when their surnames are the same
/// and the given names a slip, a short form or an initial apart, or the other way round.
pub fn compare(a: &str, b: &str) -> Likeness {
    if a == b {
        return Likeness::Same;
    }
    let (first_a, last_a) = split(a);
    let (first_b, last_b) = split(b);
    match (first_a, first_b) {
        (None, _) | (_, None) => {
            let shared = a.split(' ').any(|word| b.split(' ').any(|other| same_bones(word, other)));
            if shared { Likeness::Similar } else { Likeness::Different }
        }
        (Some(given_a), Some(given_b)) => {
            let surname = same_bones(last_a, last_b);
            let given = given_a == given_b;
            let alike = (surname && given_alike(given_a, given_b)) || (given && surname_alike(last_a, last_b));
            // "Kim Jong Un" and "Kim Jong-un", "Luiz Inácio Lula da Silva" and "Luiz da Silva".
            let nested = given && surname || a.len() != b.len() && (contains_words(a, b) || contains_words(b, a));
            if alike || nested { Likeness::Similar } else { Likeness::Different }
        }
    }
}

/// First and last word of a folded name; a single word has no first.
fn split(name: &str) -> (Option<&str>, &str) {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let first = name.split_once(' ').map(|(first, _)| first);
    (first, last)
}

fn contains_words(long: &str, short: &str) -> bool {
    let mut words = long.split(' ');
    short.split(' ').all(|word| words.any(|other| other == word))
}

fn given_alike(a: &str, b: &str) -> bool {
    let initial = a.chars().count() <= 2 || b.chars().count() <= 2;
    let starts = a.chars().next() == b.chars().next();
    starts && (initial || a.starts_with(b) || b.starts_with(a) || shared_prefix(a, b) >= 3 || osa_distance(a, b) <= 2)
}

fn surname_alike(a: &str, b: &str) -> bool {
    if letters_apart(a, b) > 2 {
        return false;
    }
    let shorter = a.chars().count().min(b.chars().count());
    match damerau_levenshtein(a, b) {
        0 => true,
        1 => shorter >= 4,
        2 => shorter >= 6,
        _ => false,
    }
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

fn shared_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// Whether two words are transliterations of one name. A skeleton begins as its word does.
fn same_bones(a: &str, b: &str) -> bool {
    a == b || (a.chars().next() == b.chars().next() && skeleton(a) == skeleton(b))
}

/// The words of two spellings that differ by the case of their first letter alone, as word numbers.
pub fn particles_differ(a: &str, b: &str) -> Option<Vec<usize>> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let same = a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.to_lowercase() == b.to_lowercase());
    let differing: Vec<usize> = a.iter().zip(&b).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    (same && !differing.is_empty()).then_some(differing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart_is_a_lower_bound() {
        for (a, b) in [("zelensky", "zelenskyy"), ("stubb", "stub"), ("merz", "scholz"), ("rutte", "turte"), ("", "ab")]
        {
            assert!(letters_apart(a, b) <= damerau_levenshtein(a, b), "{a} / {b}");
        }
        assert_eq!(letters_apart("merz", "macron"), 4);
    }

    #[test]
    fn likeness_of_names() {
        for (a, b, expected) in [
            ("volodymyr zelensky", "volodymyr zelenskyy", Likeness::Similar),
            ("volodymyr zelensky", "olena zelenska", Likeness::Different),
            ("emmanuel macron", "emanuel macron", Likeness::Similar),
            ("emmanuel macron", "brigitte macron", Likeness::Different),
            ("steve witkoff", "steven witkoff", Likeness::Similar),
            ("trump", "donald trump", Likeness::Similar),
            ("donald trump", "donald tusk", Likeness::Different),
            ("friedrich merz", "fredrich merz", Likeness::Similar),
            ("alexander stubb", "petteri orpo", Likeness::Different),
            ("luiz inacio lula da silva", "lula da silva", Likeness::Similar),
        ] {
            assert_eq!(compare(a, b), expected, "{a} / {b}");
        }
    }
}
