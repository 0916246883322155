//! The same draft has the same findings at every door: each command that checks, both servers, and the library.

#![cfg(feature = "lsp")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "support/editor.rs"]
mod editor;
mod support;

use editor::Client;
use factlint::{Desk, Packs, Source};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use support::{folder, out};

const ARCHIVE: &str = "2025-08-16\n\nFinnish President Alexander Stubb will join the talks.\n\nSteve Witkoff told CNN on Sunday that a deal is near.\n";

const PACK: &str = "[[rule]]\nid = \"harbour\"\nkind = \"term\"\nseverity = \"warning\"\navoid = [\"harbor\"]\nprefer = \"harbour\"\n\n[[rule.example]]\nbad = \"The [harbor] is shut.\"\ngood = \"The harbour is shut.\"\n\n[[rule.example]]\nok = \"The harbour is shut.\"\n";

/// A finding of each sort: of a fact, a name, the calendar, a word of the desk; two that are let stand, and a comment that
/// allows nothing.
const DRAFT: &str = "---\ndate: 2025-08-17\n---\n\n# Talks at the harbor\n\nFinnish Prime Minister Alexander Stubb flew in on Monday 17 August 2025.\n\nSteve Witkoff told CCN that the talks went well.\n\n<!-- factlint: allow office: a joke -->\nThe Finnish Prime Minister, Alexander Stubb, laughed.\n\nFinland's Prime Minister Alexander Stubb sat down.\n\n<!-- factlint: allow name: so -->\nNobody else came to the harbor.\n";

/// A finding: line, column, rule and message.
type Found = (u64, u64, String, String);

/// A project with a learned base and a finding that is let stand by its file.
struct Project(PathBuf);

impl Project {
    fn new(name: &str) -> Project {
        let folder = support::folder(&format!("doors-{name}")).canonicalize().unwrap();
        std::fs::create_dir_all(folder.join("archive")).unwrap();
        for (file, text) in [
            ("archive/a.txt", ARCHIVE),
            ("archive/b.txt", &ARCHIVE.replace("will join", "is to join").replace("near", "close")),
            ("factlint.toml", "packs = [\"desk.toml\"]\n\n[[corpus]]\npath = \"archive\"\n"),
            ("desk.toml", PACK),
            ("draft.md", DRAFT),
        ] {
            std::fs::write(folder.join(file), text).unwrap();
        }
        let project = Project(folder);
        project.run(&["learn", "--quiet"]);
        project.run(&["allow", "draft.md:14", "office", "--because", "as he was titled then"]);
        project
    }

    /// What a command prints, and its status.
    fn run(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let output = support::factlint(arguments).current_dir(&self.0).output().unwrap();
        (out(&output), output.status.code())
    }

    /// What a command prints as JSON.
    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(arguments).0).unwrap()
    }

    /// What `check` finds.
    fn checked(&self, more: &[&str]) -> Vec<Found> {
        let json = self.json(&[&["check", "draft.md", "--format", "json"], more].concat());
        json["diagnostics"].as_array().unwrap().iter().map(of_json).collect()
    }
}

/// A finding as `check --format json` writes it.
fn of_json(found: &Value) -> Found {
    let at = |key: &str| found["span"][key].as_u64().unwrap();
    (at("line"), at("column"), text(&found["rule"]), text(&found["message"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A finding as rows for people have it: `draft.md:7:9: error[office]: message`.
fn of_row(row: &str) -> Found {
    let (place, said) = row.split_once("draft.md:").unwrap().1.split_once(": ").unwrap();
    let (line, column) = place.split_once(':').unwrap();
    let (rule, message) = said.split_once('[').unwrap().1.split_once("]: ").unwrap();
    (line.parse().unwrap(), column.parse().unwrap(), rule.to_owned(), message.to_owned())
}

/// What `mcp` finds in the draft.
fn by_model(project: &Project, more: &[&str]) -> Vec<Found> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
    let mut server = command.arg("mcp").args(more).current_dir(&project.0);
    server = server.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut server = server.spawn().unwrap();
    let asked = json!({ "text": DRAFT, "name": "draft.md" });
    let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "check_text", "arguments": asked } });
    writeln!(server.stdin.take().unwrap(), "{call}").unwrap();
    let answer = out(&server.wait_with_output().unwrap());
    let answer: Value = serde_json::from_str(answer.lines().next().unwrap()).unwrap();
    answer["result"]["structuredContent"]["diagnostics"].as_array().unwrap().iter().map(of_json).collect()
}

