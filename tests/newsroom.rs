//! The fixture articles checked against each other: what was seeded is found, and nothing else.

mod support;

use std::fmt::Write as _;
use support::{check, desk, factlint, lines, newsroom, out, read, snapshot};

/// The errors that were written into the articles: file, line, words.
const SEEDED: [(&str, u32, &str); 16] = [
    ("2025-06-24-ridgeway-mail.txt", 7, "General Secretary"),
    ("2025-06-24-ridgeway-mail.txt", 9, "French"),
    ("2025-06-25-lakeside-tribune.txt", 6, "Prime Minister"),
    ("2025-06-25-lakeside-tribune.txt", 7, "Nato"),
    ("2025-06-26-fen-country-news.md", 17, "Fredrich"),
    ("2025-06-26-fen-country-news.md", 25, "Dirk"),
    ("2025-08-17-city-beacon.txt", 7, "CCN"),
    ("2025-08-17-city-beacon.txt", 11, "Prime Minister"),
    ("2025-08-18-tidewater-post.txt", 27, "Emanuel"),
    ("2025-08-18-tidewater-post.txt", 31, "Von"),
    ("2025-08-19-estuary-times.md", 11, "The former president"),
    ("2025-08-19-estuary-times.md", 21, "Zelenskyy"),
    ("2025-11-10-ridgeway-mail.txt", 7, "Prime Minister"),
    ("2025-11-10-ridgeway-mail.txt", 11, "Steill"),
    ("2025-11-20-city-beacon.txt", 5, "General Secretary"),
    ("2025-11-20-city-beacon.txt", 9, "Do"),
];

#[test]
fn what_was_seeded_is_found_and_nothing_else() {
    let corpus: Vec<_> = newsroom().iter().map(|(name, text)| read(name, text)).collect();
    let mut found = Vec::new();
    for draft in &corpus {
        for diagnostic in check(draft, &corpus).diagnostics {
            let source = &draft.document.source;
            let span = diagnostic.primary().span;
            found.push((source.path().to_owned(), source.position(span.start).line, source.slice(span).to_owned()));
        }
    }
    let seeded: Vec<_> =
        SEEDED.iter().map(|(name, line, words)| ((*name).to_owned(), *line, (*words).to_owned())).collect();
    assert_eq!(found, seeded);
}

#[test]
fn reports_look_as_they_do() {
    for (format, name) in
        [("pretty", "newsroom"), ("short", "newsroom_short"), ("json", "newsroom_json"), ("sarif", "newsroom_sarif")]
    {
        let output = factlint(&["check", "--against", "examples/newsroom", "--format", format]).output().unwrap();
        snapshot("reports", name, &out(&output));
    }
}

#[test]
fn the_worksheet_and_the_explanation_look_as_they_do() {
    let against = ["--against", "examples/newsroom"];
    let draft = "examples/newsroom/2025-08-17-city-beacon.txt";
    let claims = factlint(&[&["claims", draft], against.as_slice()].concat()).output().unwrap();
    snapshot("reports", "claims", &out(&claims));
    let json = factlint(&[&["claims", draft, "--format", "json"], against.as_slice()].concat()).output().unwrap();
    snapshot("reports", "claims_json", &out(&json));
    let why = factlint(&[&["why", &format!("{draft}:11")], against.as_slice()].concat()).output().unwrap();
    snapshot("reports", "why", &out(&why));
}

#[test]
fn readings_are_as_they_are() {
    let mut text = String::new();
    for (name, article) in newsroom() {
        let reading = read(&name, &article);
        for (article, read) in reading.document.articles.iter().zip(&reading.articles) {
            let date = article.date.map(|date| date.to_string()).unwrap_or_default();
            writeln!(
                text,
                "{name} · {date} · {} · {} claims",
                article.outlet.as_deref().unwrap_or("?"),
                read.claims.len()
            )
            .unwrap();
            for block in &article.blocks {
                let start: String = block.prose.text().chars().take(50).collect();
                writeln!(
                    text,
                    "  {:10} {} sentences, {} quotations: {start}",
                    block.field.name(),
                    block.sentences.len(),
                    block.quotations.len()
                )
                .unwrap();
            }
        }
    }
    snapshot("readings", "newsroom", &text);
}

#[test]
fn evidence_is_shown_from_other_articles_only() {
    let corpus: Vec<_> = newsroom().iter().map(|(name, text)| read(name, text)).collect();
    let desk = desk(&corpus);
    for draft in &corpus {
        let findings = desk.check(draft, &factlint::terms::Wish::default()).unwrap();
        for diagnostic in findings.diagnostics.iter().filter(|diagnostic| diagnostic.rule() != "consistency") {
            for evidence in diagnostic.proofs().iter().filter_map(factlint::diagnostic::Proof::evidence) {
                let own = evidence.path == draft.document.source.path() && draft.articles.len() == 1;
                assert!(!own, "{:?}", lines(draft, &findings));
                assert!(evidence.sentence.get(evidence.mark.clone()).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
