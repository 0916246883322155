//! The law of reading: a text of letters, quotation marks, currency signs, references and emoji, written into any format, is
//! read back word for word, each character at the bytes that spell it; of a file that is cut off everything before the cut is
//! read. `PROPTEST_CASES` says how many texts are tried.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use factlint::text::{Document, Source, read};
use proptest::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use support::packs;

const LETTERS: [&str; 14] = ["a", "b", "T", "É", "é", "Ł", "ß", "ø", "и", "ש", "漢", "n", "Q", "š"];
const MARKS: [&str; 22] =
    ["“", "”", "‘", "’", "«", "»", "„", "\"", "'", "£", "€", "¥", "$", "—", "–", "…", ",", "!", "😀", "🇫🇮", "&", "<"];

/// A word: a letter, then letters and marks.
fn word() -> impl Strategy<Value = String> {
    let part = prop_oneof![3 => prop::sample::select(&LETTERS[..]), 1 => prop::sample::select(&MARKS[..])];
    (
        prop::sample::select(&MARKS[..]),
        any::<bool>(),
        prop::sample::select(&LETTERS[..]),
        prop::collection::vec(part, 0..6),
    )
        .prop_map(|(mark, marked, first, rest)| format!("{}{first}{}", if marked { mark } else { "" }, rest.concat()))
}

/// Paragraphs of words; each begins as the format likes.
fn text() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(word(), 1..9), 1..4)
}

/// A file that is being written, with where each character that is to be read is spelled.
struct Writer {
    file: String,
    spelled: Vec<(char, Range<usize>)>,
    /// A source of choices that the text decides.
    dice: u64,
}

impl Writer {
    fn new(paragraphs: &[Vec<String>]) -> Writer {
        let seed = factlint::text::fold::hash_bytes(paragraphs.concat().concat().as_bytes());
        Writer { file: String::new(), spelled: Vec::new(), dice: seed | 1 }
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) % sides
    }

    /// Writes the words of a paragraph, each character as `spell` says.
    fn words(&mut self, words: &[String], spell: fn(&mut Writer, char) -> String) {
        for (number, word) in words.iter().enumerate() {
            if number > 0 {
                self.file.push(' ');
            }
            for c in word.chars() {
                let spelling = spell(self, c);
                let at = self.file.len();
                self.file.push_str(&spelling);
                self.spelled.push((c, at..self.file.len()));
            }
        }
    }
}

fn plainly(_: &mut Writer, c: char) -> String {
    c.to_string()
}

/// Raw, by number, or by name where it has one.
fn in_html(writer: &mut Writer, c: char) -> String {
    let name = match c {
        '“' => "&ldquo;",
        '”' => "&rdquo;",
        '’' => "&rsquo;",
        '"' => "&quot;",
        'é' => "&eacute;",
        'É' => "&Eacute;",
        'Ł' => "&Lstrok;",
        'š' => "&scaron;",
        '£' => "&pound;",
        '€' => "&euro;",
        '…' => "&hellip;",
        '—' => "&mdash;",
        '$' => "&dollar;",
        '!' => "&excl;",
        'и' => "&icy;",
        '&' => "&amp;",
        '<' => "&lt;",
        _ => "",
    };
    match writer.roll(4) {
        0 if !name.is_empty() => name.to_owned(),
        1 => format!("&#{};", u32::from(c)),
        2 => format!("&#x{:X};", u32::from(c)),
        _ if matches!(c, '&' | '<') => name.to_owned(),
        _ => c.to_string(),
    }
}

fn in_json(writer: &mut Writer, c: char) -> String {
    match (c, writer.roll(3)) {
        ('"', _) => "\\\"".to_owned(),
        (c, 0) => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        (c, _) => c.to_string(),
    }
}

fn in_markdown(writer: &mut Writer, c: char) -> String {
    match (c, writer.roll(3)) {
        ('&' | '<' | '!', _) | ('"' | '\'' | '$' | ',', 0) => in_html(writer, c),
        _ => c.to_string(),
    }
}

/// HTML whose markup is spelled in XML.
fn in_escaped_html(writer: &mut Writer, c: char) -> String {
    in_html(writer, c).replace('&', "&amp;").replace('<', "&lt;")
}

fn in_json_html(writer: &mut Writer, c: char) -> String {
    in_html(writer, c).replace('"', "\\\"")
}

