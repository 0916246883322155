//! Literate specs: Markdown files in `tests/specs/` that say in words and examples what factlint does.
//!
//! Each `##` section is a case. A fence ```` ```article NAME ```` is an article of the corpus, ```` ```draft NAME ````
//! is checked against it, ```` ```pack ```` is a pack beside the built-in ones, and ```` ```findings ```` lists all
//! that is to be found, a line each: `NAME: severity[rule] "words": message`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod support;

use factlint::corpus::read_bytes;
use factlint::fact::{Both, Stated};
use factlint::learn::learn;
use factlint::lint::{Options, lint};
use factlint::pack::load;
use factlint::text::Source;
use std::fmt::Write as _;
use std::sync::Arc;
use support::{root, sources};

#[derive(Default)]
struct Case {
    title: String,
    articles: Vec<(String, String)>,
    drafts: Vec<(String, String)>,
    pack: Option<String>,
    findings: Option<String>,
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
        read_bytes(name, text.clone().into_bytes(), &packs, &factlint::corpus::Settings::default()).unwrap().0
    };
    let corpus: Vec<_> = case.articles.iter().map(read).collect();
    let base = Both(stated, learn(&corpus, &packs));
    let mut found = String::new();
    for draft in &case.drafts {
        let reading = read(draft);
        for diagnostic in lint(&reading, &packs, &base, &Options::default()).diagnostics {
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
    let mut count = 0;
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "md")) {
        for case in cases(&std::fs::read_to_string(file).unwrap()) {
            let expected = case.findings.clone().unwrap_or_else(|| panic!("`{}` has no findings", case.title));
            assert!(!case.drafts.is_empty(), "`{}` has no draft", case.title);
            let found = run(&case, file.ends_with(STATED));
            count += 1;
            if found != expected {
                writeln!(failures, "{}: {}\nexpected:\n{expected}found:\n{found}", file.display(), case.title).unwrap();
            }
        }
    }
    assert!(count > 0, "no case was read");
    assert!(failures.is_empty(), "{failures}");
}
