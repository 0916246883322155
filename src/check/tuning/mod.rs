//! The thresholds that decide findings, each with what it decides. A desk has one set of them (`Desk::tuned`).
//!
//! What was measured is told of a step less, the value, and a step more (`cargo bench --bench tuning`): how many of 80
//! seeded errors are found, and how many alarms 80 published articles give, each held against 200 others by three outlets.
//! "No difference" says that not one finding in these texts differs: no case of the sample lies on the edge, and what such
//! a threshold is worth is not measured yet. Against so many sources nothing counts as retold, so that what is asked of
//! retellings cannot make a difference there.
//!
//! Bounds of work stand where the work is done, and what is counted before a desk is there stands in `fact/`: how long a
//! witness counts, which words of sources are rare, which articles are near-duplicates.

mod alignment;

pub use alignment::{Agreement, Alignment, Asked};

use serde::{Deserialize, Serialize};

/// The thresholds that decide findings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tuning {
    /// Sentences held against those that say most of the same.
    pub alignment: Alignment,
    /// Quotations held against those of the same speaker.
    pub quotation: Quotation,
    /// A few quoted words held against those of a sentence that says much of the same.
    pub short_quotation: ShortQuotation,
    /// Sums in two currencies.
    pub conversion: Conversion,
    /// What the sources do not contain.
    pub grounded: Grounded,
    /// Acronyms behind what they stand for.
    pub acronym: Acronym,
    /// Offices that ended.
    pub office: Office,
    /// Headlines and captions held against the body.
    pub field: Field,
    /// Full names held against known ones.
    pub name: Name,
    /// Names of an article held against each other.
    pub slip: Slip,
    /// Words of an article in two spellings.
    pub spelling: Spelling,
    /// The calendar.
    pub date: Date,
    /// Arithmetic.
    pub quantity: Quantity,
}

/// Quotations held against those of the same speaker.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// A quotation of fewer words may be anybody's.
    /// Measured: 5: 20 found, 5 alarms; 6: 20, 4; 7: 20, 4.
    pub words: usize,
    /// So much of both must match for two quotations to be one.
    /// Measured: 0.6: 20 found, 5 alarms; 0.75: 20, 4; 0.9: 20, 4.
    pub share: f64,
    /// More words than this in a row are another sentence.
    /// Measured: no difference at 2 and 4.
    pub edit: usize,
}

/// A few quoted words held against those of a sentence that says much of the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShortQuotation {
    /// Fewer quoted words are a scare quote.
    /// Measured: no difference at 2 and 4.
    pub least_words: usize,
    /// More are looked up by their speaker.
    /// Measured: no difference at 7 and 9.
    pub most_words: usize,
    /// So much of what stands around the quotation must stand in the other sentence, by weight.
    /// Measured: no difference at 0.32 and 0.48.
    pub share: f64,
    /// At least so many words of it.
    /// Measured: no difference at 3 and 5.
    pub around: usize,
    /// So much of the longer of two wordings of one quotation stands in the other, in its order.
    /// Measured: no difference at 0.4 and 0.6.
    pub alike: f64,
    /// Articles further apart, in days, tell of different events.
    /// Measured: no difference at 2 and 4.
    pub days: i32,
}

/// Sums in two currencies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Conversion {
    /// Rates of one article, of different days, differ by so much. In 3,281 published articles three conversions lay
    /// further from the others of their article, and all three were slips.
    /// Measured: no difference at 0.16 and 0.24.
    pub apart: f64,
    /// So many other conversions must agree.
    /// Measured: no difference at 1 and 3.
    pub agreeing: usize,
}

/// What the sources do not contain.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Grounded {
    /// Number words up to this may count what is listed.
    /// Measured: no difference at 2 and 4.
    pub counted: f64,
    /// A bound on less than this is wide.
    /// Measured: no difference at 8 and 12.
    pub bound: f64,
    /// How far a share in per cent may be from the words for it: "a third" and 35%.
    /// Measured: no difference at 4 and 6.
    pub rough: f64,
    /// A quotation of no more words is a scare quote.
    /// Measured: 2: 26 found, 765 alarms; 3: 26, 729; 4: 26, 714.
    pub quoted_words: usize,
    /// So much of a quotation's runs of words stands in the sources when it is theirs.
    /// Measured: 0.4: 26 found, 705 alarms; 0.5: 26, 729; 0.6: 27, 759.
    pub share: f64,
}

/// Acronyms behind what they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Acronym {
    /// An acronym has at least so many letters.
    /// Measured: no difference at 1 and 3.
    pub least_letters: usize,
    /// An acronym has at most so many letters.
    /// Measured: no difference at 5 and 7.
    pub most_letters: usize,
    /// An expansion has at most so many words that are no letter of it.
    /// Measured: no difference at 3 and 5.
    pub small_words: usize,
}

/// Offices that ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Office {
    /// For so many days after the end the change may have been missed.
    /// Measured: no difference at 584 and 876.
    pub recent_days: i32,
    /// Who left so many days ago is no slip any more where he is called by it, but history.
    /// Measured: no difference at 1460 and 2190.
    pub history_days: i32,
}

