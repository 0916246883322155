//! What figures come to. They are given as the draft writes them, with their units.

use std::fmt;

/// What a sum comes to, with two decimals at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    text: String,
    exact: bool,
}

impl Amount {
    /// Of things, or a rate.
    pub fn plain(value: f64) -> Amount {
        Amount::new(value, |number| number)
    }

    /// Of money, with the sign of its currency.
    pub fn money(value: f64, sign: char) -> Amount {
        Amount::new(value, |number| format!("{sign}{number}"))
    }

    /// Per cent.
    pub fn percent(value: f64) -> Amount {
        Amount::new(value, |number| format!("{number}%"))
    }

    /// What lies between two percentages.
    pub fn points(value: f64) -> Amount {
        Amount::new(value, |number| format!("{number} points"))
    }

    fn new(value: f64, written: impl Fn(String) -> String) -> Amount {
        let hundredths = (value * 100.0).round();
        let text = format!("{:.2}", hundredths / 100.0);
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        let exact = (value * 100.0 - hundredths).abs() < 1e-6;
        Amount { text: written(format!("{}{point}{decimals}", grouped(whole))), exact }
    }
}

/// "= 13", "≈ 7.05%".
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.exact { "=" } else { "≈" }, self.text)
    }
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A sum, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arithmetic {
    /// Parts and their sum.
    Sum {
        /// The parts.
        parts: Vec<String>,
        /// Their sum.
        sum: Amount,
    },
    /// How far a figure is from another.
    Difference {
        /// The greater one.
        greater: String,
        /// The smaller one.
        smaller: String,
        /// What lies between them.
        apart: Amount,
    },
    /// How large a change is, as a share of what it was before.
    Change {
        /// The greater figure.
        greater: String,
        /// The smaller one.
        smaller: String,
        /// The one of the two that was before.
        before: String,
        /// The share.
        share: Amount,
    },
    /// What a figure is of another, as a share or as a rate.
    Quotient {
        /// What is divided.
        part: String,
        /// By what.
        whole: String,
        /// What that comes to.
        quotient: Amount,
    },
    /// How many there are of something.
    Count {
        /// How many.
        count: usize,
        /// Of what, in the plural.
        what: &'static str,
    },
}

impl Arithmetic {
    /// It as it is reckoned: "7 + 6 = 13".
    pub fn words(&self) -> String {
        match self {
            Arithmetic::Sum { parts, sum } => format!("{} {sum}", parts.join(" + ")),
            Arithmetic::Difference { greater, smaller, apart } => format!("{greater} − {smaller} {apart}"),
            Arithmetic::Change { greater, smaller, before, share } => {
                format!("({greater} − {smaller}) ÷ {before} {share}")
            }
            Arithmetic::Quotient { part, whole, quotient } => format!("{part} ÷ {whole} {quotient}"),
            Arithmetic::Count { count, what } => format!("{count} {what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Amount;

    #[test]
    fn an_amount_says_whether_it_is_rounded() {
        for (amount, words) in [
            (Amount::plain(13.0), "= 13"),
            (Amount::plain(0.1 + 0.2), "= 0.3"),
            (Amount::plain(96.0 / 180.0), "≈ 0.53"),
            (Amount::money(10e6, '$'), "= $10,000,000"),
            (Amount::percent(37.5), "= 37.5%"),
            (Amount::points(1.5), "= 1.5 points"),
        ] {
            assert_eq!(amount.to_string(), words);
        }
    }
}
