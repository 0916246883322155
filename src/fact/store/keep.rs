//! Documents in and out of the tables, a function a table. What is touched is noted for what follows from it.

use super::error::StoreError;
use super::rows::{KeptArticle, Rows, Slot, Statement};
use super::tables::Tables;
use super::value::{as_stored, id, stored};

use crate::claim::handles;
use crate::diagnostic::Evidence;
use crate::fact::observe::{NameObservation, Observation, Observed};
use crate::fact::question::Answer;
use crate::text::Span;
use rusqlite::params;
use std::collections::BTreeMap;

/// Takes a document out.
pub(super) fn forget(tables: &Tables, path: &str) -> Result<(), StoreError> {
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
    let document = id(&["document", path]);
    STEPS.iter().try_for_each(|step| tables.run(step, [document]).map(drop))
}

/// Puts a document in, of which nothing is known.
pub(super) fn keep(tables: &Tables, rows: &Rows) -> Result<(), StoreError> {
    let document = id(&["document", &rows.path]);
    tables.run(
        "INSERT INTO documents (id, path, content, reading) VALUES (?1, ?2, ?3, ?4)",
        params![document, rows.path, as_stored(rows.content), as_stored(rows.reading)],
    )?;
    for kept in &rows.articles {
        let article = keep_article(tables, &rows.path, document, &kept.observed)?;
        keep_content(tables, article, kept)?;
    }
    Ok(())
}

/// Puts an article in, and gives its id.
fn keep_article(tables: &Tables, path: &str, document: i64, observed: &Observed) -> Result<i64, StoreError> {
    let number = observed.article.number.to_string();
    let article = id(&["article", path, &number]);
    let sketch: Vec<u8> = observed.sketch.iter().flat_map(|hash| hash.to_le_bytes()).collect();
    let date = observed.date.map(|date| date.to_string());
    let words = as_stored(observed.article.hash);
    tables.run(
        "INSERT INTO articles (id, document_id, number, title, date, outlet, words, near_duplicates, sketch) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)",
        params![article, document, number, observed.title, date, observed.outlet, words, sketch],
    )?;
    tables.run("INSERT OR IGNORE INTO new_articles VALUES (?1)", [article])?;
    Ok(article)
}

/// Puts in what an article says.
fn keep_content(tables: &Tables, article: i64, kept: &KeptArticle) -> Result<(), StoreError> {
    let observed = &kept.observed;
    let sentences = sentences(observed);
    let sentence = |evidence: &Evidence| {
        let span = evidence.sentence_span();
        stored(sentences.partition_point(|(other, _)| *other < span))
    };
    for (span, evidence) in &sentences {
        keep_sentence(tables, article, sentence(evidence), *span, evidence)?;
    }
    for (number, (claim, statement)) in observed.claims.iter().zip(&kept.statements).enumerate() {
        keep_statement(tables, statement)?;
        keep_claim(tables, [article, stored(number), statement.id, sentence(&claim.evidence)], claim)?;
        keep_places(tables, [article, stored(number)], claim, statement)?;
    }
    for name in &observed.names {
        keep_name(tables, article, name, sentence(&name.evidence))?;
    }
    Ok(())
}

/// The sentences of an article that say something, in their order.
fn sentences(observed: &Observed) -> Vec<(Span, &Evidence)> {
    let claims = observed.claims.iter().map(|claim| &claim.evidence);
    let all = claims.chain(observed.names.iter().map(|name| &name.evidence));
    let by_span: BTreeMap<Span, &Evidence> = all.map(|evidence| (evidence.sentence_span(), evidence)).collect();
    by_span.into_iter().collect()
}

fn keep_sentence(
    tables: &Tables,
    article: i64,
    number: i64,
    span: Span,
    evidence: &Evidence,
) -> Result<(), StoreError> {
    let (_, position, first) = evidence.sentence_start();
    let values =
        params![article, number, position.line, position.column, span.start, span.end, first, evidence.sentence];
    tables.run("INSERT INTO sentences VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", values)?;
    Ok(())
}

