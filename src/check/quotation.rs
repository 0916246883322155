//! `quotation`: direct quotations whose words differ from what was said, found by who speaks or by what stands around them.

use super::{Check, Draft, misquoted, requoted};
use crate::diagnostic::Diagnostic;
use crate::fact::{Base, BaseError};
use crate::pack::{Rule, RuleKind};

/// The check.
pub(super) struct Quotation;

impl Check for Quotation {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let RuleKind::Quotation(relation) = rule.kind else { return Ok(Vec::new()) };
        let mut found = misquoted::check(draft, rule, relation, base)?;
        found.extend(requoted::check(draft, rule));
        Ok(found)
    }
}
