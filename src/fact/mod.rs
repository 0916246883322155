//! From claims to facts: what articles say folded by value, its independent witnesses, and what holds at a date.
//!
//! The [`Facts`] trait is all that checking knows of a fact base. [`Memory`] keeps one in memory; [`Both`] asks two.

mod base;
mod memory;
mod model;
mod near_duplicate;
mod observe;
mod stated;
mod support;

pub use base::{Both, Extent, Facts};
pub use memory::{Memory, Stated};
pub(crate) use memory::{handles, keys};
pub use model::{ArticleKey, Authority, Entry, Fact, KnownName, Printed, Right, Shelf, Witness, Words};
pub use near_duplicate::groups;
pub use observe::{NameObservation, Observation, Observed, observe};
pub(crate) use stated::cite;
pub use stated::{read_facts, read_sentence, stated};
pub use support::{Standing, Weight, standing, weigh};
