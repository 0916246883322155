//! One article in every format gives the same findings at the right places, and hostile input is refused with a message.

#![cfg(feature = "formats")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Rule and words of what is wrong in `tests/formats/talks.*`.
const WRONG: [(&str, &str); 4] =
    [("office", "Prime Minister"), ("date", "Sunday"), ("name", "Von"), ("office", "President")];

fn factlint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_factlint")).args(arguments).current_dir(folder).output().unwrap()
}

/// Rule, words in the original bytes, and the place as line and column of each finding.
fn found(folder: &Path, file: &str) -> Vec<(String, String, (u64, u64))> {
    let run = factlint(folder, &["check", file, "--format", "json", "--fail-on", "never", "--quiet"]);
    assert!(run.status.success(), "{file}: {}", String::from_utf8_lossy(&run.stderr));
    let json: Value = serde_json::from_slice(&run.stdout).unwrap();
    let findings = json["diagnostics"].as_array().unwrap().iter().map(|found| {
        let (span, text) = (&found["span"], |value: &Value| value.as_str().unwrap().to_owned());
        let words = text(&span["text"]).split_whitespace().collect::<Vec<_>>().join(" ");
        (text(&found["rule"]), words, (span["line"].as_u64().unwrap(), span["column"].as_u64().unwrap()))
    });
    findings.collect()
}

fn expected() -> Vec<(String, String)> {
    WRONG.iter().map(|(rule, words)| ((*rule).to_owned(), (*words).to_owned())).collect()
}

