//! A fix never touches what it does not name: drafts with slips amid markup of every format are fixed, and nothing but the
//! slips is another byte than before. `PROPTEST_CASES` says how many drafts are tried.

#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use factlint::fix::{Left, fix};
use factlint::text::Source;
use proptest::prelude::*;
use support::{check, packs, read};

const SENTENCES: [&str; 6] = [
    "Steve Witkoff told CCN that it was late.",
    "Ursula Von der Leyen left.",
    "The band “played” on.",
    "Nobody said é or 😀 or why.",
    "Mr Witkoff told CCN as well.",
    "All of it was x | y.",
];

/// Markup that may stand before, behind or between the words of a text, by the ending of its file.
const MARKUP: [(&str, &[&str]); 8] = [
    (
        "md",
        &[
            "`a\nb`",
            "`a | b`",
            "\n> ",
            "\n- ",
            "\n\n| a | b |\n|---|---|\n| ",
            " | ",
            "**",
            "*",
            "[x](y)",
            "<b>",
            "</b>",
            "&amp;",
            "\\|",
            "\n\n",
            "\n",
            "<!-- x -->",
            "```\n",
            "~~",
            "![alt](x)",
            "{{< x >}}",
            "%% x %%",
            "[[a|b]]",
            "\n\n<div>\n",
            "\n\n</div>\n\n",
        ],
    ),
    (
        "html",
        &[
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<code>a\nb</code>",
            "&amp;",
            "&eacute;",
            "<br>",
            "<!-- x -->",
            "<td>",
            "<script>a</script>",
            "\n",
            "<p title='>'>",
            "[caption id=\"a\"]",
            "&",
            "<",
        ],
    ),
    (
        "txt",
        &["\n", "\n\n", "<b>", "</b>", "<p>", "</p>\n", "<!-- x -->", "\u{ad}", "\u{a0}", "&amp;", "<", "\u{200b}"],
    ),
    ("json", &["\\n", "\\u00e9", "\\\"", "\\\\", "<b>", "</b>", "&amp;", "\\n\\n", "\\u00ad", "\\/"]),
    (
        "rss",
        &["&lt;p&gt;", "&lt;/p&gt;", "&amp;eacute;", "<![CDATA[ x ]]>", "&lt;b&gt;", "&lt;/b&gt;", "<!-- x -->", "\n"],
    ),
    ("rst", &["``a\nb``", "*", "**", "`a <b>`_", "\n\n", "\n* ", ":ref:`a`", "::\n\n  a\n\n", "\n.. x\n\n"]),
    ("adoc", &["`a`", "*", "_", "\n\n", "\n* ", "https://a.example[x]", "\n----\na\n----\n", "|", "\n// x\n", "#"]),
    ("atom", &["<b>", "</b>", "<p>", "</p>", "&#233;", "<br/>", "<!-- x -->", "\n"]),
];

/// What stands around the text in its file.
fn framed(ending: &str, text: &str) -> String {
    match ending {
        "json" => format!("{{\"text\": \"{text}\"}}"),
        "rss" => format!("<rss><channel><item><description>{text}</description></item></channel></rss>"),
        "atom" => format!("<feed><entry><content type=\"xhtml\"><div>{text}</div></content></entry></feed>"),
        _ => text.to_owned(),
    }
}

/// Words and markup in any order, and sometimes markup in the middle of a word.
fn draft(format: usize) -> impl Strategy<Value = String> {
    let markup = MARKUP[format].1;
    let part = (0..SENTENCES.len(), prop::collection::vec((0.0..1.0f64, prop::sample::select(markup)), 0..4));
    prop::collection::vec(part, 1..6).prop_map(move |parts| {
        let sentences = parts.into_iter().map(|(number, inserted)| {
            let mut text = SENTENCES[number].to_owned();
            for (at, markup) in inserted {
                let mut at = (text.len() as f64 * at) as usize;
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                text.insert_str(at, markup);
            }
            text
        });
        framed(MARKUP[format].0, &sentences.collect::<Vec<_>>().join(" "))
    })
}

fn cases(fallback: u32) -> ProptestConfig {
    let said = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: said.unwrap_or(fallback), failure_persistence: None, ..ProptestConfig::default() }
}

/// The text with its fixes, each of which replaces a whole word by one that is a letter away.
fn replaced(name: &str, text: &str) -> Result<String, TestCaseError> {
    let reading = read(name, text);
    let found = check(&reading, &[]);
    let source = &reading.document.source;
    let fixed = fix(source, &found.diagnostics, &packs().language);
    let left: Vec<_> = fixed.left.iter().map(|(fix, _)| fix.span).collect();
    let mut expected = text.to_owned();
    let mut fixes: Vec<_> = found.diagnostics.iter().filter_map(|found| found.fix.clone()).collect();
    fixes.sort_by_key(|fix| std::cmp::Reverse(fix.span));
    for fix in fixes.into_iter().filter(|fix| !left.contains(&fix.span)) {
        let words: String = source.slice(fix.span).chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}')).collect();
        let slip = words.chars().all(char::is_alphabetic) && strsim::levenshtein(&words, &fix.replacement) == 1;
        prop_assert!(slip, "{words:?}: {fix:?} in {text}");
        expected.replace_range(fix.span.range(), &fix.replacement);
    }
    prop_assert_eq!(&fixed.text, &expected);
    Ok(fixed.text)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn only_the_slips_change(drafts in (0..MARKUP.len()).prop_flat_map(|format| (Just(format), draft(format)))) {
        let (format, text) = drafts;
        let name = format!("a.{}", MARKUP[format].0);
        if Source::read(name.as_str(), text.clone().into_bytes()).is_ok() {
            let once = replaced(&name, &text)?;
            prop_assert_eq!(replaced(&name, &once)?, once, "{}", text);
        }
    }
}

/// A name after a piece of code that the line is wrapped in, in quotes, lists and tables: only the slip is replaced.
#[test]
fn code_over_lines_shifts_nothing() {
    for (text, fixes) in [
        ("They wrote `a\nb` before. Steve Witkoff told CCN so.\n", 1),
        ("> They wrote `a\n> b` before. Steve Witkoff told CCN so.\n", 1),
        ("- They wrote `a\n  b` before. Steve Witkoff told CCN so.\n", 1),
        ("| a | b |\n|---|---|\n| `c \\| d` Steve Witkoff told CCN so. | e |\n", 1),
        ("They wrote `Steve Witkoff\ntold CCN` before.\n", 0),
    ] {
        let reading = read("a.md", text);
        let fixed = fix(&reading.document.source, &check(&reading, &[]).diagnostics, &packs().language);
        assert_eq!((fixed.applied, fixed.left.len()), (fixes, 0), "{text}");
        let right = if fixes > 0 { text.replace("CCN", "CNN") } else { text.to_owned() };
        assert_eq!(fixed.text, right);
    }
}

/// Where markup stands inside of the words, they are left for a person.
#[test]
fn words_with_markup_inside_are_left_alone() {
    let reading = read("a.html", "<p>Steve Witkoff told C<b>C</b>N so.</p>");
    let fixed = fix(&reading.document.source, &check(&reading, &[]).diagnostics, &packs().language);
    assert_eq!(fixed.left.iter().map(|(_, why)| *why).collect::<Vec<_>>(), [Left::Interrupted]);
    assert_eq!(fixed.text, reading.document.source.text());
}
