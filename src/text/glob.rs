//! Whole-line patterns of the language pack: `*` is any run of characters, `#` a number, case is free.

/// A line pattern such as `# minutes ago` or `Read more: *`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    pattern: Vec<char>,
    /// The longest run of characters that a line must hold: most lines do not, and are not looked at further.
    needle: String,
}

impl Glob {
    /// Compiles a pattern; every text is one.
    pub fn new(pattern: &str) -> Self {
        let pattern = pattern.to_lowercase();
        let needle = pattern.split(['*', '#']).max_by_key(|part| part.len()).unwrap_or_default().to_owned();
        Glob { pattern: pattern.chars().collect(), needle }
    }

    /// The pattern.
    pub fn written(&self) -> String {
        self.pattern.iter().collect()
    }

    /// A line as globs compare it: trimmed, in lower case. Made once for all globs of a language.
    pub fn prepare(line: &str) -> String {
        line.trim().to_lowercase()
    }

    /// Whether the whole of a line, prepared, is as the pattern says.
    pub fn matches(&self, line: &str) -> bool {
        let first = self.pattern.first().filter(|first| !matches!(first, '*' | '#'));
        if first.is_some_and(|first| !line.starts_with(*first)) || !line.contains(&self.needle) {
            return false;
        }
        let line: Vec<char> = line.chars().collect();
        // Greedy with one point of return, so the time is at most length × length, never exponential.
        let (mut at, mut next) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        while at < line.len() {
            let here = line.get(at).copied().unwrap_or_default();
            match self.pattern.get(next) {
                Some('*') => {
                    retry = Some((at, next));
                    next += 1;
                    continue;
                }
                Some('#') if here.is_ascii_digit() => {
                    at += 1;
                    if !line.get(at).is_some_and(char::is_ascii_digit) {
                        next += 1;
                    }
                    continue;
                }
                Some(&expected) if expected == here && expected != '#' => {
                    at += 1;
                    next += 1;
                    continue;
                }
                _ => {}
            }
            let Some((from, star)) = retry else { return false };
            retry = Some((from + 1, star));
            at = from + 1;
            next = star + 1;
        }
        self.pattern.iter().skip(next).all(|rest| *rest == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn stars_and_numbers() {
        for (glob, line, expected) in [
            ("# minutes ago", " 15 Minutes ago", true),
            ("# minutes ago", "minutes ago", false),
            ("* picture: *", "A caption. Picture: Getty", true),
            ("* picture: *", "He took a picture", false),
            ("read more*", "Read more: x", true),
        ] {
            assert_eq!(Glob::new(glob).matches(&Glob::prepare(line)), expected, "{glob} on {line}");
        }
    }
}
