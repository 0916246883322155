//! What part of an article a block is.

/// The part of an article that a block belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The title, and headings inside the text.
    Headline,
    /// The summary under the title.
    Standfirst,
    /// The running text.
    Body,
    /// The words under a picture.
    Caption,
    /// Who wrote or photographed it.
    Credit,
    /// A line that only leads elsewhere.
    LinkLine,
    /// Dates, outlets, tags.
    Metadata,
    /// What a site puts around articles.
    Boilerplate,
}

impl Field {
    /// Every field with the word that packs and outputs use for it.
    pub const ALL: [(Field, &'static str); 8] = [
        (Field::Headline, "headline"),
        (Field::Standfirst, "standfirst"),
        (Field::Body, "body"),
        (Field::Caption, "caption"),
        (Field::Credit, "credit"),
        (Field::LinkLine, "link line"),
        (Field::Metadata, "metadata"),
        (Field::Boilerplate, "boilerplate"),
    ];

    /// The field's word.
    pub fn name(self) -> &'static str {
        Field::ALL.iter().find(|(field, _)| *field == self).map_or("body", |(_, name)| name)
    }

    /// The field of a word.
    pub fn parse(name: &str) -> Option<Field> {
        Field::ALL.iter().find(|(_, word)| *word == name).map(|(field, _)| *field)
    }

    /// Whether the field's sentences make claims.
    pub fn is_prose(self) -> bool {
        matches!(self, Field::Headline | Field::Standfirst | Field::Body | Field::Caption)
    }
}
