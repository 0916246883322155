//! Names of people as words: which is the surname, by which words a name is found, and how alike two names are.

use super::slip::{begins, is_initial, is_near, is_spelling, skeleton, slips};
use std::collections::BTreeSet;

/// A given name of so many letters is an initial.
const INITIAL: usize = 2;
/// Given names that share so many letters at their beginning, or are so many slips apart, may be one: "Aleksandr", "Alexander".
const GIVEN_BEGINS: usize = 3;
const GIVEN_SLIPS: usize = 2;
/// From so many letters on surnames may be one slip apart, and two.
const SURNAME_SLIPS: [usize; 2] = [4, 6];

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

/// The outer words of a folded name; a single word has no given name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The first word, where it is not all.
    pub given: Option<&'a str>,
    /// The last word.
    pub surname: &'a str,
}

impl<'a> Parts<'a> {
    /// Those of a name.
    pub fn of(name: &'a str) -> Parts<'a> {
        let given = name.split_once(' ').map(|(given, _)| given);
        Parts { given, surname: surname(name) }
    }

    /// The first word, which of a single one is the last.
    pub fn first(&self) -> &'a str {
        self.given.unwrap_or(self.surname)
    }
}

/// The last word of a folded name.
pub fn surname(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Whether a full name ends with these words: "Ursula von der Leyen" with "Leyen" and with "von der Leyen".
pub fn ends_with(name: &str, words: &str) -> bool {
    name.strip_suffix(words).is_some_and(|rest| rest.ends_with(' '))
}

/// A full name with another last word; a single word is all that there is of a name.
pub fn with_surname(name: &str, surname: &str) -> String {
    match name.rsplit_once(' ') {
        Some((given, _)) => format!("{given} {surname}"),
        None => surname.to_owned(),
    }
}

/// The words by which a name is found: its first, its last, and the skeleton of its last.
pub fn handles(name: &str) -> BTreeSet<String> {
    let parts = Parts::of(name);
    BTreeSet::from([parts.first().to_owned(), parts.surname.to_owned(), skeleton(parts.surname)])
}

/// Compares two folded names ("ursula von der leyen").
///
/// One word alone is similar to any name that holds it. Two full names are similar when their surnames are the same
/// and the given names a slip, a short form or an initial apart, or the other way round.
pub fn compare(a: &str, b: &str) -> Likeness {
    if a == b {
        return Likeness::Same;
    }
    let (parts_a, parts_b) = (Parts::of(a), Parts::of(b));
    let (last_a, last_b) = (parts_a.surname, parts_b.surname);
    match (parts_a.given, parts_b.given) {
        (None, _) | (_, None) => {
            let shared = a.split(' ').any(|word| b.split(' ').any(|other| is_spelling(word, other)));
            if shared { Likeness::Similar } else { Likeness::Different }
        }
        (Some(given_a), Some(given_b)) => {
            let surname = is_spelling(last_a, last_b);
            let given = given_a == given_b;
            let alike = (surname && given_alike(given_a, given_b)) || (given && is_near(last_a, last_b, SURNAME_SLIPS));
            // "Kim Jong Un" and "Kim Jong-un", "Luiz Inácio Lula da Silva" and "Luiz da Silva".
            let nested = given && surname || a.len() != b.len() && (contains_words(a, b) || contains_words(b, a));
            if alike || nested { Likeness::Similar } else { Likeness::Different }
        }
    }
}

fn contains_words(long: &str, short: &str) -> bool {
    let mut words = long.split(' ');
    short.split(' ').all(|word| words.any(|other| other == word))
}

fn given_alike(a: &str, b: &str) -> bool {
    let initial = a.chars().count() <= INITIAL || b.chars().count() <= INITIAL;
    let near = || shared_prefix(a, b) >= GIVEN_BEGINS || slips(a, b, GIVEN_SLIPS).is_some();
    is_initial(a, b) && (initial || begins(a, b) || near())
}

fn shared_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
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
