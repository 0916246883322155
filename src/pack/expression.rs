//! Regular expressions of packs, each of which is built when a text that holds one of its anchors asks for it.

use crate::image::{Reader, Stored, Writer};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};
use std::ops::Range;
use std::sync::OnceLock;

/// A compiled regular expression takes at most so many bytes.
const REGEX_BYTES: usize = 1 << 20;
/// Letters of which there are fewer stand in most texts.
const ANCHOR_BYTES: usize = 3;
/// Of more anchors the one at hand is hardly worth the search.
const ANCHORS: usize = 500;

/// A regular expression of a pack.
#[derive(Debug, Clone)]
pub struct Expression {
    text: String,
    /// Texts of which each match holds one; none where that cannot be said.
    anchors: Vec<String>,
    finder: OnceLock<Option<AhoCorasick>>,
    built: OnceLock<Option<Regex>>,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// What is no expression, or would be too large a one.
    pub(super) fn parse(text: String) -> Result<Expression, regex::Error> {
        let built = OnceLock::from(Some(build(&text)?));
        let required = regex_syntax::parse(&text).ok().and_then(|parsed| required(&parsed));
        Ok(Expression { text, anchors: required.unwrap_or_default(), finder: OnceLock::new(), built })
    }

    /// The expression as it searches.
    pub fn regex(&self) -> Option<&Regex> {
        self.built.get_or_init(|| build(&self.text).ok()).as_ref()
    }

    /// Where anchors stand in a text, in bytes: a match holds one of them. Nothing, where it need not.
    pub fn anchors(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let find = || Some(&self.anchors).filter(|anchors| !anchors.is_empty()).and_then(|all| finder(all));
        let finder = self.finder.get_or_init(find).as_ref()?;
        Some(finder.find_overlapping_iter(text).map(|found| found.range()).collect())
    }

    /// Whether a text can hold a match.
    pub fn may_match(&self, text: &str) -> bool {
        self.anchors(text).is_none_or(|anchors| !anchors.is_empty())
    }
}

fn build(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(REGEX_BYTES).build()
}

/// Finds anchors. An automaton that is made in no time, for texts that are no books.
fn finder(anchors: &[String]) -> Option<AhoCorasick> {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(anchors).ok()
}

/// Texts of which each match of an expression holds at least one.
fn required(expression: &Hir) -> Option<Vec<String>> {
    let found = match expression.kind() {
        HirKind::Literal(literal) => vec![std::str::from_utf8(&literal.0).ok()?.to_owned()],
        HirKind::Capture(capture) => required(&capture.sub)?,
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub)?,
        HirKind::Concat(parts) => {
            let shortest = |anchors: &Vec<String>| anchors.iter().map(String::len).min();
            parts.iter().filter_map(required).max_by_key(shortest)?
        }
        HirKind::Alternation(choices) => choices.iter().map(required).collect::<Option<Vec<_>>>()?.concat(),
        _ => return None,
    };
    let tell = found.iter().all(|anchor| anchor.len() >= ANCHOR_BYTES) && found.len() <= ANCHORS;
    tell.then_some(found)
}

impl Stored for Expression {
    fn store(&self, to: &mut Writer<'_>) {
        self.text.store(to);
        self.anchors.store(to);
    }
    fn load(from: &mut Reader<'_>) -> Option<Expression> {
        let (text, anchors) = (String::load(from)?, Vec::load(from)?);
        Some(Expression { text, anchors, finder: OnceLock::new(), built: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;

    #[test]
    fn anchors_are_what_each_match_holds() {
        for (regex, anchors) in [
            ("attacks?|raids", &["attack", "raids"][..]),
            ("(?:a|b )+crash(?:es)?\\b", &["crash"]),
            ("(?:grand )?total|sums", &["total", "sums"]),
            ("[A-Z]+", &[]),
            ("(?i)crash", &[]),
            ("crash|[0-9]", &[]),
        ] {
            assert_eq!(Expression::parse(regex.to_owned()).unwrap().anchors, anchors, "{regex}");
        }
        let expression = Expression::parse("attacks?|raids".to_owned()).unwrap();
        assert!(expression.may_match("two attacks") && !expression.may_match("attics"));
    }
}
