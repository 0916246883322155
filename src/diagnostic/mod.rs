//! What a finding is: a severity, a place, the proof that it rests on, and an edit where there is one.
//!
//! Invariant: a [`Diagnostic`] cannot be built without a primary span and a [`Proof`], and a proof is what its name says.

mod absent;
mod arithmetic;
mod calendar;
mod evidence;
mod finding;
mod fix;
mod proof;
mod severity;

pub use absent::{Absent, Among};
pub use arithmetic::{Amount, Arithmetic};
pub use calendar::Calendar;
pub use evidence::Evidence;
pub use finding::{Diagnostic, Label, SHOWN, fingerprint, left_out, sentence_key};
pub use fix::{Fix, Safety};
pub use proof::Proof;
pub use severity::Severity;
