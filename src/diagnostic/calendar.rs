//! What the calendar says of the days that a finding is about.

use crate::text::Date;

/// A fact of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Calendar {
    /// How many days a month has: in a year, or in any.
    Month {
        /// The year, where it is known.
        year: Option<i16>,
        /// The month, from 1.
        month: i8,
    },
    /// Which day of the week a day is.
    Weekday(Date),
    /// Which day of the week a day is that is told from the article's.
    Relative {
        /// The day of the article.
        dated: Date,
        /// The day that is meant.
        meant: Date,
    },
    /// How many years lie between a day and the article's.
    Since {
        /// The first and the last day that may be meant: one day, or those of a year.
        from: (Date, Date),
        /// The fewest and the most whole years that there may be.
        years: (i32, i32),
        /// The day of the article.
        dated: Date,
    },
    /// How many days there are from one to another, both counted.
    Days(Date, Date),
    /// That the article is of a later day.
    Past {
        /// The day.
        day: Date,
        /// The day of the article.
        dated: Date,
    },
}

/// A year with a day more in February.
const LEAP: i16 = 2024;

impl Calendar {
    /// It in words: "17 August 2025 is a Sunday".
    pub fn words(&self) -> String {
        match self {
            Calendar::Month { year, month } => {
                let in_year = |year: i16| Date::new(year, *month, 1).unwrap_or_default();
                let (least, most) = (in_year(year.unwrap_or(LEAP - 1)), in_year(year.unwrap_or(LEAP)));
                let (least, days) = (least.days_in_month(), most.days_in_month());
                let bound = if least == days { "" } else { "at most " };
                let year = year.map(|year| format!(" {year}")).unwrap_or_default();
                format!("{}{year} has {bound}{days} days", most.strftime("%B"))
            }
            Calendar::Weekday(day) => format!("{} is a {}", long(*day), weekday(*day)),
            Calendar::Relative { dated, meant } => {
                format!("the article is dated {}, and {} is a {}", long(*dated), long(*meant), weekday(*meant))
            }
            Calendar::Since { from: (first, last), years: (fewest, most), dated } => {
                let from = if first == last { long(*first) } else { first.year().to_string() };
                let years = if fewest == most { fewest.to_string() } else { format!("{fewest} or {most}") };
                let unit = if (*fewest, *most) == (1, 1) { "year" } else { "years" };
                format!("the article is dated {}, {years} {unit} after {from}", long(*dated))
            }
            Calendar::Days(first, last) => {
                let days = (*last - *first).get_days() + 1;
                format!("from {} to {} it is {days} days", long(*first), long(*last))
            }
            Calendar::Past { day, dated } => format!("the article is dated {}, after {}", long(*dated), long(*day)),
        }
    }
}

fn long(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

fn weekday(day: Date) -> String {
    day.strftime("%A").to_string()
}
