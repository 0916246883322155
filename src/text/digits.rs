//! How a language writes numbers in digits: "1,234.5" or "1.234,5". In goes a word, out comes its value; what is grouped
//! in no way that the language knows is no number.

/// The marks inside of numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digits {
    /// The mark before decimals.
    pub decimal: Option<char>,
    /// The marks between groups of three digits.
    pub thousands: Vec<char>,
    /// Whether a dot makes an ordinal of a number, as of the day before its month: "17. August".
    pub ordinal_dot: bool,
}

/// A group between marks has just so many digits, the first one perhaps fewer.
const GROUP: usize = 3;

/// A number in digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number<'a> {
    /// Its value.
    pub value: f64,
    /// How many decimals it is written with.
    pub decimals: usize,
    /// What is written onto it: the "m" of "5m", the "th" of "19th".
    pub rest: &'a str,
}

impl Digits {
    /// Whether a mark between what stands before it and behind it is part of a number.
    pub(super) fn joins(&self, before: &str, mark: char, behind: &str) -> bool {
        let (decimal, thousands) = (self.decimal == Some(mark), self.thousands.contains(&mark));
        if !decimal && !thousands {
            return false;
        }
        let own = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let next = behind.bytes().take_while(u8::is_ascii_digit).count();
        own > 0 && next > 0 && (decimal || own <= GROUP && next == GROUP)
    }

    /// The number that a word begins with.
    pub fn read<'a>(&self, word: &'a str) -> Option<Number<'a>> {
        let is_part = |c: char| c.is_ascii_digit() || self.decimal == Some(c) || self.thousands.contains(&c);
        let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
        let written = word.get(..end)?.trim_end_matches(|c: char| !c.is_ascii_digit());
        let rest = word.get(written.len()..)?;
        let (whole, decimals) = match self.decimal.and_then(|mark| written.split_once(mark)) {
            Some((whole, decimals)) => (whole, decimals),
            None => (written, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(decimals) {
            return None;
        }
        let value = match whole.find(|c| self.thousands.contains(&c)) {
            None if decimals.is_empty() => whole.parse().ok()?,
            None => format!("{whole}.{decimals}").parse().ok()?,
            Some(_) => {
                let groups: Vec<&str> = whole.split(|c| self.thousands.contains(&c)).collect();
                let grouped = groups.iter().skip(1).all(|group| group.len() == GROUP && all_digits(group));
                let (first, _) = groups.split_first()?;
                let first = all_digits(first) && (1..=GROUP).contains(&first.len());
                (grouped && first).then(|| format!("{}.{decimals}", groups.concat()).parse().ok()).flatten()?
            }
        };
        Some(Number { value, decimals: decimals.len(), rest })
    }
}

#[cfg(test)]
mod tests {
    use super::Digits;

    #[test]
    fn numbers_are_read_as_a_language_writes_them() {
        let english = Digits { decimal: Some('.'), thousands: vec![','], ordinal_dot: false };
        let german = Digits { decimal: Some(','), thousands: vec!['.'], ordinal_dot: true };
        let french = Digits { decimal: Some(','), thousands: vec![' '], ordinal_dot: false };
        for (digits, word, expected) in [
            (&english, "1,234.5", Some((1234.5, 1, ""))),
            (&english, "12.000", Some((12.0, 3, ""))),
            (&english, "5.25m", Some((5.25, 2, "m"))),
            (&english, "19th", Some((19.0, 0, "th"))),
            (&english, "1.2.3", None),
            (&english, "12,34", None),
            (&german, "1.234,5", Some((1234.5, 1, ""))),
            (&german, "12.000", Some((12000.0, 0, ""))),
            (&german, "17.", Some((17.0, 0, "."))),
            (&german, "17.08.2025", None),
            (&french, "1 234,5", Some((1234.5, 1, ""))),
            (&Digits::default(), "12.000", Some((12.0, 0, ".000"))),
        ] {
            let read = digits.read(word).map(|number| (number.value, number.decimals, number.rest));
            assert_eq!(read, expected, "{word}");
        }
        assert!(french.joins("12", ' ', "000 soldats") && !french.joins("2012", ' ', "300"));
        assert!(german.joins("3", ',', "5") && !english.joins("3", ',', "5"));
    }
}
