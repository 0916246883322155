//! Asking a fact base. Look-ups go by claim and are remembered; sentences are read when they are shown.

use super::opened::Opened;
use super::{StoreError, as_hash, id};
use crate::claim::{Likeness, Meaning, Measure, Value, Values, compare};
use crate::diagnostic::Evidence;
use crate::fact::base::{Base, Extent, Revision, ends, is_near};
use crate::fact::error::BaseError;
use crate::fact::handles;
use crate::fact::memory::order;
use crate::fact::model::{
    ArticleKey, Authority, Entry, Fact, Holder, KnownName, Place, Printed, Shelf, Witness, Witnesses, Words,
};
use crate::fact::remembering::Kept;
use crate::pack::{EntityId, Frame, Like, Packs};
use crate::pattern::{RelationId, SlotId};
use crate::text::{Date, Position, Span};
use rusqlite::types::Type;
use rusqlite::{Row, params};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// A fact base in a file, open for reading.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    me: Weak<Inner>,
    file: Opened,
    /// The folder of the base as the working folder sees it; paths in the base start there.
    folder: String,
    packs: Arc<Packs>,
    remembered: Mutex<Remembered>,
}

/// So many facts, and as many names, are kept in memory, and as many that were wanted before them.
const FACTS: usize = 1_024;

/// What was asked for already, of one revision of the file.
#[derive(Default)]
struct Remembered {
    of: Revision,
    statements: Kept<(RelationId, SlotId, String), Arc<Keyed>>,
    facts: Kept<i64, Arc<Fact>, FACTS>,
    names: Kept<String, Arc<Keyed>>,
    known: Kept<i64, Arc<KnownName>, FACTS>,
    articles: Kept<i64, Arc<Printed>, FACTS>,
    /// The hashes of the words of all articles, sorted.
    hashes: Option<Arc<[u64]>>,
}

/// Rows with the folded names by which they are compared before they are read. Of a first name there are thousands, so
/// the names stand in one text.
struct Keyed {
    /// The rows, each with the byte at which its name ends.
    rows: Vec<(i64, usize)>,
    keys: String,
}

impl Keyed {
    fn new(rows: Vec<(i64, String)>) -> Keyed {
        let mut keyed = Keyed { rows: Vec::with_capacity(rows.len()), keys: String::new() };
        for (id, key) in rows {
            keyed.keys.push_str(&key);
            keyed.rows.push((id, keyed.keys.len()));
        }
        keyed.keys.shrink_to_fit();
        keyed
    }

    fn ids(&self) -> impl Iterator<Item = i64> {
        self.rows.iter().map(|(id, _)| *id)
    }

    /// The rows whose names fit.
    fn fitting(&self, fits: impl Fn(&str) -> bool) -> impl Iterator<Item = i64> {
        let mut start = 0;
        self.rows.iter().filter_map(move |(id, end)| {
            let key = self.keys.get(std::mem::replace(&mut start, *end)..*end)?;
            fits(key).then_some(*id)
        })
    }
}

