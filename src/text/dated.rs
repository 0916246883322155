//! Dates in the names of files and folders, where an archive keeps them.

use super::Date;
use regex::Regex;

/// How paths hold dates: `%Y/%m/%d`, `archive-%Y%m%d-*`.
#[derive(Debug, Clone)]
pub struct Dated {
    pattern: String,
    regex: Regex,
}

impl Dated {
    /// Reads a pattern: `%Y`, `%m` and `%d` are digits of the year, month and day, `*` is anything inside one name, the
    /// rest is itself. A pattern without a day or month means the first of them.
    ///
    /// # Errors
    /// A pattern without a year, or with another `%`, is refused with the reason.
    pub fn parse(pattern: &str) -> Result<Dated, String> {
        let mut expression = String::new();
        let mut characters = pattern.chars();
        let mut seen = Vec::new();
        while let Some(c) = characters.next() {
            match c {
                '%' => {
                    let (name, digits) = match characters.next() {
                        Some('Y') => ('Y', r"(?P<Y>[0-9]{4})"),
                        Some('m') => ('m', r"(?P<m>[0-9]{1,2})"),
                        Some('d') => ('d', r"(?P<d>[0-9]{1,2})"),
                        other => {
                            let found = other.map(String::from).unwrap_or_default();
                            return Err(format!("`%{found}` is no part of a date; there are %Y, %m and %d"));
                        }
                    };
                    if seen.contains(&name) {
                        return Err(format!("`%{name}` stands twice"));
                    }
                    seen.push(name);
                    expression.push_str(digits);
                }
                '*' => expression.push_str("[^/]*"),
                c => expression.push_str(&regex::escape(&c.to_string())),
            }
        }
        if !seen.contains(&'Y') {
            return Err("the pattern holds no year; write it as %Y, as in `%Y/%m/%d`".to_owned());
        }
        let regex = Regex::new(&expression).map_err(|error| error.to_string())?;
        Ok(Dated { pattern: pattern.to_owned(), regex })
    }

    /// The pattern as it was written.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// The date in a path, the last one where there are several.
    pub fn find(&self, path: &str) -> Option<Date> {
        let found = self.regex.captures_iter(path).last()?;
        let part = |name: &str| found.name(name).map(|part| part.as_str());
        let year = part("Y")?.parse().ok()?;
        let of = |name: &str| part(name).map_or(Ok(1), str::parse::<i8>).ok();
        Date::new(year, of("m")?, of("d")?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_dated() {
        let dated = Dated::parse("%Y/%m/%d").unwrap();
        assert_eq!(dated.find("archive/2025/08/7/talks.txt"), Date::new(2025, 8, 7).ok());
        assert_eq!(dated.find("archive/2025/13/07/talks.txt"), None);
        assert_eq!(Dated::parse("*_%Y%m").unwrap().find("a/post_202508.md"), Date::new(2025, 8, 1).ok());
        assert!(Dated::parse("%d.%m").is_err() && Dated::parse("%Y-%q").is_err());
    }
}
