//! Civil dates as documents write them at their head. The calendar is jiff's; there is no clock here.

use super::Language;

/// A day of the Gregorian calendar.
pub type Date = jiff::civil::Date;

/// Reads `2025-08-17` at the start of `text`; what follows must not be a digit.
pub fn parse_iso(text: &str) -> Option<Date> {
    let head = text.get(..10)?;
    let free = !text.get(10..)?.starts_with(|c: char| c.is_ascii_digit());
    let mut parts = head.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (free && year.len() == 4 && month.len() == 2)
        .then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())
        .flatten()
}

/// The date that a file's name begins with: `2025-08-17-talks.txt`.
pub(crate) fn file_name_date(path: &str) -> Option<Date> {
    parse_iso(path.rsplit('/').next().unwrap_or(path))
}

/// Reads the first full date in a line: `2025-08-17`, `17 August 2025`, `August 17, 2025`, `Aug. 17, 2025`. A date
/// without its year is none: the year is never guessed.
pub fn parse_date(line: &str, language: &Language) -> Option<Date> {
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '·'))
        .map(|word| word.trim_end_matches(['.', ':', ';']))
        .filter(|word| !word.is_empty())
        .collect();
    for (at, word) in words.iter().enumerate() {
        if let Some(date) = parse_iso(word) {
            return Some(date);
        }
        let Some(month) = language.month(word) else { continue };
        let number = |index: Option<usize>| index.and_then(|index| words.get(index)).and_then(|word| day(word));
        let year = |index: usize| words.get(index).and_then(|word| year(word));
        let read = |day: Option<i8>, year: Option<i16>| Date::new(year?, month, day?).ok();
        let day_first = read(number(at.checked_sub(1)), year(at + 1));
        let month_first = read(number(Some(at + 1)), year(at + 2));
        if let Some(date) = day_first.or(month_first) {
            return Some(date);
        }
    }
    None
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    (word.len() <= 4).then(|| digits.parse().ok()).flatten()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten()
}
