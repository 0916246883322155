//! From claims and facts to diagnostics: one file a kind of rule, one list of them.
//!
//! A check sees what was read ([`Draft`]) and what is known ([`Base`]), never a pattern, and returns values.

mod acronym;
mod aligned;
mod alignment;
mod amount;
mod case;
mod cited;
mod consistency;
mod converted;
mod date;
mod draft;
mod field;
mod held;
mod judge;
mod name;
mod near_miss;
mod pattern;
mod quantity;
mod quotation;
mod quote;
mod relation;
mod requoted;
mod slip;
mod term;
mod unsupported;
mod verdict;
mod wording;

pub use draft::Draft;
pub use held::Held;
pub use judge::judge;
pub use verdict::{Judgement, Verdict};

use crate::diagnostic::Diagnostic;
use crate::fact::{Base, BaseError};
use crate::pack::Rule;

/// One kind of rule.
pub trait Check: Sync {
    /// The word that packs use for the kind.
    fn kind(&self) -> &'static str;
    /// Applies a rule of this kind to one article of a draft.
    ///
    /// # Errors
    /// Where the base cannot be asked, nothing is said of the article.
    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError>;
}

/// Every kind of rule, the most specific first: where findings overlap, the earlier kind is kept.
pub const CHECKS: &[&dyn Check] = &[
    &relation::Relation,
    &quotation::Quotation,
    &name::Name,
    &date::Date,
    &quantity::Quantity,
    &field::Field,
    &acronym::Acronym,
    &quote::Quote,
    &consistency::Consistency,
    &alignment::Alignment,
    &unsupported::Unsupported,
    &term::Term,
    &pattern::Pattern,
];
