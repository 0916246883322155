//! Applies fixes to a text.

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::text::Source;

/// What fixing a text came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text with the fixes in it.
    pub text: String,
    /// How many were applied.
    pub applied: usize,
}

/// Applies the safe fixes of diagnostics to their source; what cannot be written there as it is is left alone.
pub fn fix_source(source: &Source, diagnostics: &[Diagnostic]) -> Fixed {
    let takes = |found: &&Diagnostic| found.fix.as_ref().is_some_and(|fix| source.takes(fix.span, &fix.replacement));
    let fixable: Vec<Diagnostic> = diagnostics.iter().filter(takes).cloned().collect();
    fix(source.text(), &fixable)
}

/// Applies the safe fixes of diagnostics, from left to right; of two that overlap the first. None of them is inside a
/// quotation, since no edit there is safe.
pub fn fix(text: &str, diagnostics: &[Diagnostic]) -> Fixed {
    let mut fixes: Vec<&Fix> =
        diagnostics.iter().filter_map(|found| found.fix.as_ref()).filter(|fix| fix.safety == Safety::Safe).collect();
    fixes.sort_by_key(|fix| fix.span);
    let mut fixed = Fixed { text: String::with_capacity(text.len()), applied: 0 };
    let mut done = 0;
    for fix in fixes {
        let range = fix.span.range();
        let Some(between) = text.get(done..range.start).filter(|_| text.is_char_boundary(range.end)) else { continue };
        fixed.text.push_str(between);
        fixed.text.push_str(&fix.replacement);
        fixed.applied += 1;
        done = range.end;
    }
    fixed.text.push_str(text.get(done..).unwrap_or_default());
    fixed
}
