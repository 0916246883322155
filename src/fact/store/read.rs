//! Asking a fact base: look-ups by claim, which are remembered.

use super::error::StoreError;
use super::opened::Opened;
use super::remembered::{Keyed, Remembered, keyed};
use super::seen::Seen;
use super::value::{as_hash, id};
use crate::claim::{Likeness, Meaning, Measure, Value, Values, compare, handles};
use crate::fact::base::{Base, Extent, Revision, ends, is_near};
use crate::fact::error::BaseError;
use crate::fact::memory::order;
use crate::fact::model::{Fact, Holder, KnownName, Witnesses};
use crate::pack::{EntityId, Frame, Like, Packs};
use crate::pattern::{RelationId, SlotId};
use rusqlite::params;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// A fact base in a file, open for reading.
#[derive(Clone)]
pub struct Store(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) me: Weak<Inner>,
    pub(super) file: Opened,
    /// How paths of the base are seen.
    pub(super) seen: Seen,
    packs: Arc<Packs>,
    remembered: Mutex<Remembered>,
}

impl Store {
    /// Opens a fact base. `seen` says where it lies; the default is the working folder.
    ///
    /// # Errors
    /// A file that is missing, no fact base, or of another version is refused.
    pub fn open(path: &Path, seen: Seen, packs: Arc<Packs>) -> Result<Store, StoreError> {
        let file = Opened::new(path)?;
        Ok(Store(Arc::new_cyclic(|me: &Weak<Inner>| Inner {
            me: me.clone(),
            file,
            seen,
            packs,
            remembered: Mutex::default(),
        })))
    }

    /// The words by which entities and names are found, those that hold `part`, in their order.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    pub fn words(&self, part: &str) -> Result<Vec<String>, BaseError> {
        let like = format!("%{}%", part.replace(['%', '_'], ""));
        self.0.file.rows(
            "SELECT word FROM entity_words WHERE word LIKE ?1 UNION SELECT word FROM name_words WHERE word LIKE ?1 ORDER BY 1",
            params![like],
            |row| row.get(0),
        )
    }
}

