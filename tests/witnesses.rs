//! How many independent witnesses there are: the base in a file tells it in its views as checking counts it.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use factlint::claim::{Value, Values};
use factlint::diagnostic::Evidence;
use factlint::fact::{ArticleKey, Base, Fact, Learning, Observation, Observed, Rows, Seen, Store, answers, say, weigh};
use factlint::pack::{Frame, Packs};
use factlint::text::{Source, Span};
use proptest::prelude::*;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use support::{folder, packs};

/// What one article says: who holds the office of a place, in a sentence that others may print too.
type Said = Vec<(usize, usize, u64)>;

fn observed(packs: &Packs, number: usize, sketch: &BTreeSet<u64>, said: &Said) -> Observed {
    let path = format!("{number}.txt");
    let source = Source::read(path.as_str(), b"They said so.".to_vec()).unwrap();
    let relation = packs.relation_named("office").unwrap();
    let declared = packs.relation(relation).unwrap();
    let kinds = &declared.slot(declared.slot_named("office").unwrap()).unwrap().kinds;
    let president = packs.lexicon.by_key("president").find(|id| kinds.contains(&packs.entity(*id).unwrap().kind));
    let value = |slot: &str, person: usize, place: usize| match slot {
        "person" => Some(Value::named(format!("holder {person}"), format!("Holder {person}"))),
        "office" => president.map(|id| Value::entity_of(id, "president", "President")),
        "place" => Some(Value::named(format!("land {place}"), format!("Land {place}"))),
        _ => None,
    };
    let claim = |(person, place, sentence): &(usize, usize, u64)| Observation {
        relation,
        values: Values::of(declared.slots.len(), |slot| value(&declared.slot(slot)?.name, *person, *place)),
        frame: Frame::Present,
        year: None,
        sentence: *sentence,
        evidence: Evidence::at(&source, Span::new(0, 4), Span::new(0, 13)),
        spans: Vec::new(),
    };
    Observed {
        article: ArticleKey { path, number: 0, hash: number as u64 + 1 },
        date: None,
        outlet: None,
        title: String::new(),
        sketch: sketch.iter().copied().collect(),
        claims: said.iter().map(claim).collect(),
        names: Vec::new(),
    }
}

fn learn(base: &Path, articles: &[Observed]) {
    let mut learning = Learning::begin(base).unwrap();
    for article in articles {
        let path = article.article.path.clone();
        learning.keep(&Rows::new(path, 0, 0, vec![article.clone()], packs())).unwrap();
    }
    learning.finish(0).unwrap();
}

/// The independent witnesses of facts, as checking counts them.
fn weighed<'a>(facts: impl IntoIterator<Item = &'a Arc<Fact>>) -> usize {
    let witnesses = facts.into_iter().flat_map(|fact| fact.witnesses.read().unwrap());
    weigh(witnesses.map(|witness| &witness.authority), None).witnesses
}

fn counts(base: &Path, query: &str) -> BTreeMap<Vec<String>, usize> {
    let connection = Connection::open(base).unwrap();
    let mut query = connection.prepare(query).unwrap();
    let last = query.column_count() - 1;
    let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<_> {
        let names = (0..last).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<String>>>()?;
        Ok((names, usize::try_from(row.get::<_, i64>(last)?).unwrap()))
    };
    query.query_map([], row).unwrap().map(Result::unwrap).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn the_views_count_as_checking_does(
        articles in prop::collection::vec(
            (prop::collection::btree_set(0_u64..9, 1..5), prop::collection::vec((0..3_usize, 0..2_usize, 0..6_u64), 0..5)),
            1..14,
        ),
        again in any::<u16>(),
    ) {
        let folder = folder("witnesses");
        let base = folder.join("factlint.db");
        let articles: Vec<Observed> =
            articles.iter().enumerate().map(|(number, (sketch, said))| observed(packs(), number, sketch, said)).collect();
        // Some are learned a second time, when the others stand around them.
        learn(&base, &articles);
        let some: Vec<Observed> =
            articles.iter().enumerate().filter(|(at, _)| again & 1 << at != 0).map(|(_, article)| article.clone()).collect();
        learn(&base, &some);
        // Witnesses are read from the open base.
        let store = Store::open(&base, Seen::default(), Arc::clone(packs())).unwrap();
        let all = store.all().unwrap();
        let mut facts = BTreeMap::new();
        let mut sides: BTreeMap<String, BTreeMap<String, Vec<Arc<Fact>>>> = BTreeMap::new();
        for fact in &all {
            let name = say(packs(), fact.relation, &fact.values, fact.frame);
            facts.insert(vec![name], weighed([fact]));
            for answer in answers(packs(), fact.relation, &fact.values, fact.frame, fact.year) {
                let side = sides.entry(answer.question).or_default();
                side.entry(answer.answer).or_default().push(Arc::clone(fact));
            }
        }
        prop_assert_eq!(counts(&base, "SELECT name, witnesses FROM facts"), facts);
        sides.retain(|_, answers| answers.len() > 1);
        let sides = sides.into_iter().flat_map(|(question, answers)| {
            answers.into_iter().map(move |(answer, facts)| (vec![question.clone(), answer], weighed(&facts)))
        });
        prop_assert_eq!(counts(&base, "SELECT question, answer, witnesses FROM sides"), sides.collect());
    }
}
