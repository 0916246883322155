//! Commands of content systems that stand in a text and are no words of it: shortcodes of WordPress and Hugo, tags of
//! Liquid, comments of Obsidian.

use super::Prose;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// `[caption id="a"]` and `[/caption]` (a word in brackets without an attribute is the writer's, as `[sic]` is), and
/// `{{< figure src="a" >}}`, `{% include a %}`.
const IN_HTML: &str = r#"\[[a-z][\w-]*(?:\s+[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s\]"']+))+\s*/?\]|\[/?(?:caption|gallery|embed|audio|video|playlist)\]|\{\{[<%].{0,2000}?[>%]\}\}|\{%.{0,2000}?%\}"#;

/// The same, and `%% a note to oneself %%`.
const IN_MARKDOWN: &str = r"\{\{[<%].{0,2000}?[>%]\}\}|\{%.{0,2000}?%\}|(?s:%%.{0,2000}?%%)";

static HTML: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(IN_HTML).ok());
static MARKDOWN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(IN_MARKDOWN).ok());

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
        kept.push_part(prose, done..range.start);
        done = range.end;
    }
    kept.push_part(prose, done..text.len());
    Some(kept)
}

/// Markdown with spaces in the place of commands, as long as before.
pub(super) fn blanked(text: &str) -> Option<String> {
    let may_hold = text.contains("{{") || text.contains("{%") || text.contains("%%");
    let found: Vec<Range<usize>> = MARKDOWN
        .iter()
        .filter(|_| may_hold)
        .flat_map(|regex| regex.find_iter(text))
        .map(|found| found.range())
        .collect();
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
