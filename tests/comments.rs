//! Comments that let a finding stand: what the editor writes into a text of any format allows the finding there, and
//! changes nothing that anybody reads.

#![cfg(feature = "lsp")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "support/editor.rs"]
mod editor;
mod support;

use editor::Client;
use serde_json::{Value, json};
use std::path::Path;
use support::{factlint, folder, out, read};

/// A file, its text, and the text once the finding about its Monday stands; nothing where no comment can be written.
/// 17 November 2025 is a Monday.
const CASES: [(&str, &str, Option<&str>); 22] = [
    (
        "plain.md",
        "It rained.\n\nIt sank on Sunday, 17 November 2025.\n",
        Some("It rained.\n\n@\nIt sank on Sunday, 17 November 2025.\n"),
    ),
    (
        "wrapped.md",
        "It rained, and then\nit sank on Sunday, 17 November 2025.\n",
        Some("@\nIt rained, and then\nit sank on Sunday, 17 November 2025.\n"),
    ),
    (
        "title.md",
        "# Lost on Sunday, 17 November 2025\n\nIt rained.\n",
        Some("@\n# Lost on Sunday, 17 November 2025\n\nIt rained.\n"),
    ),
    (
        "setext.md",
        "The harbour\n===\nIt sank on Sunday, 17 November 2025.\n",
        Some("The harbour\n===\n@\nIt sank on Sunday, 17 November 2025.\n"),
    ),
    (
        "list.md",
        "- It rained.\n- It sank on Sunday, 17 November 2025.\n- It froze.\n",
        Some("- It rained.\n- It sank on Sunday@, 17 November 2025.\n- It froze.\n"),
    ),
    (
        "steps.md",
        "1. It rained.\n\n2. It sank on Sunday, 17 November 2025.\n",
        Some("1. It rained.\n\n2. It sank on Sunday@, 17 November 2025.\n"),
    ),
    (
        "table.md",
        "| what | when |\n|---|---|\n| sank | Sunday, 17 November 2025 |\n",
        Some("| what | when |\n|---|---|\n| sank | Sunday@, 17 November 2025 |\n"),
    ),
    ("quote.md", "> It sank on Sunday, 17 November 2025.\n", Some("> It sank on Sunday@, 17 November 2025.\n")),
    ("front.md", "---\ntitle: Lost on Sunday, 17 November 2025\n---\n\nIt rained.\n", None),
    ("alt.md", "![Lost on Sunday, 17 November 2025](a.jpg)\n\nIt rained.\n", None),
    (
        "page.html",
        "<p>It rained.</p>\n<p>It sank on Sunday, 17 November 2025.</p>\n",
        Some("<p>It rained.</p>\n@\n<p>It sank on Sunday, 17 November 2025.</p>\n"),
    ),
    (
        "indented.html",
        "<div>\n  <p>It sank on Sunday, 17 November 2025.</p>\n</div>\n",
        Some("@\n<div>\n  <p>It sank on Sunday, 17 November 2025.</p>\n</div>\n"),
    ),
    (
        "title.html",
        "<html><head>\n<title>\nLost on Sunday, 17 November 2025</title></head></html>\n",
        Some("@\n<html><head>\n<title>\nLost on Sunday, 17 November 2025</title></head></html>\n"),
    ),
    (
        "story.rst",
        "The harbour\n===========\n\nIt rained, and then\nit sank on Sunday, 17 November 2025.\n",
        Some("The harbour\n===========\n\n@\n\nIt rained, and then\nit sank on Sunday, 17 November 2025.\n"),
    ),
    (
        "title.rst",
        "Lost on Sunday, 17 November 2025\n================================\n\nIt rained.\n",
        Some("@\n\nLost on Sunday, 17 November 2025\n================================\n\nIt rained.\n"),
    ),
    ("list.rst", "- It rained.\n- It sank on Sunday, 17 November 2025.\n", None),
    ("note.rst", ".. note:: Lost\n\n   It sank on Sunday, 17 November 2025.\n", None),
    (
        "story.adoc",
        "= The harbour\n\nIt rained, and then\nit sank on Sunday, 17 November 2025.\n",
        Some("= The harbour\n\n@\n\nIt rained, and then\nit sank on Sunday, 17 November 2025.\n"),
    ),
    ("list.adoc", "* It rained.\n* It sank on Sunday, 17 November 2025.\n", None),
    ("story.txt", "It rained.\n\nIt sank on Sunday, 17 November 2025.\n", None),
    ("story.json", "{\"headline\": \"Lost\",\n\"body_html\": \"<p>It sank on Sunday, 17 November 2025.</p>\"}\n", None),
    (
        "story.xml",
        "<rss><channel><item><title>Lost</title>\n<description>It sank on Sunday, 17 November 2025.</description></item></channel></rss>\n",
        None,
    ),
];

