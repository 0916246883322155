//! From TOML to [`Packs`]: kinds, entities, relations, facts, rules and examples, and everything that depends on
//! them alone (vocabulary, lexicon, compiled patterns).
//!
//! In go sources of packs, out comes a value and every [`Problem`], each at its place in the TOML. Wire types
//! ([`wire`]) say what may be written; the domain types say what it means.

mod built_in;
mod counting;
mod decode;
mod example;
mod expression;
mod facts;
mod grammar;
mod lexicon;
mod link;
mod model;
mod opened;
mod place;
mod problem;
mod rules;
#[cfg(feature = "cli")]
mod schema;
mod speech;
mod stored;
mod upkeep;
pub mod wire;

pub use built_in::{built_in, built_in_name, built_in_named, built_in_sources, is_built_in};
pub use counting::{Days, Numbers, Unit};
pub use decode::At;
pub(crate) use decode::{Decoder, Wire, wire};
pub use example::{Example, Expect};
pub use expression::Expression;
pub use facts::{Facts, StatedFact, StatedSlots};
pub use grammar::{Class, Frame, Grammar, Mood};
pub use lexicon::{Case, EntityId, Lexicon, Term};
#[cfg(feature = "cli")]
pub(crate) use link::decode_toml;
pub use link::{Decoded, decode, link, link_over_built_in, load};
pub use model::{ANY_MOOD, ClosedName, Conflict, Entity, Kind, Like, Packs, Relation, Slot, When};
pub use place::Place;
pub use problem::{Problem, Problems, suggest};
pub use rules::{HouseForm, Rule, RuleKind, Rules, TermRule};
#[cfg(feature = "cli")]
pub use schema::schema;
#[cfg(feature = "cli")]
pub(crate) use schema::schema_of;
pub use speech::{Cue, Speech};
pub use upkeep::Upkeep;
