//! From claims to facts: what articles say folded by value, its independent witnesses, and what holds at a date.
//!
//! The [`Base`] trait is all that checking knows of a fact base: each look-up answers or says why it cannot. [`Memory`] keeps
//! one in memory, [`Store`] in an SQLite file, [`Stated`] reads what packs state; [`Both`] asks two, [`Remembering`] keeps
//! the answers.

mod base;
mod card;
mod conflict;
mod error;
mod grounds;
mod joined;
mod memory;
mod model;
mod near_duplicate;
mod observe;
mod parallel;
mod question;
mod remembering;
mod sentence;
mod stated;
#[cfg(feature = "store")]
mod store;
mod support;
mod unread;

pub use base::{Base, Both, Extent, Revision};
pub use card::{Card, Entry as CardEntry, cards, entries};
pub(crate) use conflict::{Bearing, Conflicts, figures, is_within};
pub use error::BaseError;
pub use grounds::{Grounds, score};
pub(crate) use memory::keys;
pub use memory::{Folded, Memory};
pub use model::{
    ArticleKey, Authority, Entry, Fact, Holder, KnownName, Place, Printed, Right, Shelf, Witness, Witnesses, Words,
};
pub use near_duplicate::{Sketched, groups};
pub use observe::{NameObservation, Observation, Observed, observe, observe_article};
pub use parallel::{Parallel, Parallels};
pub use question::{Answer, answers};
pub use remembering::Remembering;
pub use sentence::{say, tell};
pub(crate) use stated::cite;
pub use stated::{Stated, read_facts, read_sentence};
#[cfg(feature = "store")]
pub use store::{Dispute, Learning, Rows, Seen, Side, Store, StoreError, Summary};
pub use support::{Standing, Weight, standing, weigh};
pub use unread::Unread;
