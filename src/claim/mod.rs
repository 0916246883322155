//! From a [`Document`](crate::text::Document) and [`Packs`](crate::pack::Packs) to claims: mentions of entities,
//! names resolved inside the article, matches of patterns, and what stands against reading a match as a claim.
//!
//! In goes a document, out comes a [`Reading`]. Learning and checking both start here and nowhere else.

mod antecedent;
mod before;
mod clause;
mod content;
mod day;
mod extract;
mod figure;
mod frame;
mod guard;
mod input;
mod mention;
mod model;
mod name;
mod near;
mod own;
mod person;
mod read;
mod reading;
mod run;
mod slip;
mod speech;
mod stem;
mod title;
mod value;

pub use content::{Content, Exchangeable, Sides, Sort, Term};
pub use day::Day;
pub use figure::{Counted, Figure, Figures, Hedge, Measure};
pub use mention::{Mention, MentionForm};
pub use model::{Claim, Rejected, SlotFill, Voice};
pub use name::{Likeness, Parts, compare, ends_with, handles, particles_differ, surname, with_surname};
pub use own::Own;
pub use read::{read, reread};
pub use reading::{ArticleReading, BlockReading, NameUse, Reading};
pub use slip::{Slip, begins, is_initial, is_near, is_spelling, shorter, skeleton, slip, slips};
pub use stem::stem;
pub use value::{Meaning, Near, Value, Values};
