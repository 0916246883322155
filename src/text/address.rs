//! Addresses, paths, accounts, variables and commands that stand in prose: what looks like a word in them is none.
//!
//! In go the tokens of a block, out come ranges of them. A run without white space is looked at once, and what stands in
//! brackets or between marks up to so many tokens, so that a text without spaces costs no more than any other.

use super::{Prose, Token};
use std::ops::Range;

/// An address is no longer than this, in bytes. What is longer is a text without spaces: a language that has none, or data.
const LONGEST: usize = 2_000;
/// What stands in brackets or between marks has at most so many tokens.
const INSIDE: usize = 40;
/// The ending of a name of a file or a host is at most so long, in bytes.
const ENDING: usize = 10;

/// Finds the addresses of a block, in order.
pub(crate) fn find(tokens: &[Token], prose: &Prose) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        let rest = tokens.get(start + 1..).unwrap_or_default();
        let end = start + 1 + rest.iter().take_while(|token| !token.spaced).count();
        let text = text(tokens, prose, start..end);
        if text.len() <= LONGEST && is_address(text) {
            found.push(start..end);
        }
        start = end;
    }
    if prose.text().contains(['[', '{', '`', '$']) {
        found.extend((0..tokens.len()).filter_map(|at| enclosed(tokens, prose, at)));
        found.sort_by_key(|range| range.start);
        found = merged(found);
    }
    found
}

fn text<'a>(tokens: &[Token], prose: &'a Prose, range: Range<usize>) -> &'a str {
    let (first, last) = (tokens.get(range.start), range.end.checked_sub(1).and_then(|last| tokens.get(last)));
    let bytes = first.zip(last).map(|(first, last)| first.start as usize..last.end as usize);
    bytes.and_then(|bytes| prose.text().get(bytes)).unwrap_or_default()
}

/// Ranges in order of their starts, of which none overlaps another.
fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match all.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => all.push(range),
        }
    }
    all
}

/// Whether a run without white space is no word of prose.
fn is_address(text: &str) -> bool {
    // Hardly any word has a mark inside.
    let marks = |c: char| c.is_ascii_punctuation() && !matches!(c, '\'' | '-' | ',' | ';' | '!' | '"');
    if !text.contains(marks) {
        return false;
    }
    let ends =
        |c: char| !c.is_alphanumeric() && !matches!(c, '/' | '_' | '~' | '\\' | '=' | '{' | '}' | '%' | '$' | ':');
    let bare = text.trim_matches(ends);
    let bare = bare.trim_end_matches(|c: char| matches!(c, ':' | '=') || ends(c));
    text.contains("://")
        || bare.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."))
        || text.starts_with(['.', '/', '~', '\\']) && is_path(text)
        || bare.ends_with('/') && bare.contains(char::is_alphanumeric)
        || is_dotted(bare)
        || is_command(bare)
        || inside(bare, '@', |c| c.is_alphanumeric())
        || inside(bare, '=', |c| c.is_alphanumeric() || matches!(c, '"' | '\'' | '“' | '”'))
        || inside(bare, '\\', |c| c.is_alphanumeric() || c == ':')
        || bare.contains('_') && bare.contains(char::is_alphanumeric)
        || text.contains("<<") && text.contains(">>")
        || bare.contains('{') && bare.contains('}')
        || bare.starts_with(['$', '\\']) && bare.get(1..).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        || bare.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(|name| !name.is_empty())
}

/// `./Kiev`, `../img`, `/var/Kiev`, `~/Kiev`
fn is_path(text: &str) -> bool {
    let rest = text.trim_start_matches(['.', '~']);
    rest.strip_prefix(['/', '\\']).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Whether a mark stands somewhere between two characters of a sort.
fn inside(text: &str, mark: char, sort: impl Fn(char) -> bool) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let behind = text.get(at + mark.len_utf8()..).and_then(|text| text.chars().next());
        before.is_some_and(&sort) && behind.is_some_and(&sort)
    })
}

/// `Kiev.ua`, `img/Kiev.jpg`, `Kiev.ua/city`, `Kiev.html#river`: an ending in small letters, which in prose would begin a
/// sentence with a capital one. What comes behind may be anything.
fn is_dotted(text: &str) -> bool {
    text.match_indices('.').any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let rest = text.get(at + 1..).unwrap_or_default();
        let ending = rest.get(..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())).unwrap_or_default();
        let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ')'))
            && (2..=ENDING).contains(&ending.len())
            && ending.starts_with(|c: char| c.is_ascii_lowercase())
            && ending.chars().all(small)
    })
}

/// `mailto:desk`, `xref:Kiev[]`, `:ref:`, `:kiev:`
fn is_command(text: &str) -> bool {
    let (marked, rest) = text.strip_prefix(':').map_or((false, text), |rest| (true, rest));
    let name = rest.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && !matches!(c, '-' | '+' | '_'));
    let Some((name, behind)) = name.and_then(|end| rest.split_at_checked(end)) else { return false };
    let behind = behind.strip_prefix(':').filter(|_| name.len() > 1 && name.starts_with(char::is_alphabetic));
    behind.is_some_and(|behind| marked || behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '/')))
}

/// What begins at a token and is no prose up to the mark that closes it: `[Kiev]:`, `*[Kiev]: a capital`, `[map city=Kiev]`,
/// `[/Kiev]`, `[Kiev]_`, `{{ Kiev }}`, `` `Kiev` ``, `$$Kiev$$`.
fn enclosed(tokens: &[Token], prose: &Prose, at: usize) -> Option<Range<usize>> {
    let word = |at: usize| tokens.get(at).map(|token| token.text(prose)).unwrap_or_default();
    let tied = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
    let find =
        |from: usize, closes: &dyn Fn(usize) -> bool| (from..tokens.len().min(from + INSIDE)).find(|at| closes(*at));
    match word(at) {
        "[" => {
            let end = find(at + 1, &|at| word(at) == "]")?;
            let defines = tied(end + 1) && matches!(word(end + 1), ":" | "_");
            let assigns = |at: usize| word(at) == "=" && tied(at) && tied(at + 1);
            let commands = word(at + 1) == "/" || (at + 1..end).any(assigns);
            let range = at..end + 1 + usize::from(defines);
            (defines || commands).then_some(range)
        }
        mark @ ("{" | "$") if word(at + 1) == mark && tied(at + 1) => {
            let closing = if mark == "{" { "}" } else { mark };
            let end = find(at + 2, &|at| word(at) == closing && word(at + 1) == closing && tied(at + 1))?;
            Some(at..end + 2)
        }
        // Two of them, and one that an apostrophe closes, are the quotation marks of old wires.
        "`" if tied(at + 1) && word(at + 1) != "`" => {
            let end = find(at + 1, &|at| matches!(word(at), "`" | "'"))?;
            (word(end) == "`" && tied(end)).then_some(at..end + 1)
        }
        _ => None,
    }
}