/// The findings of a file, also about its comments, without where they stand.
fn checked(folder: &Path, file: &str) -> Vec<String> {
    let run =
        factlint(&["check", file, "--format", "json", "--fail-on", "never"]).current_dir(folder).output().unwrap();
    let json: Value = serde_json::from_str(&out(&run)).unwrap();
    let said = |found: &Value| format!("{}: {}", found["rule"], found["message"]);
    json["diagnostics"].as_array().unwrap().iter().map(said).collect()
}

/// The words of a file, block for block.
fn blocks(file: &str, text: &str) -> Vec<String> {
    let reading = read(file, text);
    let blocks = reading.document.articles.iter().flat_map(|article| &article.blocks);
    blocks.map(|block| block.prose.text().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_comment_that_the_editor_writes_allows_the_finding_and_nothing_else_changes() {
    let folder = folder("comments");
    let mut client = Client::start(&folder, json!({}));
    for (file, text, expected) in CASES {
        std::fs::write(folder.join(file), text).unwrap();
        let found = checked(&folder, file);
        assert!(found.iter().any(|found| found.contains("is a Monday")), "{file}: {found:?}");
        let uri = format!("file://{}", folder.join(file).display());
        client.open(&uri, text);
        let line = text.lines().position(|line| line.contains("Sunday")).unwrap();
        let character = text.lines().nth(line).unwrap().find("Sunday").unwrap();
        let place = json!({ "line": line, "character": character });
        let answer = client.ask(
            "textDocument/codeAction",
            json!({ "textDocument": { "uri": uri }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } }),
        );
        let actions = answer["result"].as_array().unwrap();
        let titled = |words: &str| actions.iter().find(|action| action["title"].as_str().unwrap().contains(words));
        assert!(titled("in factlint.allow.toml").is_some(), "{file}: {answer}");
        let action = titled("with a comment");
        assert_eq!(action.is_some(), expected.is_some(), "{file}: {answer}");
        let (Some(action), Some(expected)) = (action, expected) else { continue };
        let edits = action["edit"]["changes"][&uri].as_array().unwrap();
        let [edit] = edits.as_slice() else { panic!("{file}: {edits:?}") };
        let (at, comment) = (&edit["range"]["start"], edit["newText"].as_str().unwrap());
        let before: usize = text.split_inclusive('\n').take(at["line"].as_u64().unwrap() as usize).map(str::len).sum();
        let at = before + at["character"].as_u64().unwrap() as usize;
        let written = [&text[..at], comment, &text[at..]].concat();
        assert_eq!(written, expected.replace('@', comment.trim_end()), "{file}");
        assert_eq!(blocks(file, &written), blocks(file, text), "{file}");
        std::fs::write(folder.join(file), &written).unwrap();
        let others: Vec<String> = found.into_iter().filter(|found| !found.contains("is a Monday")).collect();
        assert_eq!(checked(&folder, file), others, "{file}: {written}");
    }
    client.stop();
}

/// A comment in the form that its format has: what is wrong with it is said in that form.
#[test]
fn comments_of_every_format_are_read() {
    let folder = folder("comments-read");
    for (file, open) in [("a.rst", ".. "), ("a.adoc", "// "), ("a.asciidoc", "// ")] {
        for (text, said) in [
            (format!("{open}factlint: allow date: it is\n\nIt sank on Sunday, 17 November 2025.\n"), None),
            (
                format!("{open}factlint: allow date\n\nIt sank on Sunday, 17 November 2025.\n"),
                Some(format!("say why: `{open}factlint: allow date: the reason`")),
            ),
            (
                format!("{open}factlint: allow date: it is\r\n\r\nIt rained.\r\n"),
                Some("this comment allows nothing".to_owned()),
            ),
            (
                format!("It sank, {open}factlint: allow date: it is\n on Sunday, 17 November 2025.\n"),
                Some("is a Monday".to_owned()),
            ),
            ("<!-- factlint: allow date: it is -->\n\nIt sank on Sunday, 17 November 2025.\n".to_owned(), None),
        ] {
            std::fs::write(folder.join(file), &text).unwrap();
            let found = checked(&folder, file);
            assert_eq!(found.is_empty(), said.is_none(), "{file}: {text}{found:?}");
            assert!(said.is_none_or(|said| found.iter().any(|found| found.contains(&said))), "{file}: {text}{found:?}");
        }
    }
}

/// Notes to oneself are no words of a text, wherever they stand.
#[test]
fn a_comment_between_the_lines_of_a_paragraph_is_not_read() {
    assert_eq!(blocks("a.adoc", "It sank\n// a note\nin the harbour.\n/// fog\n"), ["It sank in the harbour. /// fog"]);
}
