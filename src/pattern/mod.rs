//! The pattern language: how a claim is worded, in packs.
//!
//! | written | reads |
//! | --- | --- |
//! | `{person}` | a noun phrase of the slot's kind; the slot takes the entity of its head |
//! | `{place:adjective}` | only in that form (`name`, `adjective`, `possessive`) |
//! | `told` | the word, in any case |
//! | `,` | the mark |
//! | `(the)` | what stands inside, or nothing |
//! | `to\|with` | one of the two; binds tighter than the space between items |
//! | `[in talks]\|[on air]` | brackets hold items together |
//! | `<tell>` | a word class of the language pack, in all its inflections |
//! | `..` | up to [`GAP_TOKENS`] tokens inside the clause |
//!
//! A pattern is parsed to a [`Pattern`] (errors carry byte offsets and the parser goes on), printed back to the same
//! words, and compiled with all others into one [`Program`], a trie that is walked once from each token.

mod compile;
mod matcher;
mod parse;
mod syntax;

pub use compile::{Accept, ClassId, Element, Form, KindId, Program, RelationId, SlotId, TooMany, Vocabulary, WordId};
pub use matcher::{Fill, GAP_TOKENS, Input, Match, run};
pub use parse::{PatternError, parse};
pub use syntax::{Item, Pattern};
