//! factlint reads an article draft the way a fact-checker does and reports the claims that conflict with what is
//! known, each with the sentence, source and date that prove it.
//!
//! The way of the data, room by room:
//!
//! 1. [`text`] reads bytes as prose: a [`Source`] becomes a [`Document`] of articles, blocks, sentences and tokens.
//! 2. [`pack`] turns TOML into [`Packs`]: kinds, entities, relations with their patterns ([`pattern`]), facts, rules.
//! 3. [`claim`] finds what a document claims. Learning and checking both start here.
//! 4. [`fact`] folds claims into a fact base, which is asked through the [`Base`] trait and answers or
//!    says why it cannot.
//! 5. [`check`] compares the claims of a draft with it, a file for each kind of rule.
//! 6. A [`Desk`] has packs, a fact base and settings behind one door: text goes in, and an [`Answer`] with
//!    [`Diagnostic`]s comes out, which `report` writes and `cli`, `lsp` and their kind hand on. What holds
//!    for a file is said by [`Settings`], what somebody wants of one check by a [`Wish`].
//!
//! One sentence, from text to diagnostic:
//!
//! ```
//! use factlint::{Desk, Packs};
//!
//! let archive = [("archive.txt", "Finnish President Alexander Stubb arrived in Oslo.")];
//! let desk = Desk::with_archive(Packs::built_in(), archive)?;
//! let answer = desk.answer("draft.txt", "2025-08-17\n\nAlexander Stubb, the Finnish prime minister, left.")?;
//! let found = &answer.diagnostics[0];
//! assert_eq!(found.message(), "Alexander Stubb is President of Finland, not Prime Minister");
//! assert_eq!(answer.document.source.slice(found.primary().span), "prime minister");
//! let proofs: Vec<&str> = found.proofs().iter().map(|proof| proof.name()).collect();
//! assert_eq!(proofs, ["stated", "passage"]);
//! # Ok::<(), factlint::Unanswered>(())
//! ```
//!
//! Without the feature `cli` the library is the pure core: no file system, no threads, no clock. What this page names is
//! the library; the modules that it does not name are public for the program and its tests, and may change.

pub mod check;
pub mod claim;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod config;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod corpus;
pub mod desk;
pub mod diagnostic;
#[doc(hidden)]
pub mod examples;
pub mod fact;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod image;
#[doc(hidden)]
pub mod learn;
mod lint;
#[cfg(feature = "lsp")]
#[doc(hidden)]
pub mod lsp;
pub mod pack;
pub mod pattern;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod suppress;
#[doc(hidden)]
pub mod terms;
pub mod text;

/// The built-in packs, linked: what `build.rs` made of `rules/`.
const PACKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs"));

pub use desk::{Answer, Desk, Unanswered};
pub use diagnostic::Diagnostic;
pub use fact::{Base, BaseError, Both, Memory};
pub use lint::Counts;
pub use pack::Packs;
pub use terms::{Settings, Terms, Wish};
pub use text::{Document, Source, SourceError};
