//! `pattern`: a plain regular expression with a message, for what no other kind of rule can say.

use super::cited::cite_rule;
use super::{Check, Draft};
use crate::diagnostic::Diagnostic;
use crate::fact::{Base, BaseError};
use crate::pack::{Expression, Rule, RuleKind};

/// The check.
pub(super) struct Pattern;

impl Check for Pattern {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, _: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let RuleKind::Pattern { regex, message, field, quoted } = &rule.kind else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for block in draft
            .article
            .blocks
            .iter()
            .filter(|block| block.field.is_prose() && field.is_none_or(|field| field == block.field))
        {
            let Some(regex) =
                Some(regex).filter(|regex| regex.may_match(block.prose.text())).and_then(Expression::regex)
            else {
                continue;
            };
            for place in regex.find_iter(block.prose.text()).filter(|place| !place.is_empty()) {
                let span = block.prose.span(place.start(), place.end());
                if quoted.is_some_and(|quoted| draft.is_quoted(span) != quoted) {
                    continue;
                }
                let proof = cite_rule(&rule.place, "the rule");
                found.extend(draft.finding(rule, rule.severity, message.clone(), span, vec![proof]));
            }
        }
        Ok(found)
    }
}
