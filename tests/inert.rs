//! Nothing live comes through: whatever a draft, a pack, an archive, a file name or an argument holds, what is written for
//! people moves no cursor, forges no row, turns no direction of writing and hides no letter.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;
use support::{err, factlint, folder, out};

/// What acts on a terminal or on a reader, a piece each; the last forges a row where line breaks come through.
const LIVE: [&str; 24] = [
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{9b}2J",
    "\u{8}\u{8}",
    "\r",
    "\u{b}",
    "\u{c}",
    "\u{7f}",
    "\u{85}",
    "\u{90}",
    "\u{202a}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\u{200b}",
    "\u{2060}",
    "\u{2028}",
    "\u{2029}",
    "\u{e0041}",
    "\u{feff}",
    "\nforged: ",
];

/// The first character that acts; a list of its own, so that what is tested does not test itself.
fn live(text: &str) -> Option<char> {
    text.chars().find(|c| {
        let acts = ('\u{200b}'..='\u{200b}').contains(c)
            || ('\u{200e}'..='\u{200f}').contains(c)
            || ('\u{2028}'..='\u{202e}').contains(c)
            || ('\u{2060}'..='\u{2069}').contains(c)
            || ['\u{61c}', '\u{feff}', '\u{e0041}'].contains(c);
        acts || (c.is_control() && *c != '\n')
    })
}

/// A text with pieces between its words.
fn between(words: &str, pieces: &[usize]) -> String {
    let mut pieces = pieces.iter().cycle();
    let mut text = String::new();
    for word in words.split_inclusive(' ') {
        text.push_str(word);
        // Most words stand whole, so that there is something to find.
        let piece = pieces.next().copied().unwrap_or_default();
        text.push_str(LIVE.get(piece % (LIVE.len() * 2)).unwrap_or(&""));
    }
    text
}

