//! What a document says as rows of the base, made of its readings and packs on any thread, before anything is written.

use super::value::id;
use crate::claim::Value;
use crate::fact::observe::{Observation, Observed};
use crate::fact::question::{Answer, answers};
use crate::fact::{keys, tell};
use crate::pack::Packs;
use crate::pattern::{RelationId, SlotId};

/// A document as it is kept: rows that depend on nothing but itself, so that any thread can make them.
#[derive(Debug)]
pub struct Rows {
    /// Its path from the folder of the base.
    pub path: String,
    /// A hash of its bytes.
    pub content: u64,
    /// A hash of the packs and settings that it was read with.
    pub reading: u64,
    pub(super) articles: Vec<KeptArticle>,
}

/// An article as it is kept, with a statement for each of its claims.
#[derive(Debug)]
pub(super) struct KeptArticle {
    pub(super) observed: Observed,
    pub(super) statements: Vec<Statement>,
}

/// What a claim says, as it is kept once for all who say it.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) id: i64,
    pub(super) relation: String,
    pub(super) time: &'static str,
    pub(super) year: Option<i16>,
    pub(super) text: String,
    pub(super) slots: Vec<Slot>,
    pub(super) answers: Vec<Answer>,
}

/// A slot of a statement with the value that fills it.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) id: i64,
    pub(super) relation: String,
    pub(super) name: String,
    /// Which slot of its relation it is.
    pub(super) number: SlotId,
    pub(super) kind: String,
    pub(super) key: String,
    pub(super) entity: i64,
    pub(super) label: String,
    /// By which the value is found.
    pub(super) words: Vec<String>,
}

impl Rows {
    /// The rows of what the articles of a document say.
    pub fn new(path: String, content: u64, reading: u64, observed: Vec<Observed>, packs: &Packs) -> Rows {
        let articles = observed.into_iter().map(|observed| {
            let statements = observed.claims.iter().map(|claim| statement(claim, packs)).collect();
            KeptArticle { observed, statements }
        });
        Rows { path, content, reading, articles: articles.collect() }
    }

    /// How many articles it holds, and how many claims they make.
    pub fn counts(&self) -> (usize, usize) {
        (self.articles.len(), self.articles.iter().map(|row| row.statements.len()).sum())
    }
}

fn statement(claim: &Observation, packs: &Packs) -> Statement {
    let relation = packs.relation(claim.relation).map(|relation| relation.name.as_str()).unwrap_or_default();
    let slots: Vec<Slot> =
        claim.values.filled().map(|(number, value)| slot(claim.relation, number, value, packs)).collect();
    let time = claim.frame.name();
    let mut named = vec!["statement", relation, time];
    for slot in &slots {
        named.extend([slot.name.as_str(), &slot.kind, &slot.key, &slot.label]);
    }
    let year = claim.year.map(|year| year.to_string());
    named.extend(year.as_deref());
    Statement {
        id: id(&named),
        relation: relation.to_owned(),
        time,
        year: claim.year,
        text: tell(packs, claim.relation, &claim.values, claim.frame, claim.year),
        answers: answers(packs, claim.relation, &claim.values, claim.frame, claim.year),
        slots,
    }
}

fn slot(relation: RelationId, number: SlotId, value: &Value, packs: &Packs) -> Slot {
    let declared = packs.relation(relation);
    let slot = declared.and_then(|declared| declared.slot(number));
    let relation_name = declared.map(|declared| declared.name.clone()).unwrap_or_default();
    let name = slot.map(|slot| slot.name.clone()).unwrap_or_default();
    let entity = value.entity().and_then(|id| packs.entity(id));
    let kind = entity.map(|entity| entity.kind).or(slot.and_then(|slot| slot.kinds.first().copied()));
    let kind = kind.and_then(|kind| packs.kind(kind)).map(|kind| kind.name.clone()).unwrap_or_default();
    Slot {
        id: id(&["slot", &relation_name, &name]),
        entity: id(&["entity", &kind, &value.key]),
        key: value.key.to_string(),
        label: value.label.to_string(),
        words: keys(packs, relation, number, value).into_iter().collect(),
        relation: relation_name,
        name,
        number,
        kind,
    }
}
