//! From claims to facts: observations folded by value, their independent witnesses, and what holds at a date.
//!
//! The [`Facts`] trait is all that checking knows of a fact base. [`Memory`] keeps one in memory; [`Both`] asks two.

mod base;
mod fold;
mod memory;
mod near_duplicate;
mod observation;
mod stated;
mod support;

pub use base::{Both, Extent, Facts};
pub use fold::{Folded, fold};
pub use memory::Memory;
pub(crate) use memory::handles;
pub use near_duplicate::groups;
pub use observation::{ArticleKey, Authority, NameRecord, Observation, Right};
pub(crate) use stated::cite;
pub use stated::{read_facts, read_sentence, stated};
pub use support::{Standing, Weight, standing, weigh};
