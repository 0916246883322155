//! What a pattern is made of, and how it is printed.

use crate::image::stored;
use std::fmt;
use std::ops::Range;

/// A pattern: items that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern {
    /// The items, in order.
    pub items: Vec<Item>,
}

/// One item of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// `{name}` or `{name:form}`, with the byte range of the name in the pattern.
    Slot {
        /// The slot's name.
        name: String,
        /// The form it is narrowed to.
        form: Option<String>,
        /// Where the slot stands in the pattern.
        at: Place,
    },
    /// `<name>`, a word class.
    Class {
        /// The class's name.
        name: String,
        /// Where the class stands in the pattern.
        at: Place,
    },
    /// A word.
    Word(String),
    /// A punctuation mark.
    Mark(char),
    /// `(…)`: there or not.
    Optional(Pattern),
    /// `[…]`: held together.
    Group(Pattern),
    /// `a|b`: one of them.
    Either(Vec<Item>),
    /// `..`
    Gap,
}

/// A byte range in the text of a pattern. Two patterns that differ in it alone are equal.
#[derive(Debug, Clone)]
pub struct Place(pub Range<usize>);

impl PartialEq for Place {
    fn eq(&self, _: &Place) -> bool {
        true
    }
}

impl Eq for Place {}

stored! { Pattern { items } }

stored! { Place(..) }

stored! {
    enum Item {
        0 Slot { name, form, at },
        1 Class { name, at },
        2 Word(word),
        3 Mark(mark),
        4 Optional(pattern),
        5 Group(pattern),
        6 Either(items),
        7 Gap,
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.items.iter().enumerate() {
            let glued = matches!(item, Item::Mark(','));
            if at > 0 && !glued {
                f.write_str(" ")?;
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::Slot { name, form: None, .. } => write!(f, "{{{name}}}"),
            Item::Slot { name, form: Some(form), .. } => write!(f, "{{{name}:{form}}}"),
            Item::Class { name, .. } => write!(f, "<{name}>"),
            Item::Word(word) => f.write_str(word),
            Item::Mark(mark) => write!(f, "{mark}"),
            Item::Optional(pattern) => write!(f, "({pattern})"),
            Item::Group(pattern) => write!(f, "[{pattern}]"),
            Item::Either(items) => {
                for (at, item) in items.iter().enumerate() {
                    let bar = if at > 0 { "|" } else { "" };
                    write!(f, "{bar}{item}")?;
                }
                Ok(())
            }
            Item::Gap => f.write_str(".."),
        }
    }
}
