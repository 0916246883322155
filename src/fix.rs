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
    /// Those that were not, in order of the text.
    pub left: Vec<(Fix, Left)>,
}

/// Why a fix was left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It is not safe.
    Unsafe,
    /// The file writes these characters otherwise.
    Markup,
    /// It overlaps one that was applied.
    Overlap,
}

impl Left {
    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Left::Unsafe => "it is not safe: a person decides which side is right",
            Left::Markup => "the file writes such characters in a way of its own",
            Left::Overlap => "another fix changes the same words",
        }
    }
}

/// Applies the safe fixes of diagnostics to their source; what cannot be written there as it is is left alone.
pub fn fix_source(source: &Source, diagnostics: &[Diagnostic]) -> Fixed {
    apply(source.text(), diagnostics, |fix| source.takes(fix.span, &fix.replacement))
}

/// Applies the safe fixes of diagnostics, from left to right; of two that overlap the first. None of them is inside a
/// quotation, since no edit there is safe.
pub fn fix(text: &str, diagnostics: &[Diagnostic]) -> Fixed {
    apply(text, diagnostics, |_| true)
}

fn apply(text: &str, diagnostics: &[Diagnostic], takes: impl Fn(&Fix) -> bool) -> Fixed {
    let mut fixes: Vec<&Fix> = diagnostics.iter().filter_map(|found| found.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| fix.span);
    let mut fixed = Fixed { text: String::with_capacity(text.len()), applied: 0, left: Vec::new() };
    let mut done = 0;
    for fix in fixes {
        let range = fix.span.range();
        let between = text.get(done..range.start).filter(|_| text.is_char_boundary(range.end));
        let left = match between {
            _ if fix.safety != Safety::Safe => Left::Unsafe,
            _ if !takes(fix) => Left::Markup,
            None => Left::Overlap,
            Some(between) => {
                fixed.text.push_str(between);
                fixed.text.push_str(&fix.replacement);
                fixed.applied += 1;
                done = range.end;
                continue;
            }
        };
        fixed.left.push((fix.clone(), left));
    }
    fixed.text.push_str(text.get(done..).unwrap_or_default());
    fixed
}
