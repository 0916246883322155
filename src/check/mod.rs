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
mod memory;
mod misquoted;
mod name;
mod near_miss;
mod parted;
mod pattern;
mod quantity;
mod quotation;
mod quote;
mod relation;
mod requoted;
mod slip;
mod term;
pub mod tuning;
mod unsupported;
mod verdict;
mod wording;

pub use draft::Draft;
pub use held::Held;
pub use judge::judge;
pub use memory::Memory;
pub(crate) use memory::about;
pub use tuning::Tuning;
pub use verdict::{Judgement, Verdict};

use crate::diagnostic::Diagnostic;
use crate::fact::{Base, BaseError};
use crate::pack::{Rule, RuleKind};

/// One kind of rule.
pub trait Check: Sync {
    /// Applies a rule of this kind to one article of a draft.
    ///
    /// # Errors
    /// Where the base cannot be asked, nothing is said of the article.
    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError>;
}

/// The check of a kind of rule, with its rank, the most specific kind first: where findings overlap, the lower rank is kept.
/// A kind without a check does not compile.
pub(crate) fn of(kind: &RuleKind) -> (usize, &'static dyn Check) {
    match kind {
        RuleKind::Relation(_) => (0, &relation::Relation),
        RuleKind::Quotation(_) => (1, &quotation::Quotation),
        RuleKind::Name => (2, &name::Name),
        RuleKind::Date => (3, &date::Date),
        RuleKind::Quantity => (4, &quantity::Quantity),
        RuleKind::Field => (5, &field::Field),
        RuleKind::Acronym => (6, &acronym::Acronym),
        RuleKind::Quote => (7, &quote::Quote),
        RuleKind::Consistency { .. } => (8, &consistency::Consistency),
        RuleKind::Alignment => (9, &alignment::Alignment),
        RuleKind::Unsupported => (10, &unsupported::Unsupported),
        RuleKind::Term(_) => (11, &term::Term),
        RuleKind::Pattern { .. } => (12, &pattern::Pattern),
    }
}