type Spell = fn(&mut Writer, char) -> String;

/// A format: the name of its file, how a character is spelled, and what stands before the text, around paragraphs and
/// behind.
type Format = (&'static str, Spell, [&'static str; 4]);

const FORMATS: [Format; 15] = [
    ("a.txt", plainly, ["", "", "\n\n", ""]),
    ("a.md", in_markdown, ["---\ndate: 2025-08-18\n---\n\n", "", "\n\n", ""]),
    ("b.md", in_html, ["", "<div>\n", "\n</div>\n\n", ""]),
    (
        "a.html",
        in_html,
        [
            "<!DOCTYPE html><html><head><script>var a = '<p>no</p>';</script></head><body><article>",
            "<p class=x>",
            "</p>\n",
            "</article></body></html>",
        ],
    ),
    ("b.html", in_html, ["---\ntags: x\n---\n<!-- no -->", "<div><b>", "</b></div>", "<footer>no</footer>"]),
    ("a.json", in_json, ["{\"date\": \"2025-08-18\", \"text\": \"", "", "\\n\\n", "\", \"a\": [1.5, true, {}]}"]),
    ("b.json", in_json_html, ["[{\"body_html\": \"", "<p>", "</p>\\n", "\"}]"]),
    ("a.jsonl", in_json, ["{\"text\": \"x\"}\n{\"text\": \"", "", "\\n", "\"}\n"]),
    (
        "a.rss",
        in_escaped_html,
        ["<rss><channel><item><description>", "&lt;p&gt;", "&lt;/p&gt;", "</description></item></channel></rss>"],
    ),
    (
        "b.rss",
        in_html,
        [
            "<rss><channel><item><content:encoded><![CDATA[",
            "<p>",
            "</p>",
            "]]></content:encoded></item></channel></rss>",
        ],
    ),
    (
        "a.atom",
        in_escaped_html,
        ["<feed><entry><content type=\"html\">", "&lt;p&gt;", "&lt;/p&gt;", "</content></entry></feed>"],
    ),
    (
        "b.atom",
        in_html,
        ["<feed><entry><content type=\"xhtml\"><div>", "<p>", "</p>", "</div></content></entry></feed>"],
    ),
    (
        "a.wxr.xml",
        in_html,
        [
            "<rss><channel><item><wp:post_type>post</wp:post_type><content:encoded><![CDATA[",
            "<p>",
            "</p>",
            "]]></content:encoded></item></channel></rss>",
        ],
    ),
    ("a.rst", plainly, ["", "", "\n\n", ""]),
    ("a.adoc", plainly, ["", "", "\n\n", ""]),
];

fn write(paragraphs: &[Vec<String>], (_, spell, [head, open, close, tail]): &Format) -> Writer {
    let mut writer = Writer::new(paragraphs);
    writer.file.push_str(head);
    if head.contains("\"x\"}\n") {
        let at = head.find("x\"").unwrap();
        writer.spelled.push(('x', at..at + 1));
    }
    for words in paragraphs {
        writer.file.push_str(open);
        writer.words(words, *spell);
        writer.file.push_str(close);
    }
    writer.file.push_str(tail);
    writer
}

fn read_file(name: &str, bytes: Vec<u8>) -> Document {
    read(Arc::new(Source::read(name, bytes).unwrap()), &packs().language)
}

/// Every character that was read and is no space, with the bytes that spell it.
fn characters(document: &Document) -> Vec<(char, Range<usize>)> {
    let blocks = document.articles.iter().flat_map(|article| &article.blocks);
    let of = blocks.flat_map(|block| {
        let text = block.prose.text().char_indices().filter(|(_, c)| !c.is_whitespace());
        text.map(|(at, c)| (c, block.prose.span(at, at + c.len_utf8()).range()))
    });
    of.collect()
}

fn cases(fallback: u32) -> ProptestConfig {
    let said = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: said.unwrap_or(fallback), failure_persistence: None, ..ProptestConfig::default() }
}

