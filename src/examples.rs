//! Runs the examples inside packs: each is a test of its rule, and a failing one is a problem in its TOML line.

use crate::claim::{Claim, Reading, Values};
use crate::desk::Desk;
use crate::diagnostic::Diagnostic;
use crate::fact::{Both, Memory, Stated, observe, read_facts, read_sentence};
use crate::learn;
use crate::pack::{Example, Expect, Packs, Problem, Rule, StatedFact};
use crate::pattern::RelationId;
use crate::terms::{Terms, Wish};
use crate::text::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How the examples of packs fared.
#[derive(Debug, Default)]
pub struct Tested {
    /// How many passed.
    pub passed: usize,
    /// Those that failed, each at its line.
    pub failed: Vec<Problem>,
    /// For each rule how many examples fire, stay silent and learn.
    pub coverage: BTreeMap<String, [usize; 3]>,
    /// Rules with an example whose fix is given.
    pub fixed: BTreeSet<String>,
    /// Rules whose findings in examples have a fix.
    pub fixable: BTreeSet<String>,
    /// Patterns that examples use, as relation and number of the pattern.
    pub patterns: BTreeSet<(RelationId, usize)>,
}

/// Runs every example of every rule.
pub fn test(packs: &Arc<Packs>) -> Tested {
    let mut tested = Tested::default();
    for rule in &packs.rules {
        // A pack is tested with what it states itself; what others add is theirs to test.
        let stated = Arc::new(Stated::in_source(packs, &rule.place.source));
        let counts = tested.coverage.entry(rule.id.clone()).or_default();
        for example in &rule.examples {
            let kind = match example.expect {
                Expect::Bad { .. } => 0,
                Expect::Ok => 1,
                Expect::Learns(_) => 2,
            };
            if let Some(count) = counts.get_mut(kind) {
                *count += 1;
            }
            if matches!(&example.expect, Expect::Bad { good: Some(_), .. }) {
                tested.fixed.insert(rule.id.clone());
            }
            tested.patterns.extend(patterns(example, packs));
            // What goes wrong here goes wrong below, where it is said.
            let known = known(rule, example, packs, &stated);
            let found = known.and_then(|known| findings(&example.text, rule, example, packs, &known));
            let found = found.unwrap_or_default();
            if found.iter().any(|diagnostic| diagnostic.fix.is_some()) {
                tested.fixable.insert(rule.id.clone());
            }
            match run(rule, example, packs, &stated) {
                Ok(()) => tested.passed += 1,
                Err((message, help)) => tested.failed.push(Problem {
                    source: Arc::clone(&rule.place.source),
                    span: example.span,
                    message: format!("example of `{}`: {message}", rule.id),
                    label: "this example".to_owned(),
                    help,
                }),
            }
        }
    }
    tested
}

/// The patterns by which claims of an example are read.
fn patterns(example: &Example, packs: &Packs) -> Vec<(RelationId, usize)> {
    let articles = read("example.txt", &example.text, packs).map(|reading| reading.articles).unwrap_or_default();
    articles
        .iter()
        .flat_map(|article| &article.claims)
        .filter_map(|claim| Some((claim.relation, claim.pattern?)))
        .collect()
}

type Failure = (String, Option<String>);
type Known = Arc<Both<Arc<Stated>, Memory>>;

fn run(rule: &Rule, example: &Example, packs: &Arc<Packs>, stated: &Arc<Stated>) -> Result<(), Failure> {
    let facts = known(rule, example, packs, stated)?;
    match &example.expect {
        Expect::Learns(fact) => learns(example, fact, packs),
        Expect::Ok => match findings(&example.text, rule, example, packs, &facts)?.first() {
            None => Ok(()),
            Some(found) => Err((format!("noisy: it reports \"{}\"", found.message()), None)),
        },
        Expect::Bad { marks, good } => {
            let found = findings(&example.text, rule, example, packs, &facts)?;
            let places: Vec<Span> = found.iter().map(|diagnostic| diagnostic.primary().span).collect();
            if found.is_empty() {
                return Err((
                    "silent: nothing is reported".to_owned(),
                    Some("`factlint why` shows how a sentence was read".to_owned()),
                ));
            }
            if places != *marks {
                let words: Vec<&str> = places.iter().filter_map(|span| example.text.get(span.range())).collect();
                return Err((
                    format!("misplaced: it reports at \"{}\"", words.join("\", \"")),
                    Some("put the brackets there, or mend the rule".to_owned()),
                ));
            }
            match good {
                Some(good) => fixed(example, good, &found, rule, packs, &facts),
                None => Ok(()),
            }
        }
    }
}

