//! Literate specs: Markdown files in `tests/specs/` that say in words and examples what factlint does.
//!
//! Each `##` section is a case. A fence ```` ```article NAME ```` is an article of the corpus, ```` ```draft NAME ````
//! is checked against it, ```` ```pack ```` is a pack beside the built-in ones, and ```` ```findings ```` lists all
//! that is to be found, a line each: `NAME: severity[rule] "words": message`. In a fence ```` ```sentences DATE ```` each
//! line is a draft of its own, with what is to be reported in square brackets; `⏎` is a line break. In a fence
//! ```` ```speakers ```` each line is a draft with the speakers of its quotations behind `=>`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use factlint::corpus::read_bytes;
use factlint::desk::Desk;
use factlint::fact::{Both, Stated};
use factlint::learn::learn;
use factlint::pack::{Packs, load};
use factlint::terms::Wish;
use factlint::text::Source;
use std::fmt::Write as _;
use std::sync::Arc;
use support::{packs, root, sources};

#[derive(Default)]
struct Case {
    title: String,
    articles: Vec<(String, String)>,
    drafts: Vec<(String, String)>,
    pack: Option<String>,
    findings: Option<String>,
    /// Dates and lines of fences of sentences.
    sentences: Vec<(String, String)>,
    /// Lines of fences of speakers.
    speakers: Vec<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fence: Option<(String, String)> = None;
    for line in text.lines() {
        match &mut fence {
            Some((head, body)) if line == "```" => {
                let case = cases.last_mut().expect("a fence stands under a `##` heading");
                let (sort, name) = head.split_once(' ').unwrap_or((head, ""));
                let body = std::mem::take(body);
                match sort {
                    "article" => case.articles.push((name.to_owned(), body)),
                    "draft" => case.drafts.push((name.to_owned(), body)),
                    "pack" => case.pack = Some(body),
                    "findings" => case.findings = Some(body),
                    "sentences" => case.sentences.push((name.to_owned(), body)),
                    "speakers" => case.speakers.push(body),
                    other => panic!("unknown fence `{other}`"),
                }
                fence = None;
            }
            Some((_, body)) => {
                body.push_str(line);
                body.push('\n');
            }
            None if line.starts_with("```") => fence = Some((line.trim_start_matches('`').to_owned(), String::new())),
            None => {
                if let Some(title) = line.strip_prefix("## ") {
                    cases.push(Case { title: title.to_owned(), ..Case::default() });
                }
            }
        }
    }
    cases
}

/// The spec with what the built-in packs state of today's offices; the others speak of what articles say.
const STATED: &str = "leaders.md";

/// A fence of sentences: each line is a draft with what is reported in square brackets, all dated as the fence says.
fn sentences(title: &str, date: &str, lines: &str, packs: &Arc<Packs>, failures: &mut String) -> (usize, usize) {
    let base = Both(Stated::new(packs), learn(&[], packs));
    let desk = Desk::new(Arc::clone(packs), base);
    let wish = Wish { date: date.trim().parse().ok(), ..Wish::default() };
    let (mut wrong, mut right) = (0, 0);
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let text = line.replace('⏎', "\n");
        let (mut plain, mut marks, mut open) = (String::new(), Vec::new(), 0);
        for c in text.chars() {
            match c {
                '[' => open = plain.len(),
                ']' => marks.push(open..plain.len()),
                c => plain.push(c),
            }
        }
        if marks.is_empty() {
            right += 1
        } else {
            wrong += 1
        }
        let settings = factlint::corpus::Settings::default();
        let reading = read_bytes("draft.txt", plain.clone().into_bytes(), packs, &settings).unwrap().reading;
        let found = desk.check(&reading, &wish).unwrap().diagnostics;
        let spans: Vec<_> = found.iter().map(|diagnostic| diagnostic.primary().span.range()).collect();
        if spans != marks {
            let said: Vec<_> = found
                .iter()
                .map(|found| format!("  {} at \"{}\"\n", found.message(), &plain[found.primary().span.range()]))
                .collect();
            writeln!(failures, "{title}: {line}\n{}", said.concat()).unwrap();
        }
    }
    (wrong, right)
}

