//! The thresholds of sentences that are held against those that say most of the same.

use serde::{Deserialize, Serialize};

/// Sentences held against those that say most of the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Alignment {
    /// Articles further apart, in days, tell of different events.
    /// Measured: no difference at 2 and 4.
    pub days: i32,
    /// A sentence of fewer content words says too little to be compared.
    /// Measured: no difference at 2 and 4.
    pub words: usize,
    /// So much of what stands around two sentences must be the same for them to tell the same, by weight.
    /// Measured: no difference at 0.32 and 0.48.
    pub share: f64,
    /// An article is retold where so many of a draft's sentences have a like in it, by share of those that have one
    /// anywhere: what else stands in the draft changes nothing.
    /// Measured: no difference at 0.4 and 0.6.
    pub retold: f64,
    /// And where at least so many have; of a source one is enough that does not stand alone in its paragraph.
    /// Measured: no difference at 1 and 3.
    pub like: usize,
    /// Of so many sources a draft may be a retelling; of a whole archive it tells anew, and only what is nearly the same
    /// is held against it.
    /// Measured: no difference at 7 and 9.
    pub handful: usize,
    /// A source sentence that has the value and says less than so much of the rest is of something else.
    /// Measured: no difference at 0.256 and 0.384.
    pub support: f64,
    /// A value in the next sentence supports so much as one in the same.
    /// Measured: 0.56: 21 found, 4 alarms; 0.7: 20, 4; 0.84: 20, 4.
    pub beside: f64,
    /// Content words further from the value than so many tokens count less: by `far`.
    /// Measured: 6: 20 found, 4 alarms; 7: 20, 4; 8: 21, 4.
    pub near: usize,
    /// What a content word counts that is not `near`, by share.
    /// Measured: no difference at 0.32 and 0.48.
    pub far: f64,
    /// Figures this near to each other, by share, are one that was rounded.
    /// Measured: no difference at 0.04 and 0.06.
    pub rounded: f64,
    /// A list has more marks among its tokens than this, by share: in line-ups every second or third token is one.
    /// Measured: no difference at 0.2 and 0.3.
    pub list_marks: f64,
    /// A word of so many letters may be the short form of another.
    /// Measured: no difference at 2 and 4.
    pub short_form: usize,
    /// From so many letters on two words of names may be one slip apart.
    /// Measured: no difference at 3 and 5.
    pub one_slip: usize,
    /// From so many letters on they may be two slips apart.
    /// Measured: no difference at 5 and 7.
    pub two_slips: usize,
    /// A subject has at most so many tokens before it.
    /// Measured: no difference at 2 and 4.
    pub lead: usize,
    /// A paragraph that sums up another one has at least so many sentences.
    /// Measured: no difference at 1 and 3.
    pub summary_least: usize,
    /// A paragraph that sums up another one has at most so many sentences.
    /// Measured: no difference at 7 and 9.
    pub summary_most: usize,
    /// What is summed up has more than so many times the sentences.
    /// Measured: no difference at 1 and 3.
    pub summary_times: usize,
    /// What is asked where a draft retells an article sentence by sentence.
    pub retelling: Asked,
    /// What is asked where a paragraph sums up its article: more than of a retelling, since what it leaves out is told of
    /// others in like words.
    pub summary: Asked,
    /// What is asked where nobody knows that a sentence retells anything, unless it is nearly the same.
    pub copy: Asked,
    /// How well the surroundings of two values must agree.
    pub agreement: Agreement,
}

/// What is asked of a source sentence before it says that another value stands there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// So much of what stands around the value stands in it too, by weight.
    /// Measured, of retellings: no difference at 0.24 and 0.36.
    /// Measured, of summaries: no difference at 0.48 and 0.72.
    /// Measured, of copies: no difference at 0.56 and 0.84.
    pub share: f64,
    /// By so much more than in any sentence that has the value.
    /// Measured, of retellings: no difference at 0.24 and 0.36.
    /// Measured, of summaries: no difference at 0.24 and 0.36.
    /// Measured, of copies: 0.24: 21 found, 4 alarms; 0.3: 20, 4; 0.36: 20, 4.
    pub margin: f64,
    /// At least so many words of it, where a figure is compared.
    /// Measured, of retellings: no difference at 2 and 4.
    /// Measured, of summaries: no difference at 3 and 5.
    /// Measured, of copies: 4: 20 found, 4 alarms; 5: 20, 4; 6: 20, 4.
    pub figure_words: usize,
    /// At least so many words of it, where a name is.
    /// Measured, of retellings: no difference at 1 and 3.
    /// Measured, of summaries: no difference at 3 and 5.
    /// Measured, of copies: no difference at 4 and 6.
    pub name_words: usize,
}

/// How well the surroundings of two values must agree, in points: two for a shared content word on a side and three for
/// more of them, one for the very next word, three where both are names that their sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Of ages, durations and sums: every sentence has ones of its own.
    /// Measured: no difference at 3 and 5.
    pub sums: u32,
    /// Of numbers that count nothing.
    /// Measured: no difference at 2 and 4.
    pub numbers: u32,
    /// Of years.
    /// Measured: no difference at 2 and 4.
    pub years: u32,
    /// Of what is counted, of weekdays and days.
    /// Measured: no difference at 1 and 3.
    pub counts: u32,
    /// Of names of which one is coordinated or stands behind another preposition.
    /// Measured: no difference at 4 and 6.
    pub otherwise_bound: u32,
    /// Of names with nothing before them: what is behind decides.
    /// Measured: no difference at 1 and 3.
    pub first: u32,
    /// Of names with nothing behind them.
    /// Measured: no difference at 2 and 4.
    pub last: u32,
    /// Of other names.
    /// Measured: no difference at 3 and 5.
    pub names: u32,
}

impl Alignment {
    /// The thresholds as they were measured.
    pub const DEFAULT: Alignment = Alignment {
        days: 3,
        words: 3,
        share: 0.4,
        retold: 0.5,
        like: 2,
        handful: 8,
        support: 0.32,
        beside: 0.7,
        near: 7,
        far: 0.4,
        rounded: 0.05,
        list_marks: 0.25,
        short_form: 3,
        one_slip: 4,
        two_slips: 6,
        lead: 3,
        summary_least: 2,
        summary_most: 8,
        summary_times: 2,
        retelling: Asked { share: 0.3, margin: 0.3, figure_words: 3, name_words: 2 },
        summary: Asked { share: 0.6, margin: 0.3, figure_words: 4, name_words: 4 },
        copy: Asked { share: 0.7, margin: 0.3, figure_words: 5, name_words: 5 },
        agreement: Agreement {
            sums: 4,
            numbers: 3,
            years: 3,
            counts: 2,
            otherwise_bound: 5,
            first: 2,
            last: 3,
            names: 4,
        },
    };
}
