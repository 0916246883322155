//! Where a corpus contradicts itself.

use super::read::Store;
use super::value::{count, date};
use crate::fact::error::BaseError;
use crate::text::Date;
use rusqlite::Row;

impl Store {
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
