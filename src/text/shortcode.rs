//! Commands of content systems that stand in a text and are no words of it: shortcodes of WordPress and Hugo, tags of
//! Liquid, comments of Obsidian.

use super::Prose;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// `[caption id="a"]` and `[/caption]` (a word in brackets without an attribute is the writer's, as `[sic]` is).
const BRACKETS: &str = r#"\[[A-Za-z][\w-]*(?:\s+[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s\]"']+))+\s*/?\]|\[/?(?:caption|gallery|embed|audio|video|playlist)\]"#;

static HTML: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(BRACKETS).ok());

/// What opens a command and what closes it, and whether it may run over lines: `{{< figure src="a" >}}`,
/// `{% include a %}`, and in Markdown `%% a note to oneself %%` and `$$a formula$$`.
const BRACES: [(&str, &[&str], bool); 3] =
    [("{{<", &[">}}", "%}}"], false), ("{{%", &[">}}", "%}}"], false), ("{%", &["%}"], false)];
const NOTE: (&str, &[&str], bool) = ("%%", &["%%"], true);
const FORMULA: (&str, &[&str], bool) = ("$$", &["$$"], true);

/// A line of MDX that takes something from another file, or gives it.
const MODULE: &str =
    r#"(?m)^(?:import\s[^\n]*['"];?|export\s+(?:default|const|let|function|class|async)\s[^\n]*)[ \t]*$"#;

static LINES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(MODULE).ok());

/// A command is at most so long, in bytes.
const LONGEST: usize = 2_000;

/// The commands of some sorts, in order. What closes them is looked for once, not again from each place that opens one.
fn commands(text: &str, sorts: &[(&str, &[&str], bool)]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut ahead: Vec<Ahead<'_>> = sorts.iter().map(|(open, ..)| Ahead::new(text, open)).collect();
    let mut closing: Vec<Vec<Ahead<'_>>> =
        sorts.iter().map(|(_, close, _)| close.iter().map(|close| Ahead::new(text, close)).collect()).collect();
    let mut line = Ahead::new(text, "\n");
    let mut at = 0;
    let opens = |ahead: &mut [Ahead<'_>], at| {
        let next = ahead.iter_mut().enumerate().filter_map(|(sort, ahead)| Some((ahead.from(at)?, sort)));
        next.min()
    };
    while let Some((start, sort)) = opens(&mut ahead, at) {
        let (Some((open, close, over_lines)), Some(closing)) = (sorts.get(sort), closing.get_mut(sort)) else { break };
        let inside = start + open.len();
        let ends = closing.iter_mut().zip(*close).filter_map(|(ahead, close)| Some(ahead.from(inside)? + close.len()));
        let limit = if *over_lines { text.len() } else { line.from(inside).unwrap_or(text.len()) };
        match ends.min().filter(|end| *end <= limit && end - start <= LONGEST) {
            Some(end) => {
                found.push(start..end);
                at = end;
            }
            None => at = start + 1,
        }
    }
    found
}

/// Where something stands next, remembered while places go forward.
struct Ahead<'a> {
    text: &'a str,
    mark: &'a str,
    /// From where it was looked for, and where it was found.
    known: (usize, Option<usize>),
}

impl<'a> Ahead<'a> {
    fn new(text: &'a str, mark: &'a str) -> Ahead<'a> {
        Ahead { text, mark, known: (0, text.find(mark)) }
    }

    /// The first place from `at` on.
    fn from(&mut self, at: usize) -> Option<usize> {
        let (from, found) = self.known;
        if from > at || found.is_some_and(|found| found < at) {
            let found = self.text.get(at..).and_then(|rest| rest.find(self.mark)).map(|found| at + found);
            self.known = (at, found);
        }
        self.known.1
    }
}

/// Prose of HTML without the commands in it.
pub(super) fn without(prose: &Prose) -> Option<Prose> {
    let text = prose.text();
    let may_hold =
        text.contains("=\"") && text.contains('[') || text.contains("[/") || text.contains("{{") || text.contains("{%");
    let found: Vec<Range<usize>> =
        HTML.iter().filter(|_| may_hold).flat_map(|regex| regex.find_iter(text)).map(|found| found.range()).collect();
    if found.is_empty() {
        return None;
    }
    let mut kept = Prose::default();
    let mut done = 0;
    for range in found {
        kept.push_part(prose, done..range.start.max(done));
        done = range.end.max(done);
    }
    kept.push_part(prose, done..text.len());
    Some(kept)
}

/// Markdown with spaces in the place of commands, as long as before.
pub(super) fn blanked(text: &str) -> Option<String> {
    let [a, b, c] = BRACES;
    let mut found = commands(text, &[a, b, c, NOTE, FORMULA]);
    let lines = LINES.iter().filter(|_| text.contains("import") || text.contains("export"));
    found.extend(lines.flat_map(|regex| regex.find_iter(text)).map(|found| found.range()));
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, one| next.start < one.end);
    if found.is_empty() {
        return None;
    }
    let mut blanked = String::with_capacity(text.len());
    let mut done = 0;
    for range in found {
        blanked.push_str(text.get(done..range.start).unwrap_or_default());
        let inside = text.get(range.clone()).unwrap_or_default();
        blanked.extend(inside.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        done = range.end;
    }
    blanked.push_str(text.get(done..).unwrap_or_default());
    Some(blanked)
}
