//! Long inputs are read as short ones are.

mod support;

use factlint::fact::Parallels;
use factlint::lint::{Options, lint};
use std::sync::Arc;
use support::{base, lines, packs, read};

/// So many words that stand in no dictionary, from a number on.
fn words(numbers: std::ops::Range<usize>) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    let word = |number: usize| format!("b{}o{}u{}", letter(number / 676), letter(number / 26), letter(number));
    numbers.map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_far_behind_in_a_sentence_are_not_taken_for_those_at_its_beginning() {
    let date = "---\ndate: 2025-08-18\n---\n";
    let draft = |shared: usize| {
        let (own, end) = (words(0..shared), words(1_000..1_200 - shared));
        read("draft.md", &format!("{date}The {own} {end} as \"the bridge will open again\" on the hill.\n"))
    };
    let source = |shared: usize| {
        let (own, end) = (words(0..shared), words(2_000..2_130 - shared));
        read("source.md", &format!("{date}The {own} {end} as \"the bridge may open again\" on the hill.\n"))
    };
    let found = |shared| {
        let (draft, sources) = (draft(shared), [source(shared)]);
        let parallels = Some(Arc::new(Parallels::new(&sources, packs())));
        lines(&draft, &lint(&draft, packs(), &base(&sources), &Options { parallels, ..Options::default() }).unwrap())
    };
    assert!(found(90).iter().any(|line| line.contains("a source quotes")), "{:?}", found(90));
    assert_eq!(found(40), Vec::<String>::new());
}
