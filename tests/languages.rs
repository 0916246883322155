//! A language is what its pack says: its marks in numbers, its signs for money, its plurals and ordinals. A pack that
//! has nothing of English reads and checks by its own.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use factlint::claim::{Measure, read};
use factlint::examples::test;
use factlint::pack::{Packs, load};
use factlint::report::{Look, problems};
use factlint::text::{self, Source};
use std::sync::Arc;
use support::{packs, root, snapshot};

/// The pack of a second language, with words of it written otherwise.
fn german(otherwise: &[(&str, &str)]) -> Arc<Packs> {
    let mut pack = std::fs::read_to_string(root().join("tests/languages/de.toml")).unwrap();
    for (from, to) in otherwise {
        assert!(pack.contains(from), "{from}");
        pack = pack.replace(from, to);
    }
    let (packs, broken) = load(&[Arc::new(Source::read("de.toml", pack.into()).unwrap())]);
    assert!(broken.all.is_empty(), "{}", problems(&broken.all, Look::default()));
    Arc::new(packs)
}

/// The figures of a sentence, as they are looked up.
fn figures(packs: &Packs, sentence: &str) -> Vec<String> {
    let source = Arc::new(Source::read("draft.txt", sentence.into()).unwrap());
    let reading = read(Arc::new(text::read(source, &packs.language)), packs);
    let blocks = reading.articles.iter().flat_map(|article| &article.blocks);
    blocks.flat_map(|block| &block.own.figures).map(|figure| figure.key()).collect()
}

#[test]
fn every_example_of_a_second_language_passes() {
    let tested = test(&german(&[]));
    assert!(tested.failed.is_empty(), "{}", problems(&tested.failed, Look::default()));
    assert_eq!(tested.passed, 6);
}

/// The same texts say something else where the pack has the marks, signs or days of another language: each of these alone
/// is what the examples rest on.
#[test]
fn what_a_pack_leaves_out_is_not_known() {
    for (otherwise, failing) in [
        (&[("decimal = \",\"\nthousands = [\".\"]", "decimal = \".\"\nthousands = [\",\"]")][..], 3),
        (&[("changes = [\"anstieg\", \"rückgang\"]\n", "")], 1),
        (&[("ordinal_endings = [\".\"]\n", "")], 1),
        (&[("percent_signs = [\"%\"]\n", "")], 1),
    ] {
        let tested = test(&german(otherwise));
        assert_eq!(tested.failed.len(), failing, "{otherwise:?}: {}", problems(&tested.failed, Look::default()));
    }
}

#[test]
fn figures_are_read_as_their_language_writes_them() {
    let german = german(&[]);
    for (sentence, expected, english) in [
        ("Es kostete 1.234,5 €.", &["1234.5 by 0.1 €"][..], &["1.234 by 0.001", "5 by 1"][..]),
        ("Es kamen 12.000 Soldaten.", &["12000 by 1 soldat"], &["12 by 0.001"]),
        ("Es kamen zwölf Lehrerinnen.", &["12 by 1 lehrerin"], &[]),
        ("Es waren 20–30 %.", &["20..30 by 1 %"], &["20..30 by 1 %"]),
        ("Es kostete rund 3,5 Millionen €.", &["~3500000 by 100000 €"], &["3 by 1", "5 by 1"]),
        ("Es kamen mindestens eine halbe Million.", &[">500000 by 1000000"], &[]),
        ("It cost $1,234.5.", &["1,234.5"], &["1234.5 by 0.1 $"]),
    ] {
        let found = figures(&german, sentence);
        assert!(found == expected || expected == ["1,234.5"] && found.is_empty(), "{sentence}: {found:?}");
        assert_eq!(figures(packs(), sentence), english, "{sentence}");
        assert!(found.iter().all(|key| Measure::from_key(key).unwrap().key() == *key), "{found:?}");
    }
}

#[test]
fn a_broken_language_says_where() {
    let pack = r#"
[language]
possessives = ["s"]
plurals = [[], ["s", "", "x"]]

[numbers]
decimal = "."
thousands = [",", "."]
currency_before = ["US$"]
"#;
    let (_, broken) = load(&[Arc::new(Source::read("broken.toml", pack.into()).unwrap())]);
    snapshot("problems", "language", &problems(&broken.all, Look::default()));
}
