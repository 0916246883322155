//! Every kind of proof says itself in every output, with its place where it has one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[cfg(feature = "lsp")]
#[path = "support/editor.rs"]
mod editor;
mod support;

use factlint::diagnostic::{Diagnostic, Label, Proof, Severity};
use factlint::report::FORMATS;
use factlint::text::Span;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use support::{factlint, out};

/// What the archive says of somebody in the draft.
const ARCHIVE: &str = "2025-08-16\n\nSteve Witkoff told CNN on Sunday that a deal is near.\n";

const PACK: &str = "[[rule]]\nid = \"harbour\"\nkind = \"term\"\nseverity = \"warning\"\navoid = [\"harbor\"]\nprefer = \"harbour\"\n\n[[rule.example]]\nbad = \"The [harbor] is shut.\"\n\n[[rule.example]]\nok = \"The harbour is shut.\"\n";

/// A finding for each kind of proof.
const DRAFT: &str = "---\ndate: 2025-08-17\n---\n\nFinnish Prime Minister Alexander Stubb flew in.\n\nSteve Witkoff told CCN that the talks went well.\n\nThe deadline is Monday, 17 August 2025.\n\n12 people died: 7 in Kyiv and 6 in Odesa.\n\nNato met. Later NATO and Nato met.\n\nThe harbor is shut.\n\n“It is late, a guard said.\n";

const KINDS: [&str; 7] = ["passage", "stated", "draft", "calendar", "arithmetic", "rule", "absent"];

fn project(name: &str) -> PathBuf {
    let folder = support::folder(&format!("proofs-{name}")).canonicalize().unwrap();
    std::fs::create_dir_all(folder.join("archive")).unwrap();
    for (file, text) in [
        ("archive/a.txt", ARCHIVE),
        ("factlint.toml", "packs = [\"desk.toml\"]\n\n[[corpus]]\npath = \"archive\"\n"),
        ("desk.toml", PACK),
        ("draft.md", DRAFT),
    ] {
        std::fs::write(folder.join(file), text).unwrap();
    }
    folder
}

fn checked(folder: &PathBuf, format: &str) -> String {
    let arguments =
        ["check", "draft.md", "--grounded", "--against", "archive", "--fail-on", "never", "--format", format];
    out(&factlint(&arguments).current_dir(folder).output().unwrap())
}

/// A proof as JSON has it.
struct Said {
    kind: String,
    /// What it says itself, if it does.
    reckoned: Option<String>,
    /// Its sentence and where that stands.
    cited: Option<(String, String)>,
}

impl Said {
    fn of(proof: &Value) -> Said {
        let text = |value: &Value| value.as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        let cited = |place: &Value| (text(&place["text"]), format!("{}:{}", text(&place["path"]), place["line"]));
        let (placed, beside) = (proof.get("path").is_some(), proof.get("place"));
        let reckoned = (!placed).then(|| text(&proof["text"]));
        Said {
            kind: text(&proof["kind"]),
            reckoned,
            cited: if placed { Some(cited(proof)) } else { beside.map(cited) },
        }
    }

    /// What an output is to hold of it.
    fn parts(&self) -> Vec<String> {
        let cited = self.cited.iter().flat_map(|(sentence, place)| [sentence.clone(), place.clone()]);
        self.reckoned.iter().cloned().chain(cited).collect()
    }
}

/// What a finding of a JSON report rests on.
fn proofs(found: &Value) -> Vec<Said> {
    found["evidence"].as_array().unwrap().iter().map(Said::of).collect()
}

fn findings(json: &str) -> Vec<(String, Vec<Said>)> {
    let json: Value = serde_json::from_str(json).unwrap();
    let all = json["diagnostics"].as_array().unwrap().iter();
    all.map(|found| (found["rule"].as_str().unwrap().to_owned(), proofs(found))).collect()
}

