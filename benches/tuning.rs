//! What each threshold of `check::Tuning` is worth: how many seeded errors are found and how many false alarms are given
//! with it, and with one step less and one step more.
//!
//! `cargo bench --bench tuning -- CASES ARTICLES` reads articles (JSON lines with `corpus`, `id`, `folds`, `headline`,
//! `date`, `outlet` and `text`, packed with gzip or not) and cases (JSON lines with `id`, `corpus`, `fold`, `article`,
//! `field` and `edits`, each with `start` and `end` in characters, `old` and `new`). Each text is held against all articles
//! of its corpus that are in other folds. A case is found where an error or a warning overlaps the seeded words that does
//! not stand on the article as it was; an alarm is one on an article as it is. `--cases 300 --articles 150` set how many
//! cases are taken in all and how many articles of each corpus, spread evenly; `--only PREFIX` which thresholds.
//!
//! A step is a fifth of the value, of whole numbers at least one. Those of `grounded` are measured in grounded mode.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench fails by panicking")]

use factlint::check::Tuning;
use factlint::claim::Reading;
use factlint::desk::Desk;
use factlint::diagnostic::{Diagnostic, Severity};
use factlint::learn::read;
use factlint::pack::{Packs, built_in_sources, load};
use factlint::terms::Wish;
use factlint::text::{Source, Span};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::Read;
use std::ops::AddAssign;
use std::sync::Arc;

#[derive(Clone, Deserialize)]
struct Article {
    corpus: String,
    id: String,
    folds: Vec<usize>,
    #[serde(flatten)]
    printed: Printed,
}

/// What is checked: the file that a newsroom has.
#[derive(Clone, Serialize, Deserialize)]
struct Printed {
    headline: Option<String>,
    date: Option<String>,
    outlet: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    corpus: String,
    fold: usize,
    article: String,
    field: String,
    edits: Vec<Edit>,
}

#[derive(Deserialize)]
struct Edit {
    start: usize,
    end: usize,
    old: String,
    new: String,
}

/// A text to check, with what was done to it.
struct Text {
    reading: Reading,
    /// Of a seeded one the places, and the number of the text as it was.
    seeded: Option<(Vec<Span>, usize)>,
    /// Whether what is found in it are alarms.
    clean: bool,
}

/// What came of all texts.
#[derive(Default, Clone, Copy)]
struct Outcome {
    found: usize,
    alarms: usize,
    /// Texts of which other things are said than with the value as it is.
    otherwise: usize,
}

impl AddAssign for Outcome {
    fn add_assign(&mut self, other: Outcome) {
        self.found += other.found;
        self.alarms += other.alarms;
        self.otherwise += other.otherwise;
    }
}

/// A threshold by its path, with its value and those beside it.
struct Threshold {
    path: Vec<String>,
    values: [f64; 3],
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [cases, articles, options @ ..] = arguments.as_slice() else {
        eprintln!("cargo bench --bench tuning -- CASES ARTICLES [--cases N] [--articles N] [--only PREFIX]");
        return;
    };
    let option = |name: &str| options.iter().position(|option| option == name).map(|at| options[at + 1].clone());
    let number = |name: &str, default: usize| option(name).map_or(default, |value| value.parse().unwrap());
    let only = option("--only").unwrap_or_default();
    let packs = Arc::new(load(&built_in_sources()).0);
    let cases: Vec<Case> = lines(cases);
    let cases: Vec<&Case> = spread(cases.iter().collect(), number("--cases", usize::MAX));
    let mut corpora: BTreeMap<String, Vec<Article>> = BTreeMap::new();
    for article in lines::<Article>(articles) {
        corpora.entry(article.corpus.clone()).or_default().push(article);
    }
    let thresholds: Vec<Threshold> = thresholds().into_iter().filter(|one| one.name().starts_with(&only)).collect();
    let mut outcomes = vec![[Outcome::default(); 3]; thresholds.len()];
    let (mut texts, mut seeded) = (0, 0);
    for (corpus, articles) in &corpora {
        let file = |article: &Article| Source::read(format!("{}.json", article.id), print(&article.printed)).unwrap();
        let readings: Vec<Reading> = articles.par_iter().map(|article| read(file(article), &packs)).collect();
        let clean = spread((0..articles.len()).collect(), number("--articles", usize::MAX));
        let folds: usize = articles.iter().flat_map(|article| &article.folds).max().map_or(0, |last| last + 1);
        for fold in 0..folds {
            let is_here = |at: &usize| articles[*at].folds.contains(&fold);
            let (here, others): (Vec<usize>, Vec<usize>) = (0..articles.len()).partition(is_here);
            let own: Vec<&Case> =
                cases.iter().filter(|case| case.corpus == *corpus && case.fold == fold).copied().collect();
            let drafts = drafts(&own, articles, &readings, &here, &clean, &packs);
            let sources: Vec<Reading> = others.iter().map(|at| readings[*at].clone()).collect();
            measure(&packs, &sources, &drafts, &thresholds, &mut outcomes);
            texts += drafts.iter().filter(|text| text.clean).count();
            seeded += own.len();
            eprintln!("{corpus} {fold}: {} cases, {} texts", own.len(), drafts.len());
        }
    }
    println!("{seeded} seeded errors, {texts} articles");
    for (threshold, [left, value, right]) in thresholds.iter().zip(outcomes) {
        let tell = |at: usize, outcome: Outcome| {
            format!("{}: {} found, {} alarms", threshold.values[at], outcome.found, outcome.alarms)
        };
        let beside = |at: usize, outcome: Outcome| format!("{} ({} otherwise)", tell(at, outcome), outcome.otherwise);
        println!("{}\t{}\t{}\t{}", threshold.name(), beside(0, left), tell(1, value), beside(2, right));
    }
}