impl Inner {
    /// What was asked for already; of another revision nothing.
    pub(super) fn remembered(&self) -> MutexGuard<'_, Remembered> {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.of != self.file.revision() {
            *remembered = Remembered { of: self.file.revision(), ..Remembered::default() };
        }
        remembered
    }

    pub(super) fn slot_id(&self, relation: RelationId, slot: SlotId) -> Option<i64> {
        let declared = self.packs.relation(relation)?;
        Some(id(&["slot", &declared.name, &declared.slot(slot)?.name]))
    }

    /// The statements whose slot holds what is found by a word.
    fn statements(&self, relation: RelationId, slot: SlotId, word: &str) -> Result<Arc<Keyed>, BaseError> {
        let asked = (relation, slot, word.to_owned());
        if let Some(known) = self.remembered().statements.get(&asked) {
            return Ok(known);
        }
        let found = self.file.rows(
            "SELECT statement_id, entities.key FROM entity_words JOIN statement_slots USING (entity_id) \
             JOIN entities ON entities.id = entity_id WHERE word = ?1 AND slot_id = ?2",
            params![word, self.slot_id(relation, slot)],
            keyed,
        )?;
        Ok(self.remembered().statements.keep(asked, Arc::new(Keyed::new(found))))
    }

    /// The hashes of the words of all articles, sorted.
    fn hashes(&self) -> Result<Arc<[u64]>, BaseError> {
        if let Some(known) = &self.remembered().hashes {
            return Ok(Arc::clone(known));
        }
        let mut found: Vec<u64> = self.file.rows("SELECT words FROM articles", [], |row| Ok(as_hash(row.get(0)?)))?;
        found.sort_unstable();
        Ok(Arc::clone(self.remembered().hashes.insert(found.into())))
    }

    /// The names that are found by a word, in their order.
    fn names(&self, word: &str) -> Result<Arc<Keyed>, BaseError> {
        if let Some(known) = self.remembered().names.get(word) {
            return Ok(known);
        }
        let found = self.file.rows(
            "SELECT names.id, names.key FROM name_words JOIN names ON names.id = name_id WHERE word = ?1 \
             ORDER BY names.key, names.name",
            [word],
            keyed,
        )?;
        Ok(self.remembered().names.keep(word.to_owned(), Arc::new(Keyed::new(found))))
    }

    /// Facts by their statements, each once, in their order.
    fn facts(&self, statements: impl IntoIterator<Item = i64>) -> Result<Vec<Arc<Fact>>, BaseError> {
        let statements: BTreeSet<i64> = statements.into_iter().collect();
        let found = statements.into_iter().filter_map(|statement| self.fact(statement).transpose());
        let mut facts: Vec<Arc<Fact>> = found.collect::<Result<_, _>>()?;
        facts.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(facts)
    }

    /// A fact by its statement; nothing where no pack has its relation any more.
    fn fact(&self, statement: i64) -> Result<Option<Arc<Fact>>, BaseError> {
        if let Some(known) = self.remembered().facts.get(&statement) {
            return Ok(Some(known));
        }
        let (relation, time, year): (String, String, Option<i16>) =
            self.file.row("SELECT relation, time, year FROM statements WHERE id = ?1", [statement], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let id = self.packs.relation_named(&relation);
        let Some((relation, declared)) = id.and_then(|id| Some((id, self.packs.relation(id)?))) else {
            return Ok(None);
        };
        let frame = Frame::parse(&time).ok_or_else(|| self.file.damaged())?;
        let slots: Vec<(String, String, String, String)> = self.file.rows(
            "SELECT slots.name, entities.kind, entities.key, statement_slots.name FROM statement_slots \
             JOIN slots ON slots.id = slot_id JOIN entities ON entities.id = entity_id WHERE statement_id = ?1",
            [statement],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        let mut values = Values::of(declared.slots.len(), |_| None);
        for (slot, kind, key, label) in slots {
            if let Some(slot) = declared.slot_named(&slot) {
                let meaning = self.meaning(&kind, &key);
                values.set(slot, Value { meaning, ..Value::named(key, label) });
            }
        }
        let fact = Arc::new(Fact {
            relation,
            values,
            frame,
            year,
            ruled_out: None,
            witnesses: Witnesses::kept(self.me.clone(), Holder::Statement(statement)),
        });
        Ok(Some(self.remembered().facts.keep(statement, fact)))
    }

    /// What a value is, by its kind and its key. What the packs of that time read as another kind is a name now.
    fn meaning(&self, kind: &str, key: &str) -> Meaning {
        if let Some(id) = self.entity(kind, key) {
            return Meaning::Entity(id);
        }
        let like = self.packs.kinds.iter().find(|declared| declared.name == kind).map(|declared| &declared.like);
        match like {
            Some(Like::Quantity) => Measure::from_key(key).map_or(Meaning::Name, Meaning::Figure),
            Some(Like::Date) => key.parse().map_or(Meaning::Name, Meaning::Day),
            Some(Like::Quotation) => Meaning::Words,
            _ => Meaning::Name,
        }
    }

    fn entity(&self, kind: &str, key: &str) -> Option<EntityId> {
        let of_kind = |id: &EntityId| {
            let entity = self.packs.entity(*id);
            entity.and_then(|entity| self.packs.kind(entity.kind)).is_some_and(|declared| declared.name == kind)
        };
        self.packs.lexicon.by_key(key).find(of_kind)
    }

    fn name(&self, name: i64) -> Result<Arc<KnownName>, BaseError> {
        if let Some(known) = self.remembered().known.get(&name) {
            return Ok(known);
        }
        let (key, written) =
            self.file.row("SELECT key, name FROM names WHERE id = ?1", [name], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let witnesses = Witnesses::kept(self.me.clone(), Holder::Name(name));
        let known = Arc::new(KnownName { key, written, witnesses });
        Ok(self.remembered().known.keep(name, known))
    }
}

impl Base for Store {
    fn facts(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<Vec<Arc<Fact>>, BaseError> {
        self.0.facts(self.0.statements(relation, slot, key)?.ids())
    }

    fn names(&self, word: &str) -> Result<Vec<Arc<KnownName>>, BaseError> {
        self.0.names(word)?.ids().map(|found| self.0.name(found)).collect()
    }

    fn alike(&self, relation: RelationId, slot: SlotId, name: &str) -> Result<Arc<[Arc<Fact>]>, BaseError> {
        let mut alike: BTreeSet<i64> = BTreeSet::new();
        for handle in handles(name) {
            let found = self.0.statements(relation, slot, &handle)?;
            alike.extend(found.fitting(|key| compare(name, key) != Likeness::Different));
        }
        Ok(self.0.facts(alike)?.into())
    }

    fn count(&self, relation: RelationId, slot: SlotId, key: &str) -> Result<usize, BaseError> {
        let found: BTreeSet<i64> = self.0.statements(relation, slot, key)?.ids().collect();
        Ok(found.len())
    }

    fn near_names(&self, name: &str) -> Result<Arc<[Arc<KnownName>]>, BaseError> {
        let mut near: Vec<Arc<KnownName>> = Vec::new();
        for word in ends(name) {
            for found in self.0.names(word)?.fitting(|key| is_near(key, name)) {
                near.push(self.0.name(found)?);
            }
        }
        Ok(near.into())
    }

    fn all(&self) -> Result<Vec<Arc<Fact>>, BaseError> {
        self.0.facts(self.0.file.rows("SELECT id FROM statements", [], |row| row.get(0))?)
    }

    fn holds(&self, words: u64) -> Result<bool, BaseError> {
        Ok(self.0.hashes()?.binary_search(&words).is_ok())
    }

    fn extent(&self) -> Extent {
        self.0.file.extent()
    }

    fn revision(&self) -> Revision {
        self.0.file.revision()
    }
}
