//! What a language says of numbers and of days.

use crate::pattern::WordId;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// Number words and what stands around figures.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// "seven", "twenty", "dozen".
    pub words: HashMap<WordId, u32>,
    /// "hundred", "million", "bn": powers of ten.
    pub powers: HashMap<WordId, u32>,
    /// The same by their folded text, for "5m" and "3bn".
    pub named_powers: HashMap<String, u32>,
    /// "twenty", "ninety": what takes one of `ones` behind it.
    pub tens: HashSet<WordId>,
    /// "one", "nine".
    pub ones: HashSet<WordId>,
    /// "and": what joins to a hundred what is added to it.
    pub joining: HashSet<WordId>,
    /// "half a": what halves the power of ten behind it.
    pub halves: Vec<Vec<WordId>>,
    /// "$": signs of currencies before the number.
    pub currency_before: Vec<char>,
    /// "€": signs of currencies behind the number.
    pub currency_behind: Vec<char>,
    /// "%".
    pub percent_signs: Vec<char>,
    /// "–": what stands between the ends of a range.
    pub ranges: Vec<char>,
    /// "+": what makes a figure before it a lower bound.
    pub or_more: Vec<char>,
    /// "half", "third", "quarter": what one is divided by.
    pub parts: HashMap<WordId, u32>,
    /// "first", "twentieth".
    pub ordinals: HashMap<WordId, u32>,
    /// What makes an ordinal of digits: "th".
    pub ordinal_endings: HashSet<String>,
    /// "at least", "more than".
    pub at_least: Vec<Vec<WordId>>,
    /// "at most", "fewer than".
    pub at_most: Vec<Vec<WordId>>,
    /// "about", "nearly".
    pub about: Vec<Vec<WordId>>,
    /// "plus", "odd": what makes a figure before it a rough one.
    pub loose: HashSet<WordId>,
    /// "percent", "per cent".
    pub percent: Vec<Vec<WordId>>,
    /// "percentage points".
    pub points: Vec<Vec<WordId>>,
    /// "doubled", "halved": so many per cent of what was before.
    pub multiples: HashMap<WordId, u32>,
    /// "increase", "fall": what a change is called.
    pub changes: HashSet<WordId>,
    /// "from": what stands before the figure that changed.
    pub from: HashSet<WordId>,
    /// "to": what stands before the figure that it changed to.
    pub to: HashSet<WordId>,
    /// "total", "altogether": the sum of what is listed.
    pub totals: Vec<Vec<WordId>>,
    /// "including", "among": a list behind them is not all.
    pub partly: HashSet<WordId>,
    /// "another", "further", "earlier": a figure of something else, or of another time.
    pub others: HashSet<WordId>,
    /// "people", "persons": that people are counted, and no more.
    pub persons: HashSet<WordId>,
    /// "dollar", "pence": nouns for money, folded.
    pub currencies: HashSet<String>,
    /// "killed", "injured": what befell those whom a figure counts.
    pub fates: HashMap<WordId, usize>,
}

/// Days, and what is said of spans of time.
#[derive(Debug, Clone, Default)]
pub struct Days {
    /// The days of the week, Monday is 1.
    pub weekdays: HashMap<WordId, i8>,
    /// Their names as they are written, Monday first.
    pub weekday_names: Vec<String>,
    /// "yesterday": so many days from the article's.
    pub relative: HashMap<WordId, i32>,
    /// "days", "years", "decades" in their unit.
    pub units: HashMap<WordId, Unit>,
    /// "s": what makes a decade of a year in digits, folded.
    pub decades: HashSet<String>,
    /// "ago".
    pub ago: HashSet<WordId>,
    /// "anniversary".
    pub anniversary: HashSet<WordId>,
    /// "born".
    pub born: HashSet<WordId>,
    /// "died": an age behind it is not today's.
    pub died: HashSet<WordId>,
    /// "from", "between".
    pub from: HashSet<WordId>,
    /// "to", "until".
    pub to: HashSet<WordId>,
    /// "founded", "born": what happened once, of which any article tells the same.
    pub standing: HashSet<WordId>,
    /// "GMT", "pm": what stands behind the time of a clock.
    pub clock: HashSet<WordId>,
    /// "old", "aged".
    pub aged: HashSet<WordId>,
    /// "next", "last", "coming": another year than this.
    pub shifted: HashSet<WordId>,
    /// "in", "during".
    pub within: HashSet<WordId>,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Ten years.
    Decade,
}

impl Unit {
    /// The units with the words that packs use.
    pub const ALL: [(Unit, &'static str); 5] = [
        (Unit::Day, "day"),
        (Unit::Week, "week"),
        (Unit::Month, "month"),
        (Unit::Year, "year"),
        (Unit::Decade, "decade"),
    ];
}
