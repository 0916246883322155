//! The witnesses of a base: who says something, and in which sentence, read when it is shown.

use super::read::Inner;
use super::value::{as_hash, count, date};
use crate::diagnostic::Evidence;
use crate::fact::error::BaseError;
use crate::fact::model::{ArticleKey, Authority, Entry, Holder, Place, Printed, Shelf, Witness, Words};
use crate::pattern::{RelationId, SlotId};
use crate::text::{Position, Span};
use std::sync::Arc;

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
                path: self.seen.path(&path),
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
        let Some(slot) = slot.and_then(|(relation, slot)| self.slot_id(relation, slot)) else {
            return Ok(whole.narrowed(span));
        };
        let narrow = self.file.rows(
            "SELECT \"start\", \"end\" FROM claim_slots WHERE article_id = ?1 AND claim = ?2 AND slot_id = ?3",
            [entry.article, number, slot],
            |row| Ok(Span::new(row.get(0)?, row.get(1)?)),
        )?;
        Ok(whole.narrowed(narrow.first().copied().unwrap_or(span)))
    }
}

impl Inner {
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
                    key: ArticleKey { path: self.seen.path(&path), number: count(row, 1)?, hash: as_hash(row.get(2)?) },
                    group: as_hash(row.get(3)?),
                    date: date(row, 4)?,
                })
            },
        )?;
        Ok(self.remembered().articles.keep(article, Arc::new(printed)))
    }
}