fn said(found: &[(String, String, (u64, u64))]) -> Vec<(String, String)> {
    found.iter().map(|(rule, words, _)| (rule.clone(), words.clone())).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("factlint-inputs-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A DOCX file with these paragraphs, each with its style.
fn docx(paragraphs: &[(&str, &str)]) -> Vec<u8> {
    let mut body = String::new();
    for (style, text) in paragraphs {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        // A word processor cuts words into runs where it likes.
        let (a, b) = escaped.split_at(escaped.char_indices().nth(9).unwrap().0);
        body.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{a}</w:t></w:r><w:del><w:r><w:delText>Swedish</w:delText></w:r></w:del><w:r><w:rPr><w:b/></w:rPr><w:t>{b}</w:t></w:r></w:p>"
        ));
    }
    let xml = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn every_text_format_gives_the_same_findings() {
    let formats = support::root().join("tests/formats");
    let mut files: Vec<String> =
        std::fs::read_dir(&formats).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert!(files.len() >= 10, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(formats.join(&file)).unwrap();
        let findings = found(&formats, &file);
        // Markup and escapes inside a finding are part of its words there.
        let plain = |words: &str| words.replace("<b>", "").replace("</b>", "");
        let said: Vec<_> = said(&findings).into_iter().map(|(rule, words)| (rule, plain(&words))).collect();
        assert_eq!(said, expected(), "{file}");
        for (rule, words, (line, column)) in findings {
            let row = text.lines().nth(line as usize - 1).unwrap();
            let here: String = row.chars().skip(column as usize - 1).collect();
            let first = words.split(' ').next().unwrap();
            assert!(here.starts_with(first), "{file}: {rule} is not at {line}:{column}: {here}");
        }
    }
}

#[test]
fn packed_files_give_the_same_findings() {
    let folder = folder("packed");
    let paragraphs = [
        ("Heading1", "Leaders meet at the Élysée & talk on"),
        ("Normal", "Finnish Prime Minister Alexander Stubb said “we’re close” on Sunday, 18 August 2025."),
        ("Normal", "Ursula Von der Leyen, head of the S&P panel, flew home."),
        ("Caption", "Norwegian President Jonas Gahr Støre arrives."),
    ];
    std::fs::write(folder.join("2025-08-17-talks.docx"), docx(&paragraphs)).unwrap();
    let text = std::fs::read(support::root().join("tests/formats/talks.txt")).unwrap();
    std::fs::write(folder.join("talks.txt.gz"), gzip(&text)).unwrap();
    for file in ["2025-08-17-talks.docx", "talks.txt.gz"] {
        assert_eq!(said(&found(&folder, file)), expected(), "{file}");
        let before = std::fs::read(folder.join(file)).unwrap();
        let fix = factlint(&folder, &["check", file, "--fix", "--fail-on", "never"]);
        assert!(String::from_utf8_lossy(&fix.stderr).contains("nothing is written back"), "{fix:?}");
        assert_eq!(fix.status.code(), Some(2), "{fix:?}");
        assert_eq!(std::fs::read(folder.join(file)).unwrap(), before);
    }
    // Line and column are paragraph and offset.
    let places: Vec<_> = found(&folder, "2025-08-17-talks.docx").into_iter().map(|(.., at)| at).collect();
    assert_eq!(places[0], (2, 9));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn fixes_keep_markup_whole() {
    let folder = folder("fix");
    let formats = support::root().join("tests/formats");
    for (file, before, behind) in [
        ("talks.html", "<i>Von</i> der Leyen", "<i>von</i> der Leyen"),
        ("talks.ninjs.json", "Ursula Von der", "Ursula von der"),
        ("talks.adoc", "[Von] der", "[von] der"),
    ] {
        let text = std::fs::read_to_string(formats.join(file)).unwrap();
        std::fs::write(folder.join(file), &text).unwrap();
        factlint(&folder, &["check", file, "--fix", "--fail-on", "never"]);
        assert_eq!(std::fs::read_to_string(folder.join(file)).unwrap(), text.replace(before, behind), "{file}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn hostile_input_is_refused_or_read_and_never_fatal() {
    let folder = folder("hostile");
    let deep = |open: &str, close: &str| format!("{}x{}", open.repeat(100_000), close.repeat(100_000)).into_bytes();
    let zeros = vec![b' '; 80 * 1024 * 1024];
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    bomb.write_all(&zeros).unwrap();
    let mut outside = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    outside.start_file("../../outside.txt", zip::write::SimpleFileOptions::default()).unwrap();
    outside.write_all(b"out").unwrap();
    let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>";
    let half = gzip(b"The talks went on.");
    // What is refused or damaged says so and names the file; what is read may be silent.
    for (file, bytes, told) in [
        ("bomb.docx", bomb.finish().unwrap().into_inner(), true),
        ("bomb.txt.gz", gzip(&zeros), true),
        ("outside.docx", outside.finish().unwrap().into_inner(), true),
        ("none.docx", b"this is no archive".to_vec(), true),
        ("half.txt.gz", half[..half.len() / 2].to_vec(), true),
        ("deep.json", deep("[", "]"), true),
        ("objects.json", deep("{\"a\":", "}"), true),
        ("deep.html", deep("<div>", "</div>"), false),
        ("stray.html", format!("{}x{}", "<div>".repeat(50_000), "</p>".repeat(50_000)).into_bytes(), false),
        ("deep.xml", deep("<a>", "</a>"), true),
        ("laughs.xml", laughs.into(), false),
        ("open.html", b"<p title='x <b>Alexander <i>Stubb & &#xffffffff; &nope; <".to_vec(), true),
        ("open.json", b"{\"text\": \"Stubb \\ud83d \\".to_vec(), true),
        ("open.xml", b"<rss><item><title><![CDATA[Stubb".to_vec(), true),
    ] {
        std::fs::write(folder.join(file), bytes).unwrap();
        let run = factlint(&folder, &["check", file]);
        let errors = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(if told { 2 } else { 0 }), "{file}: {errors}");
        assert!(!told || errors.contains(&format!("{file}:")), "{file}: {errors}");
        assert!(!errors.contains("panicked"), "{file}: {errors}");
    }
    assert!(!folder.parent().unwrap().join("outside.txt").exists());
    std::fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
#[test]
fn folders_that_hold_themselves_are_walked_once() {
    let folder = folder("loop");
    std::fs::write(folder.join("a.txt"), "Finnish President Alexander Stubb arrived.").unwrap();
    std::os::unix::fs::symlink(&folder, folder.join("again")).unwrap();
    let run = factlint(&folder, &["check", "--against", "."]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

/// Text with entities and escapes leads back to the bytes that spell it, in every format.
#[test]
fn words_lead_back_to_their_spelling() {
    let folder = folder("spelling");
    let spelled = [
        ("a.html", "<p>It was &ldquo;odd&rdquo; &mdash; Ursula V&#111;n der Leyen left.</p>", "V&#111;n"),
        (
            "a.json",
            "{\"text\": \"It was \\u201codd\\u201d \\ud83d\\ude00 Ursula V\\u006fn der Leyen left.\"}",
            "V\\u006fn",
        ),
        (
            "a.rss",
            "<rss><item><description>&lt;p&gt;Ursula V&amp;#111;n der Leyen left.</description></item></rss>",
            "V&amp;#111;n",
        ),
    ];
    for (file, text, words) in spelled {
        std::fs::write(folder.join(file), text).unwrap();
        let findings = found(&folder, file);
        let (_, span, (line, column)) = findings.first().unwrap_or_else(|| unreachable!("{file}: nothing is found"));
        assert_eq!((span.as_str(), *line), (words, 1), "{file}");
        let at = text.chars().take(*column as usize - 1).collect::<String>();
        assert_eq!(text.find(words), Some(at.len()), "{file}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// The places of findings, for a run in a folder.
fn reported(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let run = factlint(folder, arguments);
    String::from_utf8(run.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_date_given_outside_is_read_as_one_in_the_draft() {
    let folder = support::folder("dated");
    let says = "French Prime Minister Emmanuel Macron met the guests on Sunday 17 August 2025.\n";
    std::fs::write(folder.join("own.md"), format!("---\ndate: 2025-08-18\n---\n\n{says}")).unwrap();
    std::fs::write(folder.join("draft.md"), format!("\n\n\n\n{says}")).unwrap();
    let own = reported(&folder, &["check", "own.md", "--format", "short"]);
    assert_eq!(own.len(), 1, "{own:?}");
    let renamed: Vec<String> = own.iter().map(|line| line.replace("own.md", "draft.md")).collect();
    let date = ["--date", "2025-08-18"];
    assert_eq!(reported(&folder, &[&["check", "draft.md", "--format", "short"][..], &date].concat()), renamed);
    let claim = |arguments: &[&str]| reported(&folder, arguments).concat().contains("conflict");
    assert!(claim(&[&["claims", "draft.md"][..], &date].concat()));
    assert!(claim(&[&["why", "draft.md:5"][..], &date].concat()));
    // A configuration dates single files in the same way, and the command line goes before it.
    std::fs::write(folder.join("factlint.toml"), "[[overrides]]\nfiles = [\"draft.md\"]\ndate = 2025-08-18\n").unwrap();
    assert_eq!(reported(&folder, &["check", "draft.md", "--format", "short"]), renamed);
    assert!(claim(&["claims", "draft.md"]) && claim(&["why", "draft.md:5"]));
    let later = reported(&folder, &["check", "draft.md", "--format", "short", "--date", "2031-01-01"]);
    assert_ne!(later, renamed);
}

#[test]
fn fixes_that_are_left_alone_are_said_with_the_reason() {
    let folder = support::folder("left");
    let text = "---\ndate: 2025-08-18\n---\n\nFinnish Prime Minister Alexander Stubb told CCN so.\n";
    std::fs::write(folder.join("draft.md"), text).unwrap();
    for flag in ["--diff", "--fix"] {
        let run = factlint(&folder, &["check", "draft.md", flag]);
        let said = String::from_utf8(run.stderr).unwrap();
        let left = "note: draft.md:5:9: left alone: Prime Minister → President: it is not safe";
        assert!(said.contains(left), "{flag}: {said}");
        assert!(!said.contains("left alone: CCN"), "{flag}: {said}");
    }
    let report = reported(&folder, &["check", "draft.md"]).join("\n");
    assert!(report.contains("fix (not safe): Prime Minister → President"), "{report}");
    assert!(std::fs::read_to_string(folder.join("draft.md")).unwrap().contains("told CNN so"));
}

#[test]
fn sarif_names_no_file_that_is_not_there() {
    let folder = support::folder("sarif");
    std::fs::write(
        folder.join("draft.md"),
        "---\ndate: 2025-08-18\n---\n\nFinnish Prime Minister Alexander Stubb left.\n",
    )
    .unwrap();
    let run = factlint(&folder, &["check", "draft.md", "--format", "sarif"]);
    let log: Value = serde_json::from_slice(&run.stdout).unwrap();
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["informationUri"].as_str().unwrap().contains(':'));
    let names: Vec<&str> =
        driver["rules"].as_array().unwrap().iter().map(|rule| rule["name"].as_str().unwrap()).collect();
    let mut distinct = names.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), names.len());
    assert!(driver["rules"].as_array().unwrap().iter().all(|rule| rule["name"] != rule["id"]));
    let related = run["results"][0]["relatedLocations"].as_array().unwrap();
    assert!(!related.is_empty());
    for place in related {
        let artifact = &place["physicalLocation"]["artifactLocation"];
        let base = artifact["uriBaseId"].as_str();
        assert!(base.is_some_and(|base| run["originalUriBaseIds"][base]["description"]["text"].is_string()));
    }
    // What the evidence cites can be printed.
    let line = related[0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap();
    let pack = reported(&folder, &["rules", "--pack", "leaders"]);
    let cited = pack.iter().find(|row| row.trim_start().starts_with(&format!("{line} "))).unwrap();
    assert!(cited.contains("Alexander Stubb is President of Finland"), "{cited}");
}

/// What could not be read is named with its place, and no file of which nothing was read is called clean.
#[test]
fn what_was_not_read_is_said() {
    let folder = support::folder("unread");
    let slip = "The fair opened on Sunday, 18 August 2025.";
    // The file, what stands in it, where and why something was not read, and how many findings there are all the same.
    let files = [
        (
            "a.jsonl",
            format!("{{\"text\": \"Fine.\"}}\n{slip}\n{{\"text\": \"{slip}\"}}\n"),
            "2:1: the JSON is broken",
            1,
        ),
        (
            "b.jsonl",
            format!("{{\"text\": \"Fine.\"}}\n{{\"text\": \"{slip}\n{{\"text\": \"Fine.\"}}\n"),
            "2:10: the string",
            1,
        ),
        ("c.json", format!("{{\"title\": \"Fine\", \"body\": \"{slip}"), "1:27: the string", 1),
        ("d.json", format!("{{\"remark\": \"{slip}\"}}"), "1:1: no object has a text", 0),
        ("e.html", format!("<html><body><p>Fine.</p><!-- {slip}"), "1:25: the comment", 0),
        ("f.html", format!("<p>Fine.</p><style>\n<p>{slip}</p>"), "1:13: the <style>", 0),
        ("g.html", format!("<p>Fine.</p><script>\n<p>{slip}</p>"), "1:13: the <script>", 0),
        ("h.md", format!("Fine.\n\n~~~\n{slip}\n"), "3:1: the block of code", 0),
        ("i.xml", format!("<page><p>{slip}</p></page>"), "1:1: no item of RSS", 0),
        (
            "j.rss",
            format!("<rss><channel><item><story>{slip}</story></item></channel></rss>"),
            "1:21: <story> is not read",
            0,
        ),
    ];
    for (name, text, place, findings) in files {
        std::fs::write(folder.join(name), text).unwrap();
        let run = factlint(&folder, &["check", name, "--format", "short"]);
        let (found, said) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
        assert!(said.contains(&format!("error: not read: {name}:{place}")), "{name}: {said}");
        assert_eq!(found.lines().count(), findings, "{name}: {found}");
        assert_eq!(run.status.code(), Some(if findings > 0 { 1 } else { 2 }), "{name}: {said}");
        let closing = factlint(&folder, &["check", name]);
        let closing =
            format!("{}{}", String::from_utf8_lossy(&closing.stdout), String::from_utf8_lossy(&closing.stderr));
        assert!(!closing.contains("nothing found"), "{name}: {closing}");
        let allowed = factlint(&folder, &["check", name, "--allow-unreadable", "--fail-on", "never"]);
        assert_eq!(allowed.status.code(), Some(0), "{name}");
    }
}

/// Blocks of HTML in Markdown are prose and captions; tags in plain text and JSON are no prose.
#[test]
fn markup_is_read_for_what_it_is() {
    let folder = support::folder("markup");
    let head = "---\ndate: 2025-08-18\n---\n\n";
    let slip = "Finnish Prime Minister Alexander Stubb left.";
    for (open, close) in [
        ("<figure>\n<figcaption>", "</figcaption>\n</figure>"),
        ("<blockquote>", "</blockquote>"),
        ("<div class=\"box\">\n<p>", "</p>\n</div>"),
        ("<details><summary>More</summary>\n\n", "\n\n</details>"),
        ("<table><tr><td>", "</td></tr></table>"),
    ] {
        std::fs::write(folder.join("draft.md"), format!("{head}{open}{slip}{close}\n")).unwrap();
        let found = reported(&folder, &["check", "draft.md", "--format", "short"]);
        assert_eq!(found.len(), 1, "{open}: {found:?}");
    }
    let post = "<blockquote class=\"post\" data-id=\"7\"><p lang=\"en\">We sail at noon</p>\u{2014} Ada (@ada) \
                <a href=\"https://example.org/7\" title='At \"sea\"'>now</a></blockquote>";
    let told = "The ship left. Its owner waved.";
    std::fs::write(folder.join("post.txt"), format!("{told}\n\n{post}\n\n{told}\n")).unwrap();
    let json = serde_json::json!({ "text": format!("{told}\n\n{post}\n\n{told}") });
    std::fs::write(folder.join("post.json"), json.to_string()).unwrap();
    // A text that lies deeper, or in parts, is one all the same.
    let late = "The fair opened on Sunday, 18 August 2025.";
    for nested in [
        serde_json::json!({ "content": { "paragraphs": [late] } }),
        serde_json::json!({ "body": ["Fine.", late] }),
        serde_json::json!({ "article": { "body": [{ "type": "p", "text": late }] } }),
        serde_json::json!({ "content": { "rendered": format!("<p>{late}</p>") } }),
    ] {
        std::fs::write(folder.join("nested.json"), nested.to_string()).unwrap();
        let found = reported(&folder, &["check", "nested.json", "--format", "short"]);
        assert!(found.len() == 1 && found[0].contains("error[date]"), "{nested}: {found:?}");
    }
    for file in ["post.txt", "post.json"] {
        assert_eq!(reported(&folder, &["check", file, "--format", "short"]), [""; 0], "{file}");
    }
}

/// What is not seen parts no name and gets into no fix, and a letter with a mark is one however it is written.
#[test]
fn what_is_not_seen_makes_no_other_name() {
    let folder = support::folder("unseen");
    for (one, other) in [
        ("Lind\u{ad}berg", "Lindberg"),
        ("Lind\u{200b}berg", "Lindberg"),
        ("Lind\u{2060}berg", "Lindberg"),
        ("Andre\u{301}n", "Andr\u{e9}n"),
        ("Sta\u{30a}hlberg", "St\u{e5}hlberg"),
    ] {
        let draft = folder.join("draft.md");
        let text = format!("Karl {one} left. Later {other} waited, and {one} came. Karl\u{a0}{other} sang.\n");
        std::fs::write(&draft, &text).unwrap();
        let run = factlint(&folder, &["check", "draft.md", "--format", "short", "--fix"]);
        assert_eq!((run.status.code(), run.stdout.len()), (Some(0), 0), "{one:?}: {run:?}");
        assert_eq!(std::fs::read_to_string(draft).unwrap(), text);
    }
}

/// What stands for good is held against a source of any day, and a year in a full date as one alone.
#[test]
fn a_year_that_stands_for_good_is_held_against_older_sources() {
    let folder = support::folder("standing");
    std::fs::create_dir(folder.join("archive")).unwrap();
    let told = |date: &str, when: &str| {
        format!(
            "---\ndate: {date}\n---\n\nThe port of Brevik was founded {when} by the merchants of three northern islands.\n"
        )
    };
    for (there, when, right) in [
        ("2024-05-02", "in 1921", "in 1912"),
        ("2024-04-20", "in 1921", "in 1912"),
        ("2024-05-02", "on 4 July 1921", "on 4 July 1912"),
        ("2024-04-20", "on 4 July 1921", "on 4 July 1912"),
    ] {
        std::fs::write(folder.join("archive/a.md"), told(there, right)).unwrap();
        std::fs::write(folder.join("draft.md"), told("2024-05-03", when)).unwrap();
        let found = reported(&folder, &["check", "draft.md", "--against", "archive", "--format", "short"]);
        let (wrong, right) = (when.split_once(' ').unwrap().1, right.split_once(' ').unwrap().1);
        let said = format!("warning[alignment]: a source has {right} where this has {wrong}");
        assert!(found.len() == 1 && found[0].contains(&said), "{there}, {when}: {found:?}");
        std::fs::write(
            folder.join("draft.md"),
            told("2024-05-03", &format!("{} {right}", when.split(' ').next().unwrap())),
        )
        .unwrap();
        assert_eq!(reported(&folder, &["check", "draft.md", "--against", "archive", "--format", "short"]), [""; 0]);
    }
}

/// What `--fix` would leave alone, programs are not told to do either; people are told of it.
#[test]
fn programs_are_given_no_fix_that_touches_more_than_its_words() {
    let folder = support::folder("programs");
    let whole = "Steve Witkoff told CCN so.";
    let formats = ["json", "sarif", "rdjson"];
    for (file, text, fixes) in [
        ("whole.html", format!("<p>{whole}</p>"), 1),
        ("cut.html", format!("<p>{}</p>", whole.replace("CCN", "C<b>C</b>N")), 0),
        ("both.html", format!("<p>{whole}</p>\n<p>{}</p>", whole.replace("CCN", "C<b>C</b>N")), 1),
        ("escaped.json", format!("{{\"text\": \"{}\"}}", whole.replace("CCN", "C\\u0043N")), 0),
    ] {
        std::fs::write(folder.join(file), text).unwrap();
        for format in formats {
            let run = factlint(&folder, &["check", file, "--format", format]);
            let written: Value = serde_json::from_slice(&run.stdout).unwrap();
            assert_eq!(replacements(&written), fixes, "{file} as {format}: {written:#}");
        }
        let pretty = reported(&folder, &["check", file]).join("\n");
        assert!(pretty.contains("→ CNN"), "{file}: {pretty}");
    }
}

/// How many replacements of a name stand in what a program reads.
fn replacements(written: &Value) -> usize {
    match written {
        Value::Object(fields) => {
            let words = [fields.get("replacement"), fields.get("text")];
            let is_fix = words.iter().flatten().any(|words| *words == "CNN");
            usize::from(is_fix) + fields.values().map(replacements).sum::<usize>()
        }
        Value::Array(all) => all.iter().map(replacements).sum(),
        _ => 0,
    }
}
