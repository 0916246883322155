//! A fix never touches what it does not name: drafts with slips amid markup of every format are fixed, and nothing but the
//! slips is another byte than before. `PROPTEST_CASES` says how many drafts are tried.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use factlint::desk::{Answer, Desk};
use factlint::fact::Stated;
use factlint::fix::{Fixed, Left, fix, keep_sound, refused};
use factlint::pack::load;
use factlint::terms::Wish;
use factlint::text::Source;
use proptest::prelude::*;
use std::sync::{Arc, OnceLock};
use support::{check, packs, read, sources};

const SENTENCES: [&str; 9] = [
    "Steve Witkoff told CCN that it was late.",
    "Ursula Von der Leyen left.",
    "The band “played” on.",
    "Nobody said é or 😀 or why.",
    "Mr Witkoff told CCN as well.",
    "All of it was x | y.",
    "The train to Kiev was late.",
    "“Kiev is cold.",
    "Kiev, she said.”",
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
            "[Kiev]",
            "\n\n[Kiev]: /a\n\n",
            "[[Kiev]]",
            "$$",
            "*[Kiev]: ",
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
    (
        "rst",
        &[
            "``a\nb``",
            "*",
            "**",
            "`a <b>`_",
            "\n\n",
            "\n* ",
            ":ref:`a`",
            "::\n\n  a\n\n",
            "\n.. x\n\n",
            "`Kiev`_",
            "Kiev_",
            "|Kiev|",
        ],
    ),
    (
        "adoc",
        &[
            "`a`",
            "*",
            "_",
            "\n\n",
            "\n* ",
            "https://a.example[x]",
            "\n----\na\n----\n",
            "|",
            "\n// x\n",
            "#",
            "<<Kiev>>",
            "{Kiev}",
            "xref:Kiev[x]",
            "\n____\n",
        ],
    ),
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

/// A desk whose house rules out a spelling.
fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let pack =
            "[[rule]]\nid = \"kyiv\"\nkind = \"term\"\nseverity = \"warning\"\navoid = [\"Kiev\"]\nprefer = \"Kyiv\"\n";
        desk_with(pack)
    })
}

fn desk_with(pack: &str) -> Desk {
    let mut all = sources();
    all.push(Arc::new(Source::read("house.toml", pack.into()).unwrap()));
    let (packs, problems) = load(&all);
    assert!(problems.all.is_empty(), "{:?}", problems.all.iter().map(ToString::to_string).collect::<Vec<_>>());
    let packs = Arc::new(packs);
    Desk::new(Arc::clone(&packs), Stated::new(&packs))
}

/// What the fixes of a house come to.
fn fixed_by(desk: &Desk, name: &str, text: &str) -> (Answer, Fixed) {
    let answer = desk.check(&desk.read(Source::read(name, text.into()).unwrap(), &Wish::default()), &Wish::default());
    let answer = answer.unwrap();
    let fixed = fix(&answer.document.source, &answer.diagnostics, &desk.packs().language);
    (answer, fixed)
}