/// A text as TOML has it.
fn toml(text: &str) -> String {
    let escaped: String = text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

struct Project {
    folder: PathBuf,
    draft: String,
    pieces: Vec<usize>,
}

impl Project {
    fn new(name: &str, pieces: &[usize]) -> Project {
        let folder = folder(name);
        std::fs::create_dir(folder.join("archive")).unwrap();
        let name = |words: &str, end: &str| format!("{}{end}", between(words, pieces).replace(['/', '\0'], ""));
        let draft = name("a draft of ours ", ".txt");
        let text = "Steve Witkoff told CCN that it is a very unique day. Finnish Prime Minister Alexander Stubb left. ";
        std::fs::write(folder.join(&draft), format!("{}\n{text}\n", between(text, pieces))).unwrap();
        let article = "Steve Witkoff told CNN on Sunday that a deal is near. Finnish President Alexander Stubb came. ";
        for number in 0..2 {
            let text = format!("2025-08-1{number}\n\n{article}\n{}\n", between(article, pieces));
            std::fs::write(folder.join("archive").join(name("an article ", &format!("{number}.txt"))), text).unwrap();
        }
        let words = |words: &str| toml(&between(words, pieces));
        let pack = format!(
            "[[fact]]\nsays = \"Steve Witkoff told CNN\"\nsource = {}\n\n[[rule]]\nid = {}\nkind = \"term\"\n\
             avoid = [\"very unique\"]\nprefer = {}\nstatus = \"trial\"\nowner = {}\nreview = 2020-01-01\ndescription = {}\n\n\
             [[rule.example]]\nbad = {}\n\n[[rule.example]]\nok = {}\nwhy = {}\n",
            words("our own notes "),
            words("very-unique "),
            words("a unique word "),
            words("the copy desk "),
            words("Nothing is more than unique "),
            toml("It is a [very unique] bridge."),
            words("It is a bridge. "),
            words("it is what it is "),
        );
        std::fs::write(folder.join("desk.toml"), pack).unwrap();
        std::fs::write(folder.join("factlint.toml"), "packs = [\"desk.toml\"]\n").unwrap();
        Project { folder, draft, pieces: pieces.to_vec() }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        factlint(arguments).current_dir(&self.folder).output().unwrap()
    }

    /// Every output for people, with what was run.
    fn outputs(&self) -> Vec<(String, String)> {
        let place = format!("{}:1", self.draft);
        let id = between("very-unique ", &self.pieces);
        let odd = between("an odd word ", &self.pieces).replace('\0', "");
        let option = format!("--{odd}");
        let against = |format: &'static str| {
            vec!["check", &self.draft, "--against", "archive", "--format", format, "--fail-on", "never"]
        };
        let runs: Vec<Vec<&str>> = vec![
            against("pretty"),
            against("short"),
            against("github"),
            vec!["check", "--against", "archive", "--fail-on", "never"],
            vec!["learn", "archive"],
            vec!["check", &odd],
            vec!["check", &self.draft, &option],
            vec!["check", &self.draft, "--only", &odd],
            vec!["claims", &self.draft],
            vec!["why", &place],
            vec!["why", &odd],
            vec!["facts"],
            vec!["facts", "Alexander Stubb"],
            vec!["facts", "--format", "csv"],
            vec!["facts", "--disputes"],
            vec!["facts", "--export", "toml"],
            vec!["facts", &odd],
            vec!["rules"],
            vec!["rules", &id],
            vec!["rules", "--format", "markdown"],
            vec!["rules", &odd],
            vec!["test", "--coverage", "--date", "2025-01-01"],
            vec!["backtest", "desk.toml", &self.draft],
            vec!["audit", "Steve Witkoff told CCN", "archive"],
            vec!["allow", &place, &odd, "--because", &odd],
            vec!["allow", &place, &id, "--because", &odd],
            vec!["add", &odd],
            vec!["check", &self.draft, "--pack", &self.draft],
            vec!["check", &self.draft, "--baseline", &odd],
        ];
        let mut outputs = Vec::new();
        for arguments in runs {
            let output = self.run(&arguments);
            outputs.push((format!("{arguments:?}"), out(&output)));
            outputs.push((format!("{arguments:?} to standard error"), err(&output)));
        }
        // JSON is for programs, and people look at it all the same.
        let json = |arguments: &[&'static str]| [arguments, &["--format", "json"]].concat();
        let mut runs: Vec<Vec<&str>> = ["gitlab", "json", "sarif", "rdjson"].map(against).to_vec();
        runs.extend([json(&["facts"]), json(&["facts", "Alexander Stubb"]), json(&["facts", "--disputes"])]);
        runs.push(vec!["claims", &self.draft, "--format", "json"]);
        runs.push(vec!["backtest", "desk.toml", &self.draft, "--format", "json"]);
        for arguments in runs {
            let text = out(&self.run(&arguments));
            assert!(serde_json::from_str::<Value>(&text).is_ok(), "{arguments:?}: {text}");
            outputs.push((format!("{arguments:?}"), text));
        }
        outputs
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_live_reaches_a_person(pieces in prop::collection::vec(0..LIVE.len() * 2, 5..40)) {
        let project = Project::new("inert-any", &pieces);
        for (arguments, text) in project.outputs() {
            prop_assert_eq!(live(&text), None, "{}: {:?}", arguments, text);
            prop_assert!(!text.lines().any(|line| line.starts_with("forged")), "{}: {}", arguments, text);
        }
    }
}

#[test]
fn each_of_them_comes_as_a_picture() {
    for (number, piece) in LIVE.chunks(8).enumerate() {
        // Each in its turn behind a word that stands whole.
        let pieces: Vec<usize> = (number * 8..number * 8 + 8).flat_map(|piece| [piece, LIVE.len()]).collect();
        let project = Project::new("inert-each", &pieces);
        for (arguments, text) in project.outputs() {
            assert_eq!(live(&text), None, "{piece:?} {arguments}: {text:?}");
            assert!(!text.lines().any(|line| line.starts_with("forged")), "{piece:?} {arguments}: {text}");
        }
    }
}

#[test]
fn colours_are_our_own() {
    let project = Project::new("inert-colours", &[0, 2, 11]);
    let output = project.run(&["check", &project.draft, "--against", "archive", "--color", "always"]);
    let text = out(&output);
    assert!(text.contains("\u{1b}["), "{text}");
    let colour = |rest: &str| rest.starts_with('[') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    assert!(text.split('\u{1b}').skip(1).all(|rest| colour(rest) && rest[1..].contains('m')), "{text:?}");
    // What the draft brings along is pictured, and no colour of ours is the draft's.
    assert!(text.contains("␛[31m"), "{text}");
}

#[test]
fn a_file_name_is_no_row_and_no_command() {
    let folder = folder("inert-names");
    let name = "a\n::error file=b.txt::forged\n.txt";
    std::fs::write(folder.join(name), "Finnish Prime Minister Alexander Stubb left.\n").unwrap();
    std::fs::write(folder.join("archive.txt"), "Finnish President Alexander Stubb came.\n").unwrap();
    for format in ["short", "github", "pretty"] {
        let arguments = [
            "check",
            name,
            "--date",
            "2025-08-18",
            "--against",
            "archive.txt",
            "--format",
            format,
            "--fail-on",
            "never",
        ];
        let text = out(&factlint(&arguments).current_dir(&folder).output().unwrap());
        assert!(text.contains("forged") && !text.lines().any(|line| line.starts_with("::error file=b.txt")), "{text}");
    }
}

#[test]
fn no_cell_is_a_formula() {
    let folder = folder("inert-cells");
    std::fs::create_dir(folder.join("archive")).unwrap();
    for (number, start) in ["=1+1 ", "+1 ", "-1 ", "@SUM(A1) ", "\t=1 ", " =1 "].iter().enumerate() {
        let text = format!("2025-08-1{number}\n\n{start}Steve Witkoff told CNN on day {number} that he came.\n");
        std::fs::write(folder.join(format!("archive/={number}.txt")), text).unwrap();
    }
    let learned = factlint(&["learn", "archive"]).current_dir(&folder).output().unwrap();
    assert!(learned.status.success(), "{}", err(&learned));
    let text = out(&factlint(&["facts", "--format", "csv"]).current_dir(Path::new(&folder)).output().unwrap());
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let mut quoted = 0;
    for row in rows.records() {
        for cell in &row.unwrap() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:?}");
            quoted += usize::from(cell.starts_with('\''));
        }
    }
    assert!(quoted > 0, "{text}");
}
