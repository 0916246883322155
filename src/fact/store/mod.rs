//! The fact base in a file: one SQLite database (<https://sqlite.org>), described in `docs/fact-base.md`.
//!
//! Documents and what their articles say are rows; facts, support and disputes are views over them. Ids are hashes of what
//! they name, so any order and partition of the corpus gives the same rows, and forgetting a document is deleting its
//! own. [`Learning`] writes, in one transaction; [`Store`] reads.

mod beside;
mod dispute;
mod error;
mod fresh;
mod keep;
mod opened;
mod read;
mod remembered;
mod rows;
mod seal;
mod seen;
mod shelf;
mod tables;
mod touched;
mod turn;
mod value;
mod whole;
mod write;

pub use dispute::{Dispute, Side};
pub use error::StoreError;
pub use read::Store;
pub use rows::Rows;
pub use seen::Seen;
pub use write::{Learning, Summary};

use std::time::Duration;

/// The steps from an empty file to the present version, one a version.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql"), include_str!("witnesses.sql"), include_str!("years.sql")];
/// "fctl": this file is a fact base. What learning commits says so, until it is sealed.
const APPLICATION_ID: u32 = 0x6663_746c;
/// "fcts": and it has a seal, without which it is damaged. No slip of a bit leads from one to the other.
const SEALED_ID: u32 = 0x6663_7473;
/// How long a reader waits for a writer that is just committing.
const PATIENCE: Duration = Duration::from_secs(5);