/// An output as it is read: without what a format escapes, draws or breaks.
fn plain(format: &str, output: &str) -> String {
    let unescaped = output.replace("%0A", "\n").replace("%25", "%").replace("&quot;", "\"").replace("&#39;", "'");
    let unescaped = unescaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("\\n", " ");
    let unescaped = unescaped.replace("\\\"", "\"");
    let untagged = match format {
        "html" => unescaped.replace("<mark>", "").replace("</mark>", ""),
        "sarif" => located(output) + &unescaped,
        _ => unescaped,
    };
    untagged.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The places of a SARIF log as other outputs write them.
fn located(log: &str) -> String {
    let log: Value = serde_json::from_str(log).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap().iter();
    let places = results.flat_map(|result| result["relatedLocations"].as_array().unwrap()).map(|related| {
        let place = &related["physicalLocation"];
        format!("{}:{} ", place["artifactLocation"]["uri"].as_str().unwrap(), place["region"]["startLine"])
    });
    places.collect()
}

#[test]
fn every_kind_of_proof_says_itself_in_every_output() {
    let folder = project("formats");
    let found = findings(&checked(&folder, "json"));
    let kinds: BTreeSet<&str> = found.iter().flat_map(|(_, proofs)| proofs).map(|proof| &*proof.kind).collect();
    assert_eq!(kinds, KINDS.into(), "the draft has a finding for each");
    for format in FORMATS.iter().filter(|format| format.name != "json") {
        let output = plain(format.name, &checked(&folder, format.name));
        for (rule, proofs) in &found {
            // One line a finding has room for one proof, and for its place or what is reckoned.
            let few = format.name == "short";
            for proof in proofs.iter().take(if few { 1 } else { usize::MAX }) {
                let parts = proof
                    .parts()
                    .into_iter()
                    .filter(|part| !few || proof.cited.as_ref().is_none_or(|(sentence, _)| part != sentence));
                for part in parts {
                    assert!(output.contains(&part), "{}: {rule}: no `{part}` in {output}", format.name);
                }
                if let Some(reckoned) = proof.reckoned.as_ref().filter(|_| format.name != "html") {
                    let said = format!("{}: {reckoned}", proof.kind);
                    assert!(output.contains(&said), "{}: {rule}: no `{said}` in {output}", format.name);
                }
            }
        }
    }
}

#[test]
fn what_is_reckoned_cites_no_words_of_the_claim() {
    let folder = project("places");
    for (rule, proofs) in findings(&checked(&folder, "json")) {
        for proof in proofs.iter().filter(|proof| proof.reckoned.is_some()) {
            let own = proof.cited.as_ref().filter(|(_, place)| place.starts_with("draft.md"));
            assert!(own.is_none(), "{rule}: {:?}", proof.cited);
        }
    }
}

#[test]
fn why_says_what_a_finding_rests_on() {
    let folder = project("why");
    let mut told = String::new();
    for line in 1..=DRAFT.lines().count() {
        told += &out(&factlint(&["why", &format!("draft.md:{line}"), "--against", "archive"])
            .current_dir(&folder)
            .output()
            .unwrap());
    }
    for said in [
        "calendar: 17 August 2025 is a Sunday",
        "arithmetic: 7 + 6 = 13",
        "absent: no mark that closes it in its paragraph",
        "archive/a.txt:3: “Steve Witkoff told CNN on Sunday that a deal is near.” · 1 article, none against · 2025-08-16",
    ] {
        assert!(told.contains(said), "no `{said}` in {told}");
    }
    let archive = ["audit", "Alexander Stubb is President of Finland", "draft.md"];
    let told = out(&factlint(&[&archive[..], &["--format", "github"]].concat()).current_dir(&folder).output().unwrap());
    assert!(told.contains("the fact:1: “Alexander Stubb is President of Finland” · stated"), "{told}");
}

#[cfg(feature = "lsp")]
#[test]
fn an_editor_is_told_every_kind_of_proof() {
    let folder = project("editor");
    let found = findings(&checked(&folder, "json"));
    assert!(factlint(&["learn", "--quiet"]).current_dir(&folder).status().unwrap().success());
    let mut client = editor::Client::start(&folder, json!({}));
    let uri = format!("file://{}", folder.join("draft.md").display());
    client.open(&uri, DRAFT);
    let mut seen = BTreeSet::new();
    for diagnostic in client.published(&uri, 1) {
        let rule = diagnostic["code"].as_str().unwrap().to_owned();
        let start = diagnostic["range"]["start"].clone();
        let (line, character) = (start["line"].as_u64().unwrap(), start["character"].as_u64().unwrap());
        let hover = client.at("textDocument/hover", &uri, line, character)["contents"]["value"].take();
        let hover = hover.as_str().unwrap().replace('\\', "");
        let arguments = json!({ "command": "factlint.showEvidence", "arguments": [uri, start] });
        let rows = client.ask("workspace/executeCommand", arguments)["result"].take();
        let rows: Vec<String> =
            rows.as_array().unwrap().iter().map(|row| format!("{} {}", row["text"], row["note"])).collect();
        let rows = rows.join("\n").replace('\\', "");
        let told = format!("{} {}", diagnostic["message"].as_str().unwrap(), diagnostic["relatedInformation"]);
        let told = told.replace('\\', "");
        for proof in found.iter().filter(|(of, _)| *of == rule).flat_map(|(_, proofs)| proofs) {
            let sentence = proof.cited.as_ref().map(|(sentence, _)| sentence.clone());
            for part in proof.reckoned.iter().cloned().chain(sentence) {
                assert!(hover.contains(&part), "hover: {rule}: no `{part}` in {hover}");
                assert!(rows.contains(&part), "showEvidence: {rule}: no `{part}` in {rows}");
                // A pack that comes with factlint has no file to point at.
                let file = proof.cited.as_ref().is_none_or(|(_, place)| !place.starts_with("rules/"));
                assert!(!file || told.contains(&part), "diagnostic: {rule}: no `{part}` in {told}");
            }
            seen.insert(proof.kind.clone());
        }
    }
    client.stop();
    assert_eq!(seen.iter().map(String::as_str).collect::<BTreeSet<_>>(), KINDS.into());
}

#[test]
fn a_finding_cannot_rest_on_its_own_words() {
    let source = factlint::Source::read("a.txt", b"He left on Monday. He left.".to_vec()).unwrap();
    let cite = |span: Span| factlint::diagnostic::Evidence::at(&source, span, Span::new(0, 18));
    let built = |proof: Proof| {
        let label = Label { span: Span::new(3, 7), text: String::new() };
        Diagnostic::new("rule", Severity::Error, "no".to_owned(), label, proof)
    };
    for (span, stands) in [(Span::new(3, 7), false), (Span::new(4, 6), false), (Span::new(11, 17), true)] {
        assert_eq!(built(Proof::Draft(cite(span))).is_some(), stands, "{span:?}");
        let found = built(Proof::Draft(cite(Span::new(19, 21)))).unwrap();
        assert_eq!(found.with_proofs([Proof::Draft(cite(span))]).proofs().len() == 2, stands, "{span:?}");
    }
}