/// Directives of reStructuredText whose text is prose, in their own line and under it.
#[test]
fn the_text_of_an_admonition_is_read() {
    let read = |text: String| {
        let document = read_file("a.rst", text.into_bytes());
        let words: String = characters(&document).into_iter().map(|(c, _)| c).collect();
        (words, document.unread)
    };
    let named = ["attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning", "seealso"];
    let looks = ["epigraph", "highlights", "pull-quote", "compound"];
    for name in named.iter().chain(&looks) {
        for text in
            ["{}:: One\n   two.\n\n   Three.\n", "{}::\n\n   One\n   two.\n\n   Three.\n", "{}:: One two.\n\n   Three."]
        {
            let text = format!(".. {}\nLast.", text.replace("{}", name));
            assert_eq!(read(text.clone()), ("Onetwo.Three.Last.".to_owned(), Vec::new()), "{text}");
        }
    }
    for name in ["admonition", "topic", "sidebar", "rubric"] {
        let text = format!(".. {name}:: One\n   :class: wide\n\n   Two.\n\nLast.");
        assert_eq!(read(text.clone()).0, "OneTwo.Last.", "{text}");
    }
    for name in ["versionadded", "versionchanged", "deprecated"] {
        let text = format!(".. {name}:: 2.1 One.\n\n   Two.\n\nLast.");
        assert_eq!(read(text.clone()).0, "One.Two.Last.", "{text}");
    }
    for left_out in
        [".. code-block:: rust", ".. raw:: html", ".. remark", ".. _name:", ".. |name| replace:: it", ".. note: no"]
    {
        assert_eq!(read(format!("{left_out}\n\n   No.\n\nLast.")).0, "Last.", "{left_out}");
    }
}

proptest! {
    #![proptest_config(cases(96))]

    /// What is written is read, at its bytes, and nothing else is.
    #[test]
    fn a_text_is_read_back_from_every_format(paragraphs in text()) {
        for format in &FORMATS {
            let written = write(&paragraphs, format);
            let document = read_file(format.0, written.file.clone().into_bytes());
            prop_assert_eq!(characters(&document), written.spelled, "{}: {}", format.0, written.file);
            prop_assert_eq!(document.unread, [], "{}: {}", format.0, written.file);
        }
    }

    /// Of a file that is cut off everything before the cut is read, and a format that has an end says that it is missing.
    #[test]
    fn a_cut_file_gives_what_is_there(paragraphs in text(), cut in 0.0..1.0f64) {
        for format in &FORMATS {
            let written = write(&paragraphs, format);
            let (first, last) = (format.2[0].len() + format.2[1].len(), written.spelled.last().unwrap().1.end);
            let mut at = first + ((last - first) as f64 * cut) as usize;
            while !written.file.is_char_boundary(at) {
                at += 1;
            }
            // Nothing at all is refused, which is no reading.
            let Ok(source) = Source::read(format.0, written.file.as_bytes()[..at].to_vec()) else { continue };
            let document = read(Arc::new(source), &packs().language);
            let whole = |spelled: &&(char, Range<usize>)| spelled.1.end <= at;
            let mut expected: Vec<_> = written.spelled.iter().filter(whole).cloned().collect();
            // The last one may be joined with what is left of a reference behind it.
            expected.pop();
            let mut found = characters(&document);
            // Of what the cut goes through something may be read as well.
            found.truncate(expected.len());
            prop_assert_eq!(found, expected, "{}: {}", format.0, &written.file[..at]);
            let ends = [".json", ".jsonl", ".rss", ".atom", ".xml"].iter().any(|end| format.0.ends_with(end));
            prop_assert!(!ends || !document.unread.is_empty(), "{}: {}", format.0, &written.file[..at]);
        }
    }

    /// Anything at all is read without a panic, and each place is one of the file.
    #[test]
    fn any_bytes_are_read(text in "\\PC{0,200}", markup in prop::collection::vec("(<[a-z/!\\[]{1,6}|\\[\\[|>|```|\\{\"|\"\\}|---\n|&[a-z#]{1,5};?|\\\\u[0-9a-f]{4}|\n| [a-zé“]{1,6})", 0..40)) {
        for format in &FORMATS {
            for text in [text.clone(), markup.concat(), format!("{}{}", format.2[0], markup.concat())] {
                let Ok(source) = Source::read(format.0, text.into_bytes()) else { continue };
                let document = read(Arc::new(source), &packs().language);
                for block in document.articles.iter().flat_map(|article| &article.blocks) {
                    for token in &block.tokens {
                        prop_assert!(document.source.text().get(token.span.range()).is_some(), "{}: {:?}", format.0, token);
                    }
                }
            }
        }
    }
}
