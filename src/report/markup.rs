//! Text inside XML and HTML.

use super::picture;

/// Escapes text for XML and HTML, in elements and in quoted attributes. Characters that XML 1.0 does not allow at all
/// become U+FFFD (section 2.2, "Characters"); what turns the direction of writing or hides is pictured.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => match picture(c) {
                Some(picture) => escaped.push_str(&picture.replace('<', "&lt;").replace('>', "&gt;")),
                None => escaped.push(c),
            },
        }
    }
    escaped
}