/// The text with its fixes, each of which replaces a whole word by one that is a letter away. Each may be made alone.
fn replaced(name: &str, text: &str) -> Result<String, TestCaseError> {
    let (answer, fixed) = fixed_by(desk(), name, text);
    let source = &answer.document.source;
    let mut expected = text.to_owned();
    for fix in fixed.applied.iter().rev() {
        let words: String = source.slice(fix.span).chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}')).collect();
        let slip = words.chars().all(char::is_alphabetic) && strsim::levenshtein(&words, &fix.replacement) <= 2;
        prop_assert!(slip, "{words:?}: {fix:?} in {text}");
        prop_assert_eq!(
            refused(&answer.document, &[fix], &desk().packs().language),
            None,
            "{:?} alone in {}",
            fix,
            text
        );
        expected.replace_range(fix.span.range(), &fix.replacement);
    }
    prop_assert_eq!(&fixed.text, &expected);
    let count = answer.diagnostics.iter().filter(|found| found.fix.is_some()).count();
    prop_assert_eq!(fixed.applied.len() + fixed.left.len(), count, "a fix is neither made nor left");
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
        ("> [!NOTE]\n> They wrote `a\n> b` before. Steve Witkoff told CCN so.\n", 1),
        ("- They wrote `a\n  b` before. Steve Witkoff told CCN so.\n", 1),
        ("| a | b |\n|---|---|\n| `c \\| d` Steve Witkoff told CCN so. | e |\n", 1),
        ("They wrote `Steve Witkoff\ntold CCN` before.\n", 0),
    ] {
        let reading = read("a.md", text);
        let fixed = fix(&reading.document.source, &check(&reading, &[]).diagnostics, &packs().language);
        assert_eq!((fixed.applied.len(), fixed.left.len()), (fixes, 0), "{text}");
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

/// Texts in which `§` stands before each word that is to change, and before no other.
const OWN: &[(&str, &str)] = &[
    // Quotations, with the marks of any language, and others inside.
    ("txt", "§Kiev. “Kiev.” §Kiev."),
    ("txt", "§Kiev. \"Kiev.\" §Kiev."),
    ("txt", "§Kiev. ‘Kiev is cold,’ he said. §Kiev."),
    ("txt", "§Kiev. „Kiev“ §Kiev. „Kiev” §Kiev."),
    ("txt", "§Kiev. «Kiev» §Kiev. « Kiev », dit-il. §Kiev. »Kiev« §Kiev."),
    ("txt", "§Kiev. ‹Kiev› §Kiev. ›Kiev‹ §Kiev. 「Kiev」 §Kiev."),
    ("txt", "“He said «no» to Kiev, and \"yes\" to Kiev,” and §Kiev."),
    ("txt", "»Er sagte ›nein‹ zu Kiev« and §Kiev."),
    // Each paragraph opens the quotation, and the last one closes it.
    ("txt", "“Kiev. Then Kiev.\n\n“Then Kiev. And Kiev.\n\n“And Kiev.” And §Kiev.\n\n§Kiev."),
    ("txt", "\"Kiev. Then Kiev.\n\n\"Then Kiev. And Kiev.\n\n\"And Kiev.\" And §Kiev.\n\n§Kiev."),
    ("txt", "He said: ‘Kiev. Then Kiev.\n\n‘And Kiev.’ And §Kiev."),
    ("txt", "«Kiev. Luego Kiev.\n\n»Kiev y Kiev.\n\n»Kiev.» Y §Kiev."),
    ("txt", "「Kiev. Kiev.\n\n「Kiev.」 §Kiev."),
    (
        "html",
        "<p>“Kiev. Then Kiev.</p><figure><figcaption>The §Kiev road.</figcaption></figure><p>“And Kiev.”</p><p>§Kiev.</p>",
    ),
    ("md", "“Kiev. Then Kiev.\n\n“And Kiev.”\n\n§Kiev."),
    // A passage with marks around it and none between.
    ("txt", "He wrote: “Kiev. Then Kiev.\n\nThen Kiev.\n\nAnd Kiev.” §Kiev."),
    // A missing mark swallows neither the rest of its paragraph nor of the text.
    ("txt", "“Kiev, he said. §Kiev.\n\n§Kiev.\n\n§Kiev. “Kiev.” §Kiev."),
    ("txt", "“Kiev, he said. §Kiev.\n\n§Kiev.\n\n§Kiev. “Kiev.”\n\n§Kiev."),
    // Addresses, accounts, paths, variables, commands.
    ("txt", "§Kiev: www.Kiev.example, Kiev.example, Kiev.example/Kiev, http://a.example/Kiev and ftp://Kiev/, §Kiev."),
    ("txt", "§Kiev: desk@Kiev.example, mailto:Kiev, @Kiev, #Kiev, (@Kiev), Kiev@a.example, §Kiev."),
    ("txt", "§Kiev: img/Kiev.jpg, ./Kiev, ../Kiev/a, /var/Kiev, ~/Kiev, C:\\Kiev\\a, Kiev.html#b, §Kiev."),
    ("txt", "§Kiev: Kiev_river, _Kiev, $Kiev, ${Kiev}, {Kiev}, {{ Kiev }}, %Kiev%, city=Kiev, city=\"Kiev\", §Kiev."),
    (
        "txt",
        "§Kiev: [map city=Kiev], [Kiev id=3], [/Kiev], [Kiev]: a, `Kiev`, `in Kiev`, $$Kiev$$, xref:Kiev[a], §Kiev.",
    ),
    ("txt", "§Kiev/Lviv, (§Kiev), [§Kiev], “a” §Kiev; §Kiev—§Kiev: §Kiev… §Kiev's, e.g. §Kiev, the U.S. and §Kiev."),
    ("md", "*[Kiev]: the capital\n\n§Kiev."),
    // Markdown.
    ("md", "§Kiev\n\n> Kiev is cold.\n>\n> - Kiev\n\n> [!NOTE]\n> §Kiev.\n\n§Kiev."),
    (
        "md",
        "[§Kiev](Kiev.md \"Kiev\"), [[Kiev]], [[Kiev|§Kiev]], ![§Kiev](Kiev.jpg \"Kiev\"), `Kiev`, <https://Kiev.example>.",
    ),
    (
        "md",
        "§Kiev[^Kiev], [Kiev], [Kiev][], [§Kiev][a].\n\n[^Kiev]: §Kiev.\n\n[Kiev]: http://a \"Kiev\"\n[a]: Kiev 'Kiev'\n",
    ),
    ("md", "# Kiev\n\nSee [above](#kiev).\n\n## §Kiev and more\n"),
    ("md", "§Kiev $$\nKiev\n$$ §Kiev\n\n{{< map Kiev >}}\n\n{% include Kiev %}\n\n{{ Kiev }} %% Kiev %% §Kiev\n"),
    ("md", "import Kiev from './Kiev.js'\nexport const Kiev = 1\n\n§Kiev <Map city=\"Kiev\" />.\n"),
    (
        "md",
        "§Kiev <q>Kiev</q> <kbd>Kiev</kbd> <b title=\"Kiev\">§Kiev</b>.\n\n<blockquote>\n\nKiev\n\n</blockquote>\n\n§Kiev",
    ),
    ("md", "```Kiev\nKiev\n```\n\n    Kiev\n\n<!-- Kiev -->\n\n| §Kiev |\n|---|\n| §Kiev |\n"),
    // HTML.
    (
        "html",
        "<p title=\"Kiev\" class=Kiev><a href=\"Kiev.html\">§Kiev</a> <q>Kiev</q> <cite>Kiev</cite> <code>Kiev</code> §Kiev.</p>",
    ),
    (
        "html",
        "<blockquote><p>Kiev</p></blockquote><p>§Kiev <img src=Kiev.jpg alt=\"§Kiev\" title=\"Kiev\"> <samp>Kiev</samp>",
    ),
    ("html", "<p>[Kiev id=3] §Kiev [map city=\"Kiev\"]</p><p id=Kiev>§Kiev</p>"),
    // reStructuredText.
    (
        "rst",
        ".. _Kiev: http://a.example\n\nThe `Kiev`_ train, Kiev_ and Kiev__, `Kiev <http://a>`_ and `§Kiev <http://a>`__. §Kiev.\n",
    ),
    (
        "rst",
        "See :ref:`Kiev`, :ref:`§Kiev <a>`, :doc:`Kiev`, :term:`Kiev`, :emphasis:`§Kiev`, |Kiev|, [Kiev]_, _`Kiev`, §Kiev.\n",
    ),
    (
        "rst",
        ".. |Kiev| replace:: Kiev\n.. [Kiev] §Kiev.\n.. image:: Kiev.jpg\n   :alt: §Kiev\n   :target: Kiev\n\n§Kiev.\n",
    ),
    ("rst", "Kiev\n====\n\nSee `Kiev`_.\n\n§Kiev and more\n-------------\n\n§Kiev.\n"),
    ("rst", "§Kiev.\n\n   Kiev is cold.\n\n* §Kiev\n\n  §Kiev.\n\n.. epigraph:: Kiev.\n\n.. note:: §Kiev.\n"),
    // AsciiDoc.
    ("adoc", "§Kiev <<Kiev>>, <<Kiev,§Kiev>>, xref:Kiev[§Kiev], xref:Kiev[], link:Kiev.html[§Kiev], {Kiev}, §Kiev.\n"),
    (
        "adoc",
        "image::Kiev.png[§Kiev]\n\ninclude::Kiev.adoc[]\n\n§Kiev image:Kiev.png[§Kiev], icon:Kiev[], [[Kiev]]§Kiev, btn:[Kiev].\n",
    ),
    (
        "adoc",
        ":kiev: Kiev\n:Kiev: Kiev\n\n[#Kiev,role=Kiev]\n== Kiev\n\nSee <<Kiev>> and <<_kiev>>.\n\n== §Kiev and more\n",
    ),
    ("adoc", "§Kiev.\n\n[quote, Kiev]\n____\nKiev.\n____\n\n§Kiev.\n\n[quote]\nKiev.\n\n§Kiev.\n\n> Kiev.\n\n§Kiev.\n"),
    // Mail quotes what it answers.
    ("txt", "§Kiev.\n\n> Kiev.\n\n§Kiev."),
    // Front matter, with comments and marks around values.
    ("md", "---\ntitle: §Kiev falls # Kiev\nslug: Kiev\ntags: [Kiev]\nimage: Kiev.jpg\n---\n\n§Kiev."),
    ("md", "---\ntitle: '“Kiev” and §Kiev'\ndescription: '\"Kiev is cold,\" he says in §Kiev' # Kiev\n---\n\n§Kiev."),
    ("md", "---\ntitle: \"\\\"Kiev is cold,\\\" in §Kiev\"\nsummary: [Kiev, Lviv]\nsubtitle: *Kiev\n---\n\n§Kiev."),
    ("md", "+++\ntitle = \"§Kiev falls\" # Kiev\nsummary = '§Kiev'\n+++\n\n§Kiev."),
    ("html", "---\ntitle: §Kiev falls # Kiev\n---\n<p>§Kiev.</p>"),
    ("txt", "---\ntitle: §Kiev falls # Kiev\nslug: Kiev\n---\n\n§Kiev."),
    ("rst", "---\ntitle: §Kiev falls # Kiev\nslug: Kiev\n---\n\n§Kiev.\n"),
    ("adoc", "+++\ntitle = \"§Kiev falls\" # Kiev\nslug = \"Kiev\"\n+++\n\n§Kiev.\n"),
    ("mdx", "import Kiev from './Kiev'\n\n§Kiev <Map city={Kiev} />.\n"),
    // A mark of byte order stands before the text and stays.
    ("txt", "\u{feff}§Kiev fell."),
    ("md", "\u{feff}---\ntitle: §Kiev falls\n---\n\n§Kiev fell."),
    ("md", "\u{feff}# §Kiev\n\n§Kiev fell."),
    ("html", "\u{feff}<h1>§Kiev</h1><p>§Kiev fell."),
    ("json", "\u{feff}{\"text\": \"In §Kiev they fell.\", \"Kiev\": \"Kiev\", \"url\": \"Kiev\"}"),
    (
        "xml",
        "\u{feff}<rss><channel><item><title>To §Kiev</title><link>Kiev</link><description>§Kiev fell.</description></item></channel></rss>",
    ),
    ("rst", "\u{feff}§Kiev now\n========\n\n§Kiev fell.\n"),
    ("adoc", "\u{feff}= §Kiev\n\n§Kiev fell.\n"),
    // Words in a text that is spelled otherwise, and breaks of any sort.
    ("json", "{\"text\": \"\\u201cKiev is cold,\\u201d she said in §Kiev. \\\"Kiev.\\\" §Kiev.\"}"),
    (
        "rss",
        "<rss><channel><item><description>&lt;blockquote&gt;Kiev&lt;/blockquote&gt; §Kiev &lt;a href=\"Kiev\"&gt;§Kiev&lt;/a&gt;</description></item></channel></rss>",
    ),
    ("txt", "§Kiev.\r\n\r\n“Kiev. Kiev.\r\n\r\n“Kiev.” §Kiev.\r\n"),
    ("txt", "§Kiev.\r\r“Kiev. Kiev.\r\r“Kiev.” §Kiev.\r"),
    ("md", "---\r\ntitle: §Kiev falls # Kiev\r\n---\r\n\r\n§Kiev.\r\n"),
    ("txt", "“Mr Kiev's plan,” and §Kiev's plan; the players’ §Kiev."),
    ("txt", "§Kiev: snake_case_Kiev and §Kiev."),
];

#[test]
fn only_the_words_of_the_writer_change() {
    let mut wrong = Vec::new();
    for (ending, marked) in OWN {
        let text = marked.replace('§', "");
        let (_, fixed) = fixed_by(desk(), &format!("a.{ending}"), &text);
        if fixed.text != marked.replace("§Kiev", "Kyiv") {
            wrong.push(format!("{ending}: {marked}\n{:?}\n", fixed.text));
        }
        let (_, again) = fixed_by(desk(), &format!("a.{ending}"), &fixed.text);
        if !again.applied.is_empty() {
            wrong.push(format!("{ending}: {marked}\nagain: {:?}\n", again.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is written may be more than words to whoever reads the file: then it is refused, and else the rest is read as before.
#[test]
fn data_stays_data() {
    let replacements =
        ["a: b", "a #b", "a:", "\"a\"", "'a'", "a's", "a\\b", "a & b", "a <b> c", "null", "12", "a\nb", "- a", "é"];
    let refused: [(&str, &str, &[&str]); 9] = [
        ("md", "---\ntitle: Kiev\n---\n\nx", &["a: b", "a #b", "a:", "\"a\"", "'a'", "null", "12", "a\nb", "- a"]),
        ("md", "---\ntitle: In Kiev\n---\n\nx", &["a: b", "a #b", "a:", "a\nb"]),
        ("md", "---\ntitle: 'In Kiev'\n---\n\nx", &["'a'", "a's", "a\nb"]),
        ("md", "---\ntitle: \"In Kiev\"\n---\n\nx", &["\"a\"", "a\\b", "a\nb"]),
        ("md", "+++\ntitle = \"In Kiev\"\n+++\n\nx", &["\"a\"", "a\\b", "a\nb"]),
        ("json", "{\"text\": \"In Kiev\"}", &["\"a\"", "a\\b", "a\nb", "a <b> c"]),
        (
            "rss",
            "<rss><channel><item><description>In Kiev</description></item></channel></rss>",
            &["a & b", "a <b> c", "a\nb"],
        ),
        ("html", "<p>In Kiev</p>", &["a & b", "a <b> c", "a\nb"]),
        ("txt", "In Kiev", &["a\nb", "a <b> c"]),
    ];
    for (ending, text, refused) in refused {
        for replacement in replacements {
            let pack = format!("[[rule]]\nid = \"a\"\nkind = \"term\"\navoid = [\"Kiev\"]\nprefer = {replacement:?}\n");
            let (_, fixed) = fixed_by(&desk_with(&pack), &format!("a.{ending}"), text);
            let is_refused = refused.contains(&replacement);
            assert_eq!(fixed.applied.len(), usize::from(!is_refused), "{replacement:?} in {text}: {:?}", fixed.left);
            assert_eq!(fixed.text, if is_refused { text.to_owned() } else { text.replace("Kiev", replacement) });
            if ending == "json" {
                serde_json::from_str::<serde_json::Value>(&fixed.text).unwrap();
            }
        }
    }
}

/// A text that is another one by now stays as it is.
#[test]
fn words_that_moved_are_left_alone() {
    let (answer, _) = fixed_by(desk(), "a.txt", "Today Kiev is cold.");
    for now in ["Today Lviv is cold.", "Today, Kiev is cold.", "Kiev"] {
        let source = Source::read("a.txt", now.into()).unwrap();
        let fixed = fix(&source, &answer.diagnostics, &desk().packs().language);
        assert_eq!((fixed.text.as_str(), fixed.left[0].1), (now, Left::Moved));
    }
}

/// Of so many fixes that none can be proven, none is made, each is said, and what holds beside them is made.
#[test]
fn proving_ends() {
    let line = format!("[Kiev] {}\n\n", "and so on ".repeat(20));
    let text = format!("{}Kiev.\n\n[Kiev]: /a\n", line.repeat(40));
    let (answer, fixed) = fixed_by(desk(), "a.md", &text);
    assert_eq!(fixed.applied.len() + fixed.left.len(), 41);
    assert!(fixed.left.iter().all(|(_, why)| matches!(why, Left::Otherwise | Left::Unproven)), "{:?}", fixed.left);
    assert_eq!(fixed.text.matches("[Kiev]").count(), 41);
    let mut found = answer.diagnostics;
    keep_sound(&answer.document, &mut found, &desk().packs().language);
    assert!(found.iter().filter_map(|found| found.fix.as_ref()).all(|fix| fix.span.start as usize > text.len() - 30));
}

/// Fixes that hold together because of each other, and not alone, are not made.
#[test]
fn each_fix_holds_alone() {
    let pack = "[[rule]]\nid = \"a\"\nkind = \"term\"\navoid = [\"Kiev\"]\nprefer = \"Kyiv_*\"\n";
    let desk = desk_with(pack);
    for text in ["Kiev and Kiev.\n", "*Kiev and Kiev.\n", "a Kiev b Kiev c Kiev d\n"] {
        let (answer, fixed) = fixed_by(&desk, "a.md", text);
        for fix in &fixed.applied {
            assert_eq!(refused(&answer.document, &[fix], &desk.packs().language), None, "{text}");
        }
    }
}