/// What the example takes as known, beside what its own pack states.
fn known(rule: &Rule, example: &Example, packs: &Packs, stated: &Arc<Stated>) -> Result<Known, Failure> {
    let given = (0..example.given.len().max(example.not.len())).map(|at| StatedFact {
        says: example.given.get(at).cloned(),
        not: example.not.get(at).cloned(),
        slots: None,
        since: None,
        until: None,
        from: None,
        place: rule.place.clone(),
    });
    let (folded, problems) = read_facts(&given.collect::<Vec<_>>(), packs);
    if let Some(problem) = problems.all.first() {
        return Err((format!("`given`: {}", problem.message), problem.help.clone()));
    }
    Ok(Arc::new(Both(Arc::clone(stated), Memory::of(folded, packs))))
}

fn read(name: &str, text: &str, packs: &Packs) -> Option<Reading> {
    Some(learn::read(Source::read(name, text.as_bytes().to_vec()).ok()?, packs))
}

fn findings(
    text: &str,
    rule: &Rule,
    example: &Example,
    packs: &Arc<Packs>,
    facts: &Known,
) -> Result<Vec<Diagnostic>, Failure> {
    let Some(reading) = read("example.txt", text, packs) else { return Ok(Vec::new()) };
    let sources: Vec<Reading> = example.sources.iter().filter_map(|text| read("source.txt", text, packs)).collect();
    let mut desk = Desk::new(Arc::clone(packs), facts.clone()).aligned(&sources);
    if !sources.is_empty() {
        desk = desk.grounded(&sources);
    }
    // An example shows what the pack says, whatever a project makes of its rule.
    let desk = desk.under(Terms { rules: [(rule.id.clone(), Some(rule.severity))].into(), ..Terms::default() });
    let wish = Wish { date: example.date, only: vec![rule.id.clone()], ..Wish::default() };
    let answer = desk.check(&reading, &wish).map_err(|error| (error.to_string(), None))?;
    Ok(answer.diagnostics)
}

fn fixed(
    example: &Example,
    good: &str,
    found: &[Diagnostic],
    rule: &Rule,
    packs: &Arc<Packs>,
    facts: &Known,
) -> Result<(), Failure> {
    let mut text = example.text.clone();
    for diagnostic in found.iter().rev() {
        let Some(fix) = &diagnostic.fix else { return Err(("it has no fix that gives `good`".to_owned(), None)) };
        text.replace_range(fix.span.range(), &fix.replacement);
    }
    if text != good {
        return Err((format!("wrong fix: it gives \"{text}\""), None));
    }
    match findings(good, rule, example, packs, facts)?.first() {
        None => Ok(()),
        Some(found) => Err((format!("its own `good` is reported: \"{}\"", found.message()), None)),
    }
}

fn learns(example: &Example, fact: &str, packs: &Packs) -> Result<(), Failure> {
    let wanted: Claim =
        read_sentence(fact, packs).map_err(|unread| (format!("`learns`: {}", unread.reason), unread.help))?;
    let reading = read("example.txt", &example.text, packs).ok_or_else(|| ("the text is empty".to_owned(), None))?;
    let says = |values: &Values| {
        wanted.slots.iter().all(|fill| {
            let known = values.get(fill.slot);
            fill.sure().zip(known).is_some_and(|(a, b)| a.key == b.key)
        })
    };
    let learned = observe(&reading, packs)
        .into_iter()
        .flat_map(|article| article.claims)
        .any(|claim| claim.relation == wanted.relation && claim.frame == wanted.frame && says(&claim.values));
    if learned { Ok(()) } else { Err(("not learned: the text does not teach this".to_owned(), None)) }
}
