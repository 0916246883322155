//! `factlint patterns`: the page on the pattern language.

use super::Outcome;
use clap::Args;

/// The page, which the documentation shows too.
pub(super) const PAGE: &str = include_str!("../../docs/patterns.md");

#[derive(Args)]
pub(super) struct Patterns {}

impl Patterns {
    pub(super) fn run(self) -> Outcome {
        Outcome::new(PAGE.to_owned(), 0)
    }
}
