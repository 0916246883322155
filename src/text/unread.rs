//! What of a source was not read.

/// Damage to a source, or a form that no reader knows: from here on, or from here to where the reading could go on,
/// nothing was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// Byte offset in the source at which it begins.
    pub at: u32,
    /// What is wrong there, for people.
    pub why: String,
}
