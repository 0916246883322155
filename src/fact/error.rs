//! Why a fact base gives no answer.

use std::fmt;
use std::sync::Arc;

/// Why a fact base gives no answer: where, what is wrong, and what to do next, in words for people. It says nothing of
/// what was asked: nobody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseError(Arc<str>);

impl BaseError {
    /// An error that says where, what is wrong, and what to do next.
    pub fn new(said: impl Into<Arc<str>>) -> BaseError {
        BaseError(said.into())
    }
}

impl fmt::Display for BaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BaseError {}