fn keyed(row: &Row<'_>) -> rusqlite::Result<(i64, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

impl Store {
    /// Opens a fact base. `folder` is its folder as the working folder sees it, empty for the working folder itself.
    ///
    /// # Errors
    /// A file that is missing, no fact base, or of another version is refused.
    pub fn open(path: &Path, folder: &str, packs: Arc<Packs>) -> Result<Store, StoreError> {
        let file = Opened::new(path)?;
        Ok(Store(Arc::new_cyclic(|me: &Weak<Inner>| Inner {
            me: me.clone(),
            file,
            folder: folder.to_owned(),
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

    /// Where the corpus contradicts itself, the best supported first.
    ///
    /// # Errors
    /// A base that cannot be asked says why.
    pub fn disputes(&self) -> Result<Vec<Dispute>, BaseError> {
        self.0.file.rows(
            "SELECT name, fact, witnesses, first_date, last_date, against, witnesses_against, first_date_against, \
             last_date_against FROM disputes ORDER BY witnesses DESC, name, against",
            [],
            |row| Ok(Dispute { question: row.get(0)?, sides: [side(row, 1)?, side(row, 5)?] }),
        )
    }
}

/// Two answers of a corpus to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The question.
    pub question: String,
    /// The side with more witnesses, and the other.
    pub sides: [Side; 2],
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What is said.
    pub fact: String,
    /// How many independent witnesses say it.
    pub witnesses: usize,
    /// The dates of the first and the last.
    pub dates: Option<(Date, Date)>,
}

fn side(row: &Row<'_>, at: usize) -> rusqlite::Result<Side> {
    let (first, last) = (date(row, at + 2)?, date(row, at + 3)?);
    Ok(Side { fact: row.get(at)?, witnesses: count(row, at + 1)?, dates: first.zip(last) })
}

fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<usize> {
    let count: i64 = row.get(at)?;
    usize::try_from(count).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, count))
}

fn date(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Date>> {
    let date: Option<String> = row.get(at)?;
    let wrong = |_| rusqlite::Error::InvalidColumnType(at, "date".to_owned(), Type::Text);
    date.map(|date| date.parse().map_err(wrong)).transpose()
}

impl Inner {
    /// What was asked for already; of another revision nothing.
    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.of != self.file.revision() {
            *remembered = Remembered { of: self.file.revision(), ..Remembered::default() };
        }
        remembered
    }

    fn slot_id(&self, relation: RelationId, slot: SlotId) -> Option<i64> {
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

    fn article(&self, article: i64) -> Result<Arc<Printed>, BaseError> {
        if let Some(known) = self.remembered().articles.get(&article) {
            return Ok(known);
        }
        let printed = self.file.row(
            "SELECT documents.path, articles.number, articles.words, articles.near_duplicates, articles.date \
             FROM articles JOIN documents ON documents.id = document_id WHERE articles.id = ?1",
            [article],
            |row| {
                let path: String = row.get(0)?;
                Ok(Printed {
                    key: ArticleKey {
                        path: seen_from(&self.folder, &path),
                        number: count(row, 1)?,
                        hash: as_hash(row.get(2)?),
                    },
                    group: as_hash(row.get(3)?),
                    date: date(row, 4)?,
                })
            },
        )?;
        Ok(self.remembered().articles.keep(article, Arc::new(printed)))
    }
}

/// A path that starts in a folder, without steps back where there need be none.
fn seen_from(folder: &str, path: &str) -> String {
    if folder.is_empty() || path.starts_with('/') {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != ".." && !last.is_empty()) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

impl Shelf for Inner {
    fn witnesses(&self, holder: Holder) -> Result<Vec<Witness>, BaseError> {
        let (sql, holding) = match holder {
            Holder::Statement(statement) => (
                "SELECT article_id, number, line, words, year FROM claims \
                 JOIN statements ON statements.id = statement_id WHERE statement_id = ?1",
                statement,
            ),
            Holder::Name(name) => ("SELECT article_id, 0, line, words, NULL FROM mentions WHERE name_id = ?1", name),
        };
        let rows: Vec<(i64, i64, u32, i64, Option<i16>)> = self
            .file
            .rows(sql, [holding], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
        // Nothing is kept of which nobody says anything.
        if rows.is_empty() {
            return Err(self.file.changed());
        }
        let mut witnesses: Vec<(Arc<Printed>, Witness)> = Vec::with_capacity(rows.len());
        for (article, number, line, words, year) in rows {
            let printed = self.article(article)?;
            let what = match holder {
                Holder::Statement(_) => Place::Claim(number),
                Holder::Name(name) => Place::Mention(name),
            };
            let authority = Authority::Corpus { article: Arc::clone(&printed), sentence: as_hash(words), year };
            let words = Words::Kept(self.me.clone(), Entry { article, what });
            witnesses.push((printed, Witness { authority, line, words }));
        }
        witnesses.sort_by(|(a, one), (b, other)| (&a.key, one.line).cmp(&(&b.key, other.line)));
        Ok(witnesses.into_iter().map(|(_, witness)| witness).collect())
    }

    fn evidence(&self, entry: Entry, slot: Option<(RelationId, SlotId)>) -> Result<Evidence, BaseError> {
        let (table, key, number) = match entry.what {
            Place::Claim(number) => ("claims", "number", number),
            Place::Mention(name) => ("mentions", "name_id", name),
        };
        let sql = format!(
            "SELECT documents.path, sentences.line, sentences.\"column\", sentences.\"start\", \
             sentences.first_character, sentences.text, articles.date, articles.outlet, place.\"start\", place.\"end\" \
             FROM {table} AS place \
             JOIN sentences ON sentences.article_id = place.article_id AND sentences.number = place.sentence \
             JOIN articles ON articles.id = place.article_id JOIN documents ON documents.id = articles.document_id \
             WHERE place.article_id = ?1 AND place.{key} = ?2"
        );
        let (whole, span) = self.file.row(&sql, [entry.article, number], |row| {
            let path: String = row.get(0)?;
            let start: u32 = row.get(3)?;
            let first: u32 = row.get(4)?;
            let text: String = row.get(5)?;
            let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let whole = Evidence {
                path: seen_from(&self.folder, &path),
                span: Span::new(start, start.saturating_add(length)),
                chars: (first, first.saturating_add(characters)),
                position: Position { line: row.get(1)?, column: row.get(2)? },
                mark: 0..text.len(),
                sentence: text,
                date: date(row, 6)?,
                outlet: row.get(7)?,
                note: String::new(),
                also: Vec::new(),
            };
            Ok((whole, Span::new(row.get(8)?, row.get(9)?)))
        })?;
        let narrow = match slot.and_then(|(relation, slot)| self.slot_id(relation, slot)) {
            None => None,
            Some(slot) => self
                .file
                .rows(
                    "SELECT \"start\", \"end\" FROM claim_slots WHERE article_id = ?1 AND claim = ?2 AND slot_id = ?3",
                    [entry.article, number, slot],
                    |row| Ok(Span::new(row.get(0)?, row.get(1)?)),
                )?
                .pop(),
        };
        Ok(whole.narrowed(narrow.unwrap_or(span)))
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
