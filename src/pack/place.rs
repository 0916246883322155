//! Where in packs something stands.

use crate::text::{Date, Source, Span};
use std::sync::Arc;

/// A place in a pack.
#[derive(Debug, Clone)]
pub struct Place {
    /// The pack's source.
    pub source: Arc<Source>,
    /// Byte span in it.
    pub span: Span,
    /// When somebody last looked at the pack.
    pub checked: Option<Date>,
    /// For how many days after that its facts keep their weight.
    pub horizon: u32,
}
