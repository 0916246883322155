//! What a finding is: a severity, a place, the evidence that it rests on, and an edit where there is one.
//!
//! Invariant: a [`Diagnostic`] cannot be built without a primary span and at least one [`Evidence`].

mod evidence;
mod finding;
mod fix;
mod severity;

pub use evidence::{Evidence, Origin};
pub use finding::{Diagnostic, Label, SHOWN, fingerprint, left_out, sentence_key};
pub use fix::{Fix, Safety};
pub use severity::Severity;