/// The texts of one fold: the seeded ones, their articles as they were, and those articles that are taken.
fn drafts(
    cases: &[&Case],
    articles: &[Article],
    readings: &[Reading],
    here: &[usize],
    clean: &[usize],
    packs: &Packs,
) -> Vec<Text> {
    let original = |case: &Case| *here.iter().find(|at| articles[**at].id == case.article).unwrap();
    let taken = |at: usize| clean.contains(&at) || cases.iter().any(|case| original(case) == at);
    let whole: Vec<usize> = here.iter().copied().filter(|at| taken(*at)).collect();
    let as_is = |at: &usize| Text { reading: readings[*at].clone(), seeded: None, clean: clean.contains(at) };
    let mut texts: Vec<Text> = whole.iter().map(as_is).collect();
    texts.par_extend(cases.par_iter().map(|case| {
        let at = original(case);
        let (printed, places) = seed(&articles[at].printed, case);
        let source = Source::read(format!("{}.json", case.id.replace('/', "_")), printed).unwrap();
        let original = whole.iter().position(|other| *other == at).unwrap();
        Text { reading: read(source, packs), seeded: Some((places, original)), clean: false }
    }));
    texts
}

/// Checks the texts of a fold with each value of each threshold.
fn measure(
    packs: &Arc<Packs>,
    sources: &[Reading],
    texts: &[Text],
    thresholds: &[Threshold],
    outcomes: &mut [[Outcome; 3]],
) {
    for grounded in [false, true] {
        let is_own = |threshold: &Threshold| (threshold.path[0] == "grounded") == grounded;
        if texts.is_empty() || !thresholds.iter().any(is_own) {
            continue;
        }
        let mut desk = Desk::against(Arc::clone(packs), sources);
        desk = if grounded { desk.grounded(sources) } else { desk };
        let (value, as_is) = check(&desk, texts, None);
        for (threshold, outcomes) in thresholds.iter().zip(outcomes.iter_mut()).filter(|(one, _)| is_own(one)) {
            outcomes[1] += value;
            for side in [0, 2] {
                desk = desk.tuned(threshold.moved(threshold.values[side]));
                outcomes[side] += check(&desk, texts, Some(&as_is)).0;
            }
        }
    }
}

/// What a desk finds in texts, with a hash of it for each of them.
fn check(desk: &Desk, texts: &[Text], as_is: Option<&[u64]>) -> (Outcome, Vec<u64>) {
    let found: Vec<Vec<Diagnostic>> =
        texts.par_iter().map(|text| desk.check(&text.reading, &Wish::default()).unwrap().diagnostics).collect();
    let told = |found: &Diagnostic| (found.rule().to_owned(), found.message().to_owned());
    let loud = |found: &&Diagnostic| found.severity() > Severity::Info;
    let mut outcome = Outcome::default();
    for (text, own) in texts.iter().zip(&found) {
        if text.clean {
            outcome.alarms += own.iter().filter(loud).count();
        }
        let Some((places, original)) = &text.seeded else { continue };
        let over = |found: &Diagnostic| places.iter().any(|place| overlap(found.primary().span, *place));
        let new = |one: &Diagnostic| !found[*original].iter().filter(loud).any(|other| told(other) == told(one));
        outcome.found += usize::from(own.iter().filter(loud).any(|one| over(one) && new(one)));
    }
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let hash = |found: &Vec<Diagnostic>| {
        let all = found.iter().map(|one| (told(one), one.primary().span.start, one.severity()));
        hasher.hash_one(all.collect::<Vec<_>>())
    };
    let hashes: Vec<u64> = found.iter().map(hash).collect();
    outcome.otherwise = as_is.map_or(0, |as_is| as_is.iter().zip(&hashes).filter(|(a, b)| a != b).count());
    (outcome, hashes)
}

