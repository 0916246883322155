//! Learning into a fact base: documents in, documents out, one transaction.

use super::{
    APPLICATION_ID, MIGRATIONS, PATIENCE, StoreError, as_hash, as_stored, beside, id, is_complete, is_sealed,
    look_through, open, seal, version,
};
use crate::claim::Value;
use crate::diagnostic::Evidence;
use crate::fact::near_duplicate::{Sketched, groups};
use crate::fact::observe::{NameObservation, Observation, Observed};
use crate::fact::question::{Answer, answers};
use crate::fact::support::independent;
use crate::fact::{handles, keys, tell};
use crate::pack::Packs;
use crate::pattern::{RelationId, SlotId};
use crate::text::Span;
use rusqlite::{Connection, OpenFlags, Row, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a run of learning touches, so that only what follows from it is made anew.
const TOUCHED: &str = "CREATE TEMP TABLE touched_statements (id INTEGER PRIMARY KEY); \
                       CREATE TEMP TABLE touched_entities (id INTEGER PRIMARY KEY); \
                       CREATE TEMP TABLE touched_names (id INTEGER PRIMARY KEY); \
                       CREATE TEMP TABLE touched_questions (question TEXT PRIMARY KEY) WITHOUT ROWID; \
                       CREATE TEMP TABLE new_articles (id INTEGER PRIMARY KEY); \
                       CREATE TEMP TABLE gone_articles (sketch BLOB NOT NULL)";
/// An older version may have counted and grouped otherwise.
const TOUCHED_ALL: &str = "INSERT INTO touched_statements SELECT id FROM statements; \
                           INSERT INTO new_articles SELECT id FROM articles";

/// A document as it is kept: rows that depend on nothing but itself, so that any thread can make them.
#[derive(Debug)]
pub struct Rows {
    /// Its path from the folder of the base.
    pub path: String,
    /// A hash of its bytes.
    pub content: u64,
    /// A hash of the packs and settings that it was read with.
    pub reading: u64,
    articles: Vec<Kept>,
}

/// An article as it is kept.
#[derive(Debug)]
pub struct Kept {
    observed: Observed,
    statements: Vec<Statement>,
}

#[derive(Debug)]
struct Statement {
    id: i64,
    relation: String,
    time: &'static str,
    year: Option<i16>,
    text: String,
    slots: Vec<Slot>,
    answers: Vec<Answer>,
}

#[derive(Debug)]
struct Slot {
    id: i64,
    relation: String,
    name: String,
    number: SlotId,
    kind: String,
    key: String,
    entity: i64,
    label: String,
    words: Vec<String>,
}

impl Rows {
    /// The rows of what the articles of a document say.
    pub fn new(path: String, content: u64, reading: u64, observed: Vec<Observed>, packs: &Packs) -> Rows {
        let articles = observed.into_iter().map(|observed| {
            let statements = observed.claims.iter().map(|claim| statement(claim, packs)).collect();
            Kept { observed, statements }
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

/// What learning came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Documents in the base.
    pub documents: usize,
    /// Articles in them.
    pub articles: usize,
    /// Claims in those.
    pub claims: usize,
    /// Facts that they come to.
    pub facts: usize,
    /// Pairs of facts that contradict each other.
    pub disputes: usize,
    /// Groups of near-duplicate articles with more than one in them.
    pub near_duplicates: usize,
    /// Documents that were read with other packs or settings than these.
    pub read_otherwise: usize,
}

/// A fact base that is being written. Dropped without [`Learning::finish`] it changes nothing.
#[derive(Debug)]
pub struct Learning {
    connection: Connection,
    path: PathBuf,
    changed: bool,
    /// Whether the file was made for it.
    is_new: bool,
}

impl Learning {
    /// Opens a fact base for learning, or makes one. Only one process can at a time; readers go on reading what was there.
    ///
    /// # Errors
    /// A file that is no fact base, one of a newer version and one that may not be written are refused as they are.
    pub fn begin(path: &Path) -> Result<Learning, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let sealed = is_sealed(path)?;
        let is_new = !path.exists();
        let (connection, _) = open(path, flags)?;
        let sqlite = |error| StoreError::from_sqlite(path, error);
        connection.set_prepared_statement_cache_capacity(64);
        // Readers are not held up, and the base is one file again when learning is done. Where somebody reads just now the
        // mode stays what it is.
        let _ = connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()));
        connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536").map_err(sqlite)?;
        connection.busy_timeout(std::time::Duration::from_millis(200)).map_err(sqlite)?;
        let mut learning = Learning { connection, path: path.to_owned(), changed: false, is_new };
        match learning.prepare(sealed) {
            Ok(()) => Ok(learning),
            // It is the file of the one who is at work on it.
            Err(error @ StoreError::Busy(_)) => Err(error),
            Err(error) => Err(learning.discard(error)),
        }
    }

    /// Keeps others from writing, looks whether the base is whole, and brings it to the present version.
    fn prepare(&mut self, sealed: bool) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.error(error))?;
        // Only now is nobody else at work on it, who may have made the tables meanwhile.
        let is_new = std::mem::take(&mut self.is_new);
        let version = version(&self.path, &self.connection)?;
        self.is_new = is_new && version == 0;
        self.changed = version < MIGRATIONS.len();
        if !sealed && version > 0 {
            look_through(&self.path, &self.connection)?;
        }
        if version == MIGRATIONS.len() {
            is_complete(&self.path, &self.connection)?;
        }
        let run = |sql: &str| self.connection.execute_batch(sql).map_err(|error| self.error(error));
        MIGRATIONS.get(version..).unwrap_or_default().iter().try_for_each(|migration| run(migration))?;
        // With what is written the seal is gone.
        run(&format!("PRAGMA user_version = {}; PRAGMA application_id = {APPLICATION_ID}", MIGRATIONS.len()))?;
        run(TOUCHED)?;
        if version < MIGRATIONS.len() {
            run(TOUCHED_ALL)?;
        }
        Ok(())
    }

    /// Gives up, for this reason: what was there is as it was, and where nothing was nothing is left.
    pub fn discard(self, reason: StoreError) -> StoreError {
        let Learning { connection, path, is_new, .. } = self;
        drop(connection);
        if is_new {
            let own = beside::names(&path).collect::<Vec<_>>();
            own.iter().chain([&path]).for_each(|file| drop(std::fs::remove_file(file)));
        }
        reason
    }

    fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, error)
    }

    /// The documents in the base: path, and the hashes of their bytes and of how they were read.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn documents(&self) -> Result<BTreeMap<String, (u64, u64)>, StoreError> {
        let known = self.rows("SELECT path, content, reading FROM documents", |row| {
            Ok((row.get(0)?, (as_hash(row.get(1)?), as_hash(row.get(2)?))))
        })?;
        Ok(known.into_iter().collect())
    }

    /// Takes a document out.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn forget(&mut self, path: &str) -> Result<(), StoreError> {
        const STEPS: [&str; 5] = [
            "INSERT INTO gone_articles SELECT sketch FROM articles WHERE document_id = ?1",
            "INSERT OR IGNORE INTO touched_statements SELECT statement_id FROM claims \
             WHERE article_id IN (SELECT id FROM articles WHERE document_id = ?1)",
            "INSERT OR IGNORE INTO touched_entities SELECT entity_id FROM statement_slots WHERE statement_id IN \
             (SELECT statement_id FROM claims WHERE article_id IN (SELECT id FROM articles WHERE document_id = ?1))",
            "INSERT OR IGNORE INTO touched_names SELECT name_id FROM mentions \
             WHERE article_id IN (SELECT id FROM articles WHERE document_id = ?1)",
            "DELETE FROM documents WHERE id = ?1",
        ];
        self.changed = true;
        let document = id(&["document", path]);
        for step in STEPS {
            self.run(step, params![document])?;
        }
        Ok(())
    }

    /// Puts a document in, in place of what was known of it.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn keep(&mut self, rows: &Rows) -> Result<(), StoreError> {
        self.forget(&rows.path)?;
        let document = id(&["document", &rows.path]);
        self.run(
            "INSERT INTO documents (id, path, content, reading) VALUES (?1, ?2, ?3, ?4)",
            params![document, rows.path, as_stored(rows.content), as_stored(rows.reading)],
        )?;
        for row in &rows.articles {
            self.keep_article(&rows.path, document, row)?;
        }
        Ok(())
    }

    fn keep_article(&self, path: &str, document: i64, row: &Kept) -> Result<(), StoreError> {
        let observed = &row.observed;
        let number = observed.article.number.to_string();
        let article = id(&["article", path, &number]);
        let sketch: Vec<u8> = observed.sketch.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        let words = as_stored(observed.article.hash);
        self.run(
            "INSERT INTO articles (id, document_id, number, title, date, outlet, words, near_duplicates, sketch) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)",
            params![
                article,
                document,
                number,
                observed.title,
                observed.date.map(|date| date.to_string()),
                observed.outlet,
                words,
                sketch
            ],
        )?;
        self.run("INSERT OR IGNORE INTO new_articles VALUES (?1)", [article])?;
        let sentences = sentences(observed);
        for (number, (span, evidence)) in sentences.iter().enumerate() {
            let (_, position, first) = evidence.sentence_start();
            self.run(
                "INSERT INTO sentences VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    article,
                    stored(number),
                    position.line,
                    position.column,
                    span.start,
                    span.end,
                    first,
                    evidence.sentence
                ],
            )?;
        }
        let sentence = |evidence: &Evidence| {
            let span = evidence.sentence_span();
            stored(sentences.partition_point(|(other, _)| *other < span))
        };
        for (number, (claim, statement)) in observed.claims.iter().zip(&row.statements).enumerate() {
            self.keep_statement(statement)?;
            self.run("INSERT OR IGNORE INTO touched_statements VALUES (?1)", [statement.id])?;
            let span = claim.evidence.span;
            self.run(
                "INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    article,
                    stored(number),
                    statement.id,
                    sentence(&claim.evidence),
                    claim.evidence.position.line,
                    span.start,
                    span.end,
                    as_stored(claim.sentence)
                ],
            )?;
            for slot in &statement.slots {
                if let Some((_, span)) = claim.spans.iter().find(|(of, _)| *of == slot.number) {
                    self.run(
                        "INSERT INTO claim_slots VALUES (?1, ?2, ?3, ?4, ?5)",
                        params![article, stored(number), slot.id, span.start, span.end],
                    )?;
                }
            }
        }
        for name in &observed.names {
            self.keep_name(article, name, sentence(&name.evidence))?;
        }
        Ok(())
    }

    fn keep_statement(&self, statement: &Statement) -> Result<(), StoreError> {
        let new = self.run(
            "INSERT OR IGNORE INTO statements (id, relation, time, year, name) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![statement.id, statement.relation, statement.time, statement.year, statement.text],
        )?;
        if new == 0 {
            return Ok(());
        }
        for slot in &statement.slots {
            self.run(
                "INSERT OR IGNORE INTO slots (id, relation, name) VALUES (?1, ?2, ?3)",
                params![slot.id, slot.relation, slot.name],
            )?;
            let new = self.run(
                "INSERT OR IGNORE INTO entities (id, kind, key, name) VALUES (?1, ?2, ?3, ?4)",
                params![slot.entity, slot.kind, slot.key, slot.label],
            )?;
            self.run("INSERT OR IGNORE INTO touched_entities (id) VALUES (?1)", params![slot.entity])?;
            if new > 0 {
                for word in &slot.words {
                    self.run(
                        "INSERT OR IGNORE INTO entity_words (word, entity_id) VALUES (?1, ?2)",
                        params![word, slot.entity],
                    )?;
                }
            }
            self.run(
                "INSERT OR IGNORE INTO statement_slots (statement_id, slot_id, entity_id, name) VALUES (?1, ?2, ?3, ?4)",
                params![statement.id, slot.id, slot.entity, slot.label],
            )?;
        }
        for Answer { question, answer } in &statement.answers {
            self.run(
                "INSERT OR IGNORE INTO answers (statement_id, question, answer) VALUES (?1, ?2, ?3)",
                params![statement.id, question, answer],
            )?;
        }
        Ok(())
    }

    fn keep_name(&self, article: i64, name: &NameObservation, sentence: i64) -> Result<(), StoreError> {
        let name_id = id(&["name", &name.written]);
        let new = self.run(
            "INSERT OR IGNORE INTO names (id, key, name) VALUES (?1, ?2, ?3)",
            params![name_id, name.key, name.written],
        )?;
        if new > 0 {
            for word in handles(&name.key) {
                self.run("INSERT OR IGNORE INTO name_words (word, name_id) VALUES (?1, ?2)", params![word, name_id])?;
            }
        }
        let evidence = &name.evidence;
        let words = as_stored(name.sentence);
        self.run(
            "INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![article, name_id, sentence, evidence.position.line, evidence.span.start, evidence.span.end, words],
        )?;
        Ok(())
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.error(error))?;
        statement.execute(values).map_err(|error| self.error(error))
    }

    /// Takes out what nobody says any more, groups near-duplicates, and makes all of it last.
    ///
    /// # Errors
    /// Those of SQLite; then the base is as it was.
    pub fn finish(self, reading: u64) -> Result<Summary, StoreError> {
        match self.commit(reading) {
            Ok(summary) => {
                self.seal();
                Ok(summary)
            }
            Err(error) => Err(self.discard(error)),
        }
    }

    fn commit(&self, reading: u64) -> Result<Summary, StoreError> {
        const QUESTIONS: &str = "INSERT OR IGNORE INTO touched_questions SELECT question FROM answers \
                                 WHERE statement_id IN (SELECT id FROM touched_statements)";
        const STEPS: [&str; 7] = [
            QUESTIONS,
            "DELETE FROM statements WHERE id IN (SELECT id FROM touched_statements) \
             AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.statement_id = statements.id)",
            "DELETE FROM entities WHERE id IN (SELECT id FROM touched_entities) \
             AND NOT EXISTS (SELECT 1 FROM statement_slots WHERE statement_slots.entity_id = entities.id)",
            // What no pack names is called as the articles do; the first spelling of several, whatever came first.
            "UPDATE entities SET name = (SELECT min(name) FROM statement_slots WHERE entity_id = entities.id) \
             WHERE id IN (SELECT id FROM touched_entities)",
            "DELETE FROM names WHERE id IN (SELECT id FROM touched_names) \
             AND NOT EXISTS (SELECT 1 FROM mentions WHERE mentions.name_id = names.id)",
            "INSERT OR REPLACE INTO base SELECT 'articles', count(*) FROM articles",
            "INSERT OR REPLACE INTO base SELECT 'newest', coalesce(max(date), '') FROM articles",
        ];
        if self.changed {
            for step in STEPS {
                self.run(step, [])?;
            }
            self.group()?;
            self.run(QUESTIONS, [])?;
            self.count()?;
        }
        let summary = self.summary(reading)?;
        self.run(
            "INSERT OR REPLACE INTO base VALUES ('made by', 'factlint ' || ?1)",
            params![env!("CARGO_PKG_VERSION")],
        )?;
        self.connection.busy_timeout(PATIENCE).map_err(|error| self.error(error))?;
        self.connection.execute_batch("COMMIT").map_err(|error| self.error(error))?;
        Ok(summary)
    }

    /// Makes one file of it again, and seals it. While somebody has it open the log stays, and is emptied; while somebody is
    /// reading it cannot be, and there is no seal, which is as good: what is kept was committed.
    fn seal(&self) {
        let _ = self.connection.busy_timeout(std::time::Duration::ZERO);
        let _ = self.connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()));
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        // Nobody may begin to write meanwhile.
        if self.connection.execute_batch("BEGIN IMMEDIATE").is_ok() {
            let _ = seal::write(&self.path);
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    /// Groups near-duplicates anew where articles came or went; only articles whose group changed are written.
    fn group(&self) -> Result<(), StoreError> {
        let sketch = |row: &Row<'_>, at: usize| -> rusqlite::Result<Vec<u64>> {
            let bytes: Vec<u8> = row.get(at)?;
            Ok(bytes.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
        };
        let gone: Vec<Vec<u64>> = self.rows("SELECT sketch FROM gone_articles", |row| sketch(row, 0))?;
        let articles: Vec<(i64, u64, Option<u64>, Vec<u64>)> = self.rows(
            "SELECT articles.id, words, CASE WHEN new_articles.id IS NULL THEN near_duplicates END, sketch \
             FROM articles LEFT JOIN new_articles ON new_articles.id = articles.id",
            |row| {
                let group: Option<i64> = row.get(2)?;
                Ok((row.get(0)?, as_hash(row.get(1)?), group.map(as_hash), sketch(row, 3)?))
            },
        )?;
        let all: Vec<Sketched<'_>> =
            articles.iter().map(|(_, hash, group, sketch)| Sketched { hash: *hash, sketch, group: *group }).collect();
        let gone: Vec<&[u64]> = gone.iter().map(Vec::as_slice).collect();
        for ((article, _, before, _), group) in articles.iter().zip(groups(&all, &gone)) {
            if Some(group) != *before {
                self.run("UPDATE articles SET near_duplicates = ?2 WHERE id = ?1", params![article, as_stored(group)])?;
                self.run(
                    "INSERT OR IGNORE INTO touched_statements SELECT statement_id FROM claims WHERE article_id = ?1",
                    [article],
                )?;
            }
        }
        Ok(())
    }

    /// Counts the witnesses of what was touched.
    fn count(&self) -> Result<(), StoreError> {
        let voice = |row: &Row<'_>, at: usize| -> rusqlite::Result<_> {
            Ok((as_hash(row.get(at)?), as_hash(row.get(at + 1)?)))
        };
        let statements = self.counted(
            "SELECT statement_id, near_duplicates, claims.words FROM touched_statements \
             JOIN claims ON statement_id = touched_statements.id JOIN articles ON articles.id = article_id \
             ORDER BY statement_id",
            |row| Ok((row.get::<_, i64>(0)?, voice(row, 1)?)),
        )?;
        for (statement, witnesses) in statements {
            self.run("UPDATE statements SET witnesses = ?2 WHERE id = ?1", params![statement, stored(witnesses)])?;
        }
        self.run("DELETE FROM sides WHERE question IN (SELECT question FROM touched_questions)", [])?;
        let sides = self.counted(
            "SELECT question, answer, near_duplicates, claims.words FROM answers \
             JOIN claims USING (statement_id) JOIN articles ON articles.id = article_id \
             WHERE question IN (SELECT question FROM touched_questions JOIN answers USING (question) \
             GROUP BY question HAVING min(answer) < max(answer)) ORDER BY question, answer",
            |row| Ok(((row.get::<_, String>(0)?, row.get::<_, String>(1)?), voice(row, 2)?)),
        )?;
        for ((question, answer), witnesses) in sides {
            self.run("INSERT INTO sides VALUES (?1, ?2, ?3)", params![question, answer, stored(witnesses)])?;
        }
        Ok(())
    }

    /// How many independent voices say each thing, from rows that stand together by what they say.
    fn counted<T: PartialEq>(
        &self,
        sql: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<(T, (u64, u64))>,
    ) -> Result<Vec<(T, usize)>, StoreError> {
        let mut said: Vec<(T, Vec<(u64, u64)>)> = Vec::new();
        for (what, voice) in self.rows(sql, read)? {
            match said.last_mut().filter(|(last, _)| *last == what) {
                Some((_, voices)) => voices.push(voice),
                None => said.push((what, vec![voice])),
            }
        }
        Ok(said.into_iter().map(|(what, voices)| (what, independent(voices))).collect())
    }

    fn rows<T>(&self, sql: &str, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>, StoreError> {
        let rows = || self.connection.prepare(sql)?.query_map([], read)?.collect::<rusqlite::Result<Vec<T>>>();
        rows().map_err(|error| self.error(error))
    }

    fn summary(&self, reading: u64) -> Result<Summary, StoreError> {
        let count = |sql: &str| -> Result<usize, StoreError> {
            let found = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
            found.map(|count| usize::try_from(count).unwrap_or_default()).map_err(|error| self.error(error))
        };
        Ok(Summary {
            documents: count("SELECT count(*) FROM documents")?,
            articles: count("SELECT count(*) FROM articles")?,
            claims: count("SELECT count(*) FROM claims")?,
            facts: count("SELECT count(*) FROM statements")?,
            disputes: count("SELECT count(*) FROM disputes")?,
            near_duplicates: count(
                "SELECT count(*) FROM (SELECT 1 FROM articles GROUP BY near_duplicates HAVING count(*) > 1)",
            )?,
            read_otherwise: count(&format!("SELECT count(*) FROM documents WHERE reading <> {}", as_stored(reading)))?,
        })
    }
}

/// The sentences of an article that say something, in their order.
fn sentences(observed: &Observed) -> Vec<(Span, &Evidence)> {
    let claims = observed.claims.iter().map(|claim| &claim.evidence);
    let all = claims.chain(observed.names.iter().map(|name| &name.evidence));
    let by_span: BTreeMap<Span, &Evidence> = all.map(|evidence| (evidence.sentence_span(), evidence)).collect();
    by_span.into_iter().collect()
}

fn stored(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
