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
//! 5. [`check`] compares the claims of a draft with it; [`mod@lint`] runs every rule.
//! 6. What was found is a list of [`Diagnostic`]s, which `report` writes and `cli` prints.
//!
//! One sentence, from text to diagnostic:
//!
//! ```
//! use factlint::{Both, Memory, Options, Source, learn, lint, pack};
//! use std::sync::Arc;
//!
//! let sources: Vec<Arc<Source>> = pack::built_in()
//!     .iter()
//!     .map(|(name, text)| Source::read(*name, text.as_bytes().to_vec()).map(Arc::new))
//!     .collect::<Result<_, _>>()?;
//! let (packs, problems) = pack::load(&sources);
//! assert!(problems.all.is_empty());
//!
//! let read = |name: &str, text: &str| Source::read(name, text.into()).map(|source| learn::read(source, &packs));
//! let archive = read("archive.txt", "Finnish President Alexander Stubb arrived in Oslo.")?;
//! let draft = read("draft.txt", "Alexander Stubb, the Finnish prime minister, left.")?;
//!
//! let facts = Both(Memory::default(), learn::learn(&[archive], &packs));
//! let findings = lint::lint(&draft, &packs, &facts, &Options::default())?;
//! let found = &findings.diagnostics[0];
//! assert_eq!(found.message(), "Alexander Stubb is President of Finland, not Prime Minister");
//! assert_eq!(draft.document.source.slice(found.primary().span), "prime minister");
//! assert_eq!(found.evidence()[0].path, "archive.txt");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Without the feature `cli` the library is the pure core: no file system, no threads, no clock.

pub mod check;
pub mod claim;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
#[cfg(feature = "cli")]
pub mod corpus;
pub mod diagnostic;
pub mod examples;
pub mod fact;
pub mod fix;
pub mod learn;
pub mod lint;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod pack;
pub mod pattern;
#[cfg(feature = "cli")]
pub mod report;
pub mod suppress;
pub mod text;

pub use diagnostic::Diagnostic;
pub use fact::{Base, BaseError, Both, Memory};
pub use lint::{Findings, Options};
pub use pack::Packs;
pub use text::{Document, Source, SourceError};