/// Whether a finding overlaps a place; where words were taken out, it may end there.
fn overlap(found: Span, place: Span) -> bool {
    found.start < place.end && place.start < found.end || place.start == place.end && place.end == found.end
}

/// The article as its file has it, with its error, and the byte spans of the seeded words.
fn seed(printed: &Printed, case: &Case) -> (Vec<u8>, Vec<Span>) {
    let mut seeded = printed.clone();
    let headline = case.field == "headline";
    let text = if headline { seeded.headline.as_mut().unwrap() } else { &mut seeded.text };
    let mut edits: Vec<&Edit> = case.edits.iter().collect();
    edits.sort_by_key(|edit| edit.start);
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (mut places, mut whole, mut done) = (Vec::new(), String::new(), 0);
    for edit in edits {
        let (start, end) = (bytes[edit.start], bytes[edit.end]);
        assert_eq!(text[start..end], edit.old, "{}", case.id);
        whole += &text[done..start];
        places.push(whole.len()..whole.len() + edit.new.len());
        whole += &edit.new;
        done = end;
    }
    whole += &text[done..];
    *text = whole.clone();
    let printed = print(&seeded);
    let key = if headline { "\"headline\":\"" } else { "\"text\":\"" };
    let before = String::from_utf8_lossy(&printed).find(key).unwrap() + key.len();
    let long = |text: &str| serde_json::to_string(text).unwrap().len() - 2;
    let at = |byte: usize| u32::try_from(before + long(&whole[..byte])).unwrap();
    let places = places.iter().map(|place| Span { start: at(place.start), end: at(place.end) }).collect();
    (printed, places)
}

fn print(printed: &Printed) -> Vec<u8> {
    let mut fields = serde_json::to_value(printed).unwrap();
    fields.as_object_mut().unwrap().retain(|_, value| value.as_str().is_some_and(|text| !text.is_empty()));
    serde_json::to_vec(&fields).unwrap()
}

/// Every threshold, a step less and a step more.
fn thresholds() -> Vec<Threshold> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), serde_json::to_value(Tuning::DEFAULT).unwrap())];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(fields) => open.extend(fields.into_iter().rev().map(|(name, value)| {
                let path: Vec<String> = path.iter().cloned().chain([name]).collect();
                (path, value)
            })),
            Value::Number(number) => {
                let value = number.as_f64().unwrap();
                let step = if value < 1.0 { value / 5.0 } else { (value / 5.0).floor().max(1.0) };
                let round = |value: f64| (value * 1000.0).round() / 1000.0;
                found.push(Threshold { path, values: [round(value - step), value, round(value + step)] });
            }
            _ => {}
        }
    }
    found
}

impl Threshold {
    fn name(&self) -> String {
        self.path.join(".")
    }

    /// All thresholds as they are, but for this one.
    fn moved(&self, value: f64) -> Tuning {
        let mut all = serde_json::to_value(Tuning::DEFAULT).unwrap();
        let place = self.path.iter().fold(&mut all, |at, name| &mut at[name.as_str()]);
        *place = if place.is_f64() { value.into() } else { (value as i64).into() };
        serde_json::from_value(all).unwrap()
    }
}

/// So many of a list, spread evenly over it.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let (length, most) = (all.len(), most.min(all.len()));
    let taken = move |at: &usize| (at + 1) * most / length > at * most / length;
    all.into_iter().enumerate().filter(|(at, _)| taken(at)).map(|(_, one)| one).collect()
}

/// The values of a file of JSON lines, packed or not.
fn lines<T: for<'de> Deserialize<'de>>(path: &str) -> Vec<T> {
    let bytes = std::fs::read(path).unwrap();
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
