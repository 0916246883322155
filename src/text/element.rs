//! The elements of HTML, by what they do with the words inside of them.

use super::markup::Tag;

/// Elements that hold no words of the article and stand between its paragraphs.
pub(super) const BESIDE: [&str; 7] = ["nav", "footer", "aside", "form", "menu", "pre", "dialog"];
/// Elements that hold no words of the article and stand anywhere, also inside a sentence.
pub(super) const HIDDEN: [&str; 13] = [
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "canvas", "button", "select",
    "textarea", "code",
];
/// Elements that stand inside a paragraph.
pub(super) const INLINE: [&str; 30] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
];
/// Elements with words of somebody else, titles of works, and what a computer is told or says.
pub(super) const KEPT: [&str; 7] = ["blockquote", "q", "cite", "kbd", "samp", "tt", "var"];
/// Elements without an end tag (HTML, 13.1.2, "Void elements").
pub(super) const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// What else a page is made of.
pub(super) const BLOCKS: [&str; 49] = [
    "address",
    "article",
    "audio",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "ol",
    "optgroup",
    "option",
    "p",
    "picture",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
    "frameset",
    "search",
    "strike",
    "tt",
];
/// Elements that do not stand in their like without another one between.
pub(super) const NOT_NESTED: [&str; 7] = ["li", "dt", "dd", "tr", "td", "th", "option"];

/// Whether HTML has an element of this name, in lower case.
pub(super) fn is_element(name: &str) -> bool {
    [BESIDE.as_slice(), &HIDDEN, &INLINE, &VOID, &BLOCKS].iter().any(|names| names.contains(&name))
}

/// Whether the words of an element inside a paragraph are left out.
pub(super) fn is_hidden(name: &str) -> bool {
    HIDDEN.contains(&name)
}

/// Whether the words of an element are not the writer's own.
pub(super) fn is_kept(name: &str) -> bool {
    KEPT.contains(&name)
}

/// Whether an element is closed by its own tag.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether a start tag is its element's end as well. The mark of an empty element counts for what is no HTML.
pub(super) fn is_closed(tag: &Tag) -> bool {
    let is_foreign = tag.name.contains(['-', ':']) || matches!(tag.name.as_str(), "svg" | "math");
    is_void(&tag.name) || tag.empty && is_foreign
}