/// A fence of speakers: each line is a draft, with those who say its quotations as they are written, and whom they mean.
fn speakers(title: &str, lines: &str, packs: &Arc<Packs>, failures: &mut String) {
    let (id, relation) = packs.numbered_relations().find(|(_, relation)| relation.speech).unwrap();
    let speaker = relation.slot_named("speaker").unwrap();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let (text, expected) = line.split_once("=>").unwrap_or_else(|| panic!("`{line}` has no `=>`"));
        let reading = support::read("draft.txt", &text.trim().replace('⏎', "\n"));
        let said = reading.articles.iter().flat_map(|article| &article.claims).filter(|claim| claim.relation == id);
        let found = said.map(|claim| {
            let fill = claim.slot(speaker).unwrap();
            let written = reading.document.source.slice(fill.span);
            let meant = fill.values.iter().map(|value| &*value.label).collect::<Vec<_>>().join(" or ");
            if meant.is_empty() || meant == written { written.to_owned() } else { format!("{written} ({meant})") }
        });
        let found = found.collect::<Vec<_>>().join("; ");
        if found != expected.trim() {
            writeln!(failures, "{title}: {text}\n  expected {}, found {found}", expected.trim()).unwrap();
        }
    }
}

fn run(case: &Case, stated: bool) -> String {
    let mut sources = sources();
    sources.retain(|source| stated || source.path() != "rules/leaders.toml");
    if let Some(pack) = &case.pack {
        sources.push(Arc::new(Source::read("pack.toml", pack.clone().into_bytes()).unwrap()));
    }
    let (packs, problems) = load(&sources);
    assert!(problems.all.is_empty(), "{}: {}", case.title, problems.all[0]);
    let packs = Arc::new(packs);
    let stated = Stated::new(&packs);
    let unread = stated.problems(|_| true);
    assert!(unread.all.is_empty(), "{}: {}", case.title, unread.all[0]);
    let read = |(name, text): &(String, String)| {
        read_bytes(name, text.clone().into_bytes(), &packs, &factlint::corpus::Settings::default()).unwrap().reading
    };
    let corpus: Vec<_> = case.articles.iter().map(read).collect();
    let desk = Desk::new(Arc::clone(&packs), Both(stated, learn(&corpus, &packs)));
    let mut found = String::new();
    for draft in &case.drafts {
        let reading = read(draft);
        for diagnostic in desk.check(&reading, &Wish::default()).unwrap().diagnostics {
            let words = reading.document.source.slice(diagnostic.primary().span);
            let (severity, rule, message) = (diagnostic.severity(), diagnostic.rule(), diagnostic.message());
            writeln!(found, "{}: {severity}[{rule}] \"{words}\": {message}", draft.0).unwrap();
        }
    }
    found
}

#[test]
fn specs_hold() {
    let folder = root().join("tests/specs");
    let mut failures = String::new();
    let (mut count, mut wrong, mut right) = (0, 0, 0);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "md")) {
        for case in cases(&std::fs::read_to_string(file).unwrap()) {
            for (date, lines) in &case.sentences {
                let (more_wrong, more_right) = sentences(&case.title, date, lines, packs(), &mut failures);
                (wrong, right) = (wrong + more_wrong, right + more_right);
            }
            for lines in &case.speakers {
                speakers(&case.title, lines, packs(), &mut failures);
            }
            if !case.sentences.is_empty() || !case.speakers.is_empty() {
                continue;
            }
            let expected = case.findings.clone().unwrap_or_else(|| panic!("`{}` has no findings", case.title));
            assert!(!case.drafts.is_empty(), "`{}` has no draft", case.title);
            let found = run(&case, file.ends_with(STATED));
            count += 1;
            if found != expected {
                writeln!(failures, "{}: {}\nexpected:\n{expected}found:\n{found}", file.display(), case.title).unwrap();
            }
        }
    }
    assert!(
        count > 0 && wrong > 50 && right > 50,
        "{count} cases, {wrong} wrong lines and {right} right ones were read"
    );
    assert!(failures.is_empty(), "{failures}");
}