/// What an editor is told of the draft. It is told rules and messages; places are units of UTF-16, which `tests/lsp.rs` tries.
fn by_editor(project: &Project) -> Vec<Found> {
    let mut client = Client::start(&project.0, json!({}));
    let uri = format!("file://{}", project.0.join("draft.md").display());
    client.open(&uri, DRAFT);
    let found = client.published(&uri, 1);
    client.stop();
    let of = |one: &Value| {
        let start = &one["range"]["start"];
        let at = |key: &str| start[key].as_u64().unwrap() + 1;
        (at("line"), at("character"), text(&one["code"]), text(&one["message"]))
    };
    found.iter().map(of).collect()
}

/// Says that the first line of a message is one of the expected, whatever follows it.
fn first_lines(found: Vec<Found>) -> Vec<Found> {
    let first = |message: String| message.lines().next().unwrap_or_default().to_owned();
    found.into_iter().map(|(line, column, rule, message)| (line, column, rule, first(message))).collect()
}

#[test]
fn every_door_finds_the_same() {
    let project = Project::new("same");
    let expected = project.checked(&[]);
    let rules: BTreeSet<&str> = expected.iter().map(|found| found.2.as_str()).collect();
    assert_eq!(rules, ["allow", "date", "harbour", "name", "office"].into(), "{expected:?}");
    assert_eq!(expected.iter().filter(|found| found.2 == "office").count(), 1, "two of three are let stand");

    let against = ["--against", "archive", "--facts", "factlint.db"];
    assert_eq!(project.checked(&against[..2]), expected, "check --against");
    assert_eq!(by_model(&project, &[]), expected, "mcp");
    assert_eq!(by_model(&project, &against[..2]), expected, "mcp --against");
    assert_eq!(first_lines(by_editor(&project)), expected, "lsp");

    let mut explained = Vec::new();
    for line in 1..=DRAFT.lines().count() {
        let (told, _) = project.run(&["why", &format!("draft.md:{line}")]);
        let rows = told.lines().filter_map(|row| row.strip_prefix("reported: "));
        explained.extend(rows.map(|row| of_row(&format!("draft.md:{line}:0: {row}"))));
    }
    let without_columns = |found: &[Found]| -> Vec<Found> {
        found.iter().map(|(line, _, rule, message)| (*line, 0, rule.clone(), message.clone())).collect()
    };
    assert_eq!(explained, without_columns(&expected), "why");

    // A finding that can be let stand is one that this door sees, with its message.
    for (line, column, rule, message) in expected.iter().filter(|found| found.2 != "allow") {
        let (told, status) = project.run(&["allow", &format!("draft.md:{line}:{column}"), rule, "--because", "a test"]);
        assert!(status == Some(0) && told.contains(message), "allow: {told}");
    }
    std::fs::remove_file(project.0.join("factlint.allow.toml")).unwrap();
    project.run(&["allow", "draft.md:14", "office", "--because", "as he was titled then"]);

    // What comes and goes with the base is what check finds with and without it.
    std::fs::write(project.0.join("empty.txt"), "2025-08-16\n\nNothing happened.\n").unwrap();
    project.run(&["learn", "empty.txt", "--facts", "empty.db", "--quiet"]);
    let without = project.checked(&["--facts", "empty.db"]);
    let (told, _) = project.run(&["compare", "factlint.db", "empty.db", "draft.md"]);
    let gone: Vec<Found> = told.lines().filter_map(|row| row.strip_prefix("- ")).map(of_row).collect();
    let lost: Vec<&Found> = expected.iter().filter(|found| !without.contains(found)).collect();
    assert_eq!(gone.iter().collect::<BTreeSet<_>>(), lost.into_iter().collect(), "compare");
    let both = expected.iter().filter(|found| without.contains(found)).count();
    assert!(told.contains(&format!("{both} in both")), "compare: {told}");

    let tried = project.json(&["backtest", "desk.toml", "draft.md", "--format", "json"]);
    let hits = tried["rules"][0]["hits"].as_array().unwrap().iter();
    let at = |hit: &Value, key: &str| hit[key].as_u64().unwrap();
    let hits: Vec<Found> =
        hits.map(|hit| (at(hit, "line"), at(hit, "column"), "harbour".to_owned(), text(&hit["message"]))).collect();
    let harbour: Vec<Found> = expected.iter().filter(|found| found.2 == "harbour").cloned().collect();
    assert_eq!(hits, harbour, "backtest");

    let (told, _) = project.run(&["audit", "Alexander Stubb is President of Finland", "draft.md"]);
    let audited: Vec<Found> = told.lines().map(|row| of_row(row.rsplit_once(" (").unwrap().0)).collect();
    let office: Vec<Found> = expected.iter().filter(|found| found.2 == "office").cloned().collect();
    assert_eq!(audited, office, "audit");

    let claims = project.json(&["claims", "draft.md", "--format", "json"]);
    let conflicts = claims["claims"].as_array().unwrap().iter().filter(|claim| claim["verdict"] == "conflict").count();
    // Three of the office, of which two are let stand, and one of the name.
    assert_eq!(conflicts, 4, "claims");
}

