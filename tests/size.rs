//! Long inputs are read as short ones are, and what is found in them is bounded.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use factlint::Diagnostic;
use factlint::diagnostic::{Proof, SHOWN, Severity};
use factlint::suppress::suppress;
use factlint::terms::Wish;
use factlint::text::{self, Document, Source};
use std::sync::Arc;
use support::{check, desk, lines, packs, read};

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
        lines(&draft, &desk(&sources).aligned(&sources).check(&draft, &Wish::default()).unwrap())
    };
    assert!(found(90).iter().any(|line| line.contains("a source quotes")), "{:?}", found(90));
    assert_eq!(found(40), Vec::<String>::new());
}

/// 17 November 2025 is a Monday.
const WRONG: &str = "The ferry sank on Sunday, 17 November 2025.\n\n";

/// Where the findings of a rule are, and the words of the last one, if it stands for others.
fn shown<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>, rule: &str) -> (Vec<u32>, Option<&'a str>) {
    let mut found: Vec<&Diagnostic> = diagnostics.filter(|found| found.rule() == rule).collect();
    let last = found.pop_if(|last| last.message().contains("are not shown"));
    assert!(last.is_none_or(|last| last.severity() == Severity::Info), "{last:?}");
    let more = last.map(|last| (last.primary().span.start, last.message()));
    assert!(more.is_none_or(|(at, _)| found.iter().all(|found| found.primary().span.start < at)), "{more:?}");
    (found.iter().map(|found| found.primary().span.start).collect(), more.map(|(_, said)| said))
}

#[test]
fn a_rule_shows_a_thousand_findings_of_an_article_and_says_how_many_more() {
    let step = u32::try_from(WRONG.len()).unwrap();
    for (count, more) in [(SHOWN, None), (SHOWN + 50, Some("50 more findings of `date` from here on are not shown"))] {
        let draft = read("draft.txt", &format!("{}CCN told of it, and CNN did.\n", WRONG.repeat(count)));
        let findings = check(&draft, &[]).diagnostics;
        let (at, said) = shown(findings.iter(), "date");
        let first: Vec<u32> = (0..1_000).map(|number| number * step + 18).collect();
        assert_eq!((at, said), (first, more), "{count}");
    }
    // Each article has as many.
    let article = format!("---\ntitle: Lost\n---\n\n{}", WRONG.repeat(600));
    let findings = check(&read("draft.md", &article.repeat(2)), &[]).diagnostics;
    let (at, said) = shown(findings.iter(), "date");
    assert_eq!((at.len(), said), (1_200, None));
}

#[test]
fn a_thousand_comments_that_allow_nothing_are_shown_and_how_many_more_is_said() {
    for (count, more) in [(SHOWN, None), (SHOWN + 50, Some("50 more findings of `allow` from here on are not shown"))] {
        for comment in ["<!-- factlint: allow date: it is -->", "<!-- factlint: allow date: it is -->\n\n"] {
            let draft = read("draft.md", &format!("It rained.\n\n{}", comment.repeat(count)));
            let found = suppress(&draft.document.source, Vec::new(), &[], None, |_| Some(true)).kept;
            let (at, said) = shown(found.iter(), "allow");
            assert_eq!((at.len(), said), (1_000, more), "{count}");
        }
    }
}

/// The words of a finding stand in the middle of what is shown, which ends between characters.
#[test]
fn evidence_shows_two_thousand_bytes_before_and_behind_its_words() {
    // Few words, for a sentence of more than a thousand is cut.
    for filler in ["molemolemolemolemole ", "môlemôlemôlemôlemôle "] {
        let long = format!("The {} met Nato {}.", filler.repeat(200), filler.repeat(200));
        let text = format!("{long}\n\nNato left, and NATO went on.\n");
        let draft = read("draft.txt", &text);
        let findings = check(&draft, &[]).diagnostics;
        let found = findings.iter().find(|found| found.rule() == "consistency").unwrap();
        let evidence = found.proofs().first().and_then(Proof::evidence).unwrap();
        let (before, behind) = (evidence.mark.start, evidence.sentence.len() - evidence.mark.end);
        assert!((1_990..=2_000).contains(&before) && (1_990..=2_000).contains(&behind), "{before} {behind}");
        assert_eq!(evidence.sentence.get(evidence.mark.clone()), Some("Nato"));
        assert_eq!(draft.document.source.slice(evidence.sentence_span()), evidence.sentence);
    }
}

fn document(name: &str, text: &str) -> Document {
    text::read(Arc::new(Source::read(name, text.as_bytes().to_vec()).unwrap()), &packs().language)
}

/// So deep that a call for each level, which takes a hundred bytes or more, would overflow a stack of 512 KB.
const DEPTH: usize = 30_000;

/// What is nested costs no stack.
#[test]
fn depth_is_read_on_a_small_stack() {
    let inside = [
        ("a.md", "> ", ""),
        ("a.md", "- ", ""),
        ("a.md", "[", "]"),
        ("a.md", "![a", "](b)"),
        ("a.md", "*a **b ", ""),
        ("a.md", "<div>", "</div>"),
        ("a.md", "a <b>", "</b>"),
        ("a.html", "<div>", "</div>"),
        ("a.html", "<b>", "</b>"),
        ("a.html", "<table><tr><td>", "</td></tr></table>"),
        ("a.html", "<svg>", "</svg>"),
        ("a.html", "<!--", "-->"),
        ("a.xml", "<a>", "</a>"),
        ("a.xml", "<item><title>", "</title></item>"),
        ("a.xml", "<content type=\"xhtml\">", "</content>"),
        ("a.json", "[", "]"),
        ("a.json", "{\"body\":", "}"),
        ("a.json", "[{\"content\":", "}]"),
        ("a.jsonl", "[", "]"),
        ("a.rst", ":a:`*", "*`"),
        ("a.adoc", "*_", "_*"),
        ("a.txt", "<div>", "</div>"),
        ("a.txt", "“(", ")”"),
    ];
    packs();
    let small = std::thread::Builder::new().stack_size(512 * 1024).spawn(move || {
        for (name, open, close) in inside {
            for close in ["", close] {
                let text = format!("{}ferry{}", open.repeat(DEPTH), close.repeat(DEPTH));
                assert!(document(name, &text).words() < 1_000_000, "{name}: {open}");
            }
        }
        let attributes = format!("<p {}>The ferry sank.</p>", "a=\"b\" ".repeat(DEPTH));
        for name in ["a.html", "a.md", "a.txt", "a.xml"] {
            let said = if name == "a.xml" { 0 } else { 3 };
            assert_eq!(document(name, &attributes).words(), said, "{name}");
        }
    });
    small.unwrap().join().unwrap();
}