fn keep_statement(tables: &Tables, statement: &Statement) -> Result<(), StoreError> {
    tables.run("INSERT OR IGNORE INTO touched_statements VALUES (?1)", [statement.id])?;
    let new = tables.run(
        "INSERT OR IGNORE INTO statements (id, relation, time, year, name) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![statement.id, statement.relation, statement.time, statement.year, statement.text],
    )?;
    if new == 0 {
        return Ok(());
    }
    for slot in &statement.slots {
        keep_slot(tables, statement.id, slot)?;
    }
    for Answer { question, answer } in &statement.answers {
        tables.run(
            "INSERT OR IGNORE INTO answers (statement_id, question, answer) VALUES (?1, ?2, ?3)",
            params![statement.id, question, answer],
        )?;
    }
    Ok(())
}

/// Puts in what fills a slot of a statement, and the words by which it is found.
fn keep_slot(tables: &Tables, statement: i64, slot: &Slot) -> Result<(), StoreError> {
    tables.run(
        "INSERT OR IGNORE INTO slots (id, relation, name) VALUES (?1, ?2, ?3)",
        params![slot.id, slot.relation, slot.name],
    )?;
    let new = tables.run(
        "INSERT OR IGNORE INTO entities (id, kind, key, name) VALUES (?1, ?2, ?3, ?4)",
        params![slot.entity, slot.kind, slot.key, slot.label],
    )?;
    tables.run("INSERT OR IGNORE INTO touched_entities (id) VALUES (?1)", [slot.entity])?;
    for word in slot.words.iter().filter(|_| new > 0) {
        tables
            .run("INSERT OR IGNORE INTO entity_words (word, entity_id) VALUES (?1, ?2)", params![word, slot.entity])?;
    }
    tables.run(
        "INSERT OR IGNORE INTO statement_slots (statement_id, slot_id, entity_id, name) VALUES (?1, ?2, ?3, ?4)",
        params![statement, slot.id, slot.entity, slot.label],
    )?;
    Ok(())
}

fn keep_claim(
    tables: &Tables,
    [article, number, statement, sentence]: [i64; 4],
    claim: &Observation,
) -> Result<(), StoreError> {
    let Evidence { position, span, .. } = &claim.evidence;
    let words = as_stored(claim.sentence);
    let values = params![article, number, statement, sentence, position.line, span.start, span.end, words];
    tables.run("INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", values)?;
    Ok(())
}

/// Puts in where the values of a claim stand.
fn keep_places(
    tables: &Tables,
    [article, number]: [i64; 2],
    claim: &Observation,
    statement: &Statement,
) -> Result<(), StoreError> {
    for slot in &statement.slots {
        if let Some((_, span)) = claim.spans.iter().find(|(of, _)| *of == slot.number) {
            let values = params![article, number, slot.id, span.start, span.end];
            tables.run("INSERT INTO claim_slots VALUES (?1, ?2, ?3, ?4, ?5)", values)?;
        }
    }
    Ok(())
}

fn keep_name(tables: &Tables, article: i64, name: &NameObservation, sentence: i64) -> Result<(), StoreError> {
    let name_id = id(&["name", &name.written]);
    let new = tables.run(
        "INSERT OR IGNORE INTO names (id, key, name) VALUES (?1, ?2, ?3)",
        params![name_id, name.key, name.written],
    )?;
    for word in handles(&name.key).iter().filter(|_| new > 0) {
        tables.run("INSERT OR IGNORE INTO name_words (word, name_id) VALUES (?1, ?2)", params![word, name_id])?;
    }
    let Evidence { position, span, .. } = &name.evidence;
    let words = as_stored(name.sentence);
    let values = params![article, name_id, sentence, position.line, span.start, span.end, words];
    tables.run("INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", values)?;
    Ok(())
}