/// To want no rule in particular is to want all; an audit that wants none of them finds nothing, and says why.
#[test]
fn an_audit_without_a_rule_for_facts_applies_no_other() {
    let project = Project::new("audit");
    let off = ["toll", "injuries", "event-day", "office", "told"].map(|rule| format!("{rule} = \"off\"\n")).concat();
    std::fs::write(project.0.join("factlint.toml"), format!("packs = [\"desk.toml\"]\n\n[rules]\n{off}")).unwrap();
    let audit = ["audit", "Alexander Stubb is President of Finland", "draft.md"];
    let output = support::factlint(&audit).current_dir(&project.0).output().unwrap();
    assert_eq!((out(&output).as_str(), output.status.code()), ("", Some(2)), "{}", support::err(&output));
    assert!(support::err(&output).contains("no rule that holds claims against facts is switched on"));
}

#[test]
fn the_library_finds_what_the_command_finds() {
    let project = Project::new("library");
    std::fs::write(project.0.join("factlint.toml"), "").unwrap();
    std::fs::remove_file(project.0.join("factlint.allow.toml")).unwrap();
    let expected = project.checked(&["--against", "archive"]);
    let archive: Vec<(String, String)> = ["archive/a.txt", "archive/b.txt"]
        .map(|path| (path.to_owned(), std::fs::read_to_string(project.0.join(path)).unwrap()))
        .into();
    let texts = archive.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let desk = Desk::with_archive(Packs::built_in(), texts).unwrap();
    let answer = desk.answer("draft.md", DRAFT).unwrap();
    let source: &Source = &answer.document.source;
    let found = answer.diagnostics.iter().map(|found| {
        let at = source.position(found.primary().span.start);
        (u64::from(at.line), u64::from(at.column), found.rule().to_owned(), found.message().to_owned())
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn every_command_that_asks_what_is_known_is_a_door_of_this_test() {
    let here = include_str!("doors.rs");
    let help = out(&support::factlint(&["--help"]).output().unwrap());
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> =
        commands.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"check"), "{help}");
    // `facts` looks into the base and checks no draft.
    for command in commands.iter().filter(|command| **command != "facts") {
        let help = out(&support::factlint(&[command, "--help"]).output().unwrap());
        let tried =
            here.contains(&format!("\"{command}\"")) || here.contains(&format!("\"{command} ")) || *command == "lsp";
        assert!(tried || !help.contains("--against"), "`{command}` checks drafts and is not compared with the others");
    }
}

/// An article of the archive is known by one path, wherever it is asked from: it bears no witness to itself.
#[test]
fn an_article_is_itself_from_inside_the_archive() {
    let folder = folder("doors-inside");
    std::fs::create_dir(folder.join("archive")).unwrap();
    let draft = folder.join("archive/a.txt");
    std::fs::write(&draft, "Ada Lund told CNN that it was late.\n").unwrap();
    let run = |inside: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
        let output = command.args(arguments).current_dir(folder.join(inside)).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    run("", &["learn", "archive"]);
    std::fs::write(&draft, "Ada Lund told CNN that it was late. She left.\n").unwrap();
    for (inside, arguments) in [
        ("", ["claims", "archive/a.txt", "--facts", "factlint.db"]),
        ("archive", ["claims", "a.txt", "--facts", "../factlint.db"]),
        ("archive", ["claims", "../archive/a.txt", "--facts", "../factlint.db"]),
    ] {
        let said = run(inside, &arguments);
        assert!(said.contains("unknown") && !said.contains("supported"), "{arguments:?}: {said}");
    }
}
