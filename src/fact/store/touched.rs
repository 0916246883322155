//! What a run of learning touches, so that only what follows from it is made anew: what nobody says any more goes,
//! near-duplicates are grouped, and witnesses are counted.

use super::error::StoreError;
use super::tables::Tables;
use super::value::{as_hash, as_stored, stored};

use crate::fact::near_duplicate::{Sketched, groups};
use crate::fact::support::independent;
use rusqlite::{Row, params};

/// Where keeping and forgetting write what they touch.
const TOUCHED: &str = "CREATE TEMP TABLE touched_statements (id INTEGER PRIMARY KEY); \
                       CREATE TEMP TABLE touched_entities (id INTEGER PRIMARY KEY); \
                       CREATE TEMP TABLE touched_names (id INTEGER PRIMARY KEY); \
                       CREATE TEMP TABLE touched_questions (question TEXT PRIMARY KEY) WITHOUT ROWID; \
                       CREATE TEMP TABLE new_articles (id INTEGER PRIMARY KEY); \
                       CREATE TEMP TABLE gone_articles (sketch BLOB NOT NULL)";
/// An older version may have counted and grouped otherwise.
const TOUCHED_ALL: &str = "INSERT INTO touched_statements SELECT id FROM statements; \
                           INSERT INTO new_articles SELECT id FROM articles";
const QUESTIONS: &str = "INSERT OR IGNORE INTO touched_questions SELECT question FROM answers \
                         WHERE statement_id IN (SELECT id FROM touched_statements)";
const GONE: [&str; 7] = [
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

/// Begins to note what is touched: nothing yet, or everything.
pub(super) fn note(tables: &Tables, all: bool) -> Result<(), StoreError> {
    tables.batch(TOUCHED)?;
    if all {
        tables.batch(TOUCHED_ALL)?;
    }
    Ok(())
}

/// Makes anew what follows from what was touched.
pub(super) fn follow(tables: &Tables) -> Result<(), StoreError> {
    for step in GONE {
        tables.run(step, [])?;
    }
    group(tables)?;
    tables.run(QUESTIONS, [])?;
    count_statements(tables)?;
    count_sides(tables)
}

/// Groups near-duplicates anew where articles came or went; only articles whose group changed are written.
fn group(tables: &Tables) -> Result<(), StoreError> {
    let gone: Vec<Vec<u64>> = tables.rows("SELECT sketch FROM gone_articles", |row| sketch(row, 0))?;
    let articles: Vec<(i64, u64, Option<u64>, Vec<u64>)> = tables.rows(
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
            tables.run("UPDATE articles SET near_duplicates = ?2 WHERE id = ?1", params![article, as_stored(group)])?;
            tables.run(
                "INSERT OR IGNORE INTO touched_statements SELECT statement_id FROM claims WHERE article_id = ?1",
                [article],
            )?;
        }
    }
    Ok(())
}

fn sketch(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<u64>> {
    let bytes: Vec<u8> = row.get(at)?;
    Ok(bytes.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
}

/// Counts the witnesses of the statements that were touched.
fn count_statements(tables: &Tables) -> Result<(), StoreError> {
    let statements = counted(
        tables,
        "SELECT statement_id, near_duplicates, claims.words FROM touched_statements \
         JOIN claims ON statement_id = touched_statements.id JOIN articles ON articles.id = article_id \
         ORDER BY statement_id",
        |row| Ok((row.get::<_, i64>(0)?, voice(row, 1)?)),
    )?;
    for (statement, witnesses) in statements {
        tables.run("UPDATE statements SET witnesses = ?2 WHERE id = ?1", params![statement, stored(witnesses)])?;
    }
    Ok(())
}

/// Counts the witnesses of each answer to the questions that were touched and have several.
fn count_sides(tables: &Tables) -> Result<(), StoreError> {
    tables.run("DELETE FROM sides WHERE question IN (SELECT question FROM touched_questions)", [])?;
    let sides = counted(
        tables,
        "SELECT question, answer, near_duplicates, claims.words FROM answers \
         JOIN claims USING (statement_id) JOIN articles ON articles.id = article_id \
         WHERE question IN (SELECT question FROM touched_questions JOIN answers USING (question) \
         GROUP BY question HAVING min(answer) < max(answer)) ORDER BY question, answer",
        |row| Ok(((row.get::<_, String>(0)?, row.get::<_, String>(1)?), voice(row, 2)?)),
    )?;
    for ((question, answer), witnesses) in sides {
        tables.run("INSERT INTO sides VALUES (?1, ?2, ?3)", params![question, answer, stored(witnesses)])?;
    }
    Ok(())
}

/// By which voices are told apart: the group of the article and the words of the sentence.
fn voice(row: &Row<'_>, at: usize) -> rusqlite::Result<(u64, u64)> {
    Ok((as_hash(row.get(at)?), as_hash(row.get(at + 1)?)))
}

/// How many independent voices say each thing, from rows that stand together by what they say.
fn counted<T: PartialEq>(
    tables: &Tables,
    sql: &str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<(T, (u64, u64))>,
) -> Result<Vec<(T, usize)>, StoreError> {
    let mut said: Vec<(T, Vec<(u64, u64)>)> = Vec::new();
    for (what, voice) in tables.rows(sql, read)? {
        match said.last_mut().filter(|(last, _)| *last == what) {
            Some((_, voices)) => voices.push(voice),
            None => said.push((what, vec![voice])),
        }
    }
    Ok(said.into_iter().map(|(what, voices)| (what, independent(voices))).collect())
}