/// Headlines and captions held against the body.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// A sentence of the body tells of a sum what a headline tells where they share so many words.
    /// Measured: no difference at 1 and 3.
    pub shared: usize,
    /// And so many of the headline's, by share.
    /// Measured: no difference at 0.4 and 0.6.
    pub share: f64,
    /// So many letters apart may one word of two full names be.
    /// Measured: no difference at 1 and 3.
    pub slips: usize,
    /// Where the shorter one has so many letters.
    /// Measured: no difference at 3 and 5.
    pub letters: usize,
    /// So many letters apart may two surnames be of which one stands alone.
    /// Measured: 0: 20 found, 4 alarms; 1: 20, 4; 2: 20, 5.
    pub slips_alone: usize,
    /// Where the shorter one has so many letters.
    /// Measured: no difference at 4 and 6.
    pub letters_alone: usize,
    /// So many tokens from a figure may stand what befell those whom it counts.
    /// Measured: no difference at 3 and 5.
    pub fate: usize,
}

/// Full names held against known ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// A word of fewer letters is no slip of another.
    /// Measured: no difference at 2 and 4.
    pub letters: usize,
    /// Nor is a name whose given name has fewer.
    /// Measured: no difference at 2 and 4.
    pub given: usize,
    /// The same where the article says nothing else of the person.
    /// Measured: no difference at 3 and 5.
    pub letters_alone: usize,
    /// The same of a slip that is a doubled letter.
    /// Measured: no difference at 5 and 7.
    pub doubled_alone: usize,
    /// Where the article says nothing else of the person, so many independent witnesses must write the name.
    /// Measured: 2: 21 found, 5 alarms; 3: 20, 4; 4: 20, 4.
    pub witnesses_alone: usize,
    /// And so many where the slip is in the first letter, which it seldom is: the two may be two people.
    /// Measured: no difference at 16 and 24.
    pub witnesses_at_first: usize,
}

/// Names of an article held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Slip {
    /// Shorter surnames have too many neighbours.
    /// Measured: no difference at 4 and 6.
    pub letters: usize,
    /// The same without a given name before it.
    /// Measured: 5: 20 found, 4 alarms; 6: 20, 4; 7: 18, 4.
    pub letters_alone: usize,
    /// The same of given names.
    /// Measured: no difference at 3 and 5.
    pub given: usize,
}

/// Words of an article in two spellings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spelling {
    /// Shorter words have too many neighbours.
    /// Measured: no difference at 4 and 6.
    pub letters: usize,
}

/// The calendar.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Date {
    /// So near to the article's day, in days, the year is not in doubt.
    /// Measured: no difference at 48 and 72.
    pub sure_days: i32,
    /// A day without its year is one of those so many days around the article's.
    /// Measured: 240: 20 found, 4 alarms; 300: 20, 4; 360: 20, 4.
    pub near_days: i32,
    /// So many tokens may stand between the parts of one statement.
    /// Measured: no difference at 7 and 9.
    pub reach: usize,
}

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// So many tokens may stand between figures and what is made of them.
    /// Measured: no difference at 8 and 10.
    pub reach: usize,
    /// So many tokens may stand between what was and what became of it: "from 40 to 50".
    /// Measured: no difference at 4 and 6.
    pub close: usize,
    /// Words so near to a figure, in tokens, make it one of another time.
    /// Measured: no difference at 3 and 5.
    pub near: usize,
    /// So many tokens from a figure may stand what befell those whom it counts.
    /// Measured: no difference at 3 and 5.
    pub fate: usize,
    /// A list of parts has at most so many.
    /// Measured: no difference at 7 and 9.
    pub parts: usize,
    /// How far a rough change may be from the reckoned one, by share.
    /// Measured: no difference at 0.12 and 0.18.
    pub rough: f64,
    /// How far a rough share may be from the reckoned one, in points.
    /// Measured: no difference at 4 and 6.
    pub rough_points: f64,
}

impl Tuning {
    /// The thresholds as they were measured.
    pub const DEFAULT: Tuning = Tuning {
        alignment: Alignment::DEFAULT,
        quotation: Quotation { words: 6, share: 0.75, edit: 3 },
        short_quotation: ShortQuotation { least_words: 3, most_words: 8, share: 0.4, around: 4, alike: 0.5, days: 3 },
        conversion: Conversion { apart: 0.2, agreeing: 2 },
        grounded: Grounded { counted: 3.0, bound: 10.0, rough: 5.0, quoted_words: 3, share: 0.5 },
        acronym: Acronym { least_letters: 2, most_letters: 6, small_words: 4 },
        office: Office { recent_days: 2 * 365, history_days: 5 * 365 },
        field: Field { shared: 2, share: 0.5, slips: 2, letters: 4, slips_alone: 1, letters_alone: 5, fate: 4 },
        name: Name {
            letters: 3,
            given: 3,
            letters_alone: 4,
            doubled_alone: 6,
            witnesses_alone: 3,
            witnesses_at_first: 20,
        },
        slip: Slip { letters: 5, letters_alone: 6, given: 4 },
        spelling: Spelling { letters: 5 },
        date: Date { sure_days: 60, near_days: 300, reach: 8 },
        quantity: Quantity { reach: 9, close: 5, near: 4, fate: 4, parts: 8, rough: 0.15, rough_points: 5.0 },
    };
}

impl Default for Tuning {
    fn default() -> Tuning {
        Tuning::DEFAULT
    }
}
