//! The language server as editors see it: the real binary over standard input and output.

#![cfg(feature = "lsp")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "support/editor.rs"]
mod editor;

use editor::Client;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

const DRAFT: &str = "---\ndate: 2025-08-17\n---\n\n# 😀 Talks at the e\u{301}lyse\u{301}e\n\n😀 Finnish Prime Minister Alexander Stubb flew in.\nSteve Witkoff told CCN that the talks went well.\n";

/// A project in a folder of its own, with a base.
struct Project(PathBuf);

impl Project {
    fn new(name: &str) -> Project {
        let folder = std::env::temp_dir().join(format!("factlint-lsp-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("archive")).unwrap();
        let article = "2025-08-16\n\nFinnish President Alexander Stubb will join the talks.\n\nSteve Witkoff told CNN on Sunday that a deal is near.\n";
        std::fs::write(folder.join("archive/a.txt"), article).unwrap();
        std::fs::write(
            folder.join("archive/b.txt"),
            article.replace("will join", "is to join").replace("near", "close"),
        )
        .unwrap();
        std::fs::write(folder.join("factlint.toml"), "packs = [\"desk.toml\"]\n\n[[corpus]]\npath = \"archive\"\n")
            .unwrap();
        std::fs::write(folder.join("desk.toml"), "[[fact]]\nsays = \"Steve Witkoff told CNN\"\n").unwrap();
        std::fs::write(folder.join("draft.md"), DRAFT).unwrap();
        let project = Project(std::fs::canonicalize(folder).unwrap());
        project.factlint(&["learn", "--quiet"]);
        project
    }

    fn factlint(&self, arguments: &[&str]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_factlint")).args(arguments).current_dir(&self.0).output().unwrap();
        assert!(run.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    }

    fn uri(&self, file: &str) -> String {
        format!("file://{}", self.0.join(file).display())
    }

    /// Rule and words of each finding of `check`.
    fn checked(&self, file: &str) -> Vec<(String, String)> {
        let json: Value =
            serde_json::from_str(&self.factlint(&["check", file, "--format", "json", "--fail-on", "never"])).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        json["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| (text(&found["rule"]), text(&found["span"]["text"])))
            .collect()
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The words in a range of UTF-16 units.
fn words(text: &str, range: &Value) -> String {
    let (start, end) = (&range["start"], &range["end"]);
    assert_eq!(start["line"], end["line"]);
    let line = text.split('\n').nth(start["line"].as_u64().unwrap() as usize).unwrap();
    let units: Vec<u16> = line.encode_utf16().collect();
    let unit = |place: &Value| place["character"].as_u64().unwrap() as usize;
    String::from_utf16(&units[unit(start)..unit(end)]).unwrap()
}

fn found(text: &str, diagnostics: &[Value]) -> Vec<(String, String)> {
    diagnostics.iter().map(|one| (one["code"].as_str().unwrap().to_owned(), words(text, &one["range"]))).collect()
}

#[test]
fn what_is_pushed_is_what_check_finds() {
    let project = Project::new("push");
    let mut client = Client::start(&project.0, json!({}));
    let uri = project.uri("draft.md");
    client.open(&uri, DRAFT);
    let diagnostics = client.published(&uri, 1);
    assert_eq!(found(DRAFT, &diagnostics), project.checked("draft.md"));
    let office = diagnostics.iter().find(|one| one["code"] == "office").unwrap();
    assert_eq!(words(DRAFT, &office["range"]), "Prime Minister");
    assert_eq!((&office["severity"], &office["source"]), (&json!(1), &json!("factlint")));
    assert!(office["codeDescription"]["href"].as_str().unwrap().ends_with("#office"));
    let related = office["relatedInformation"].as_array().unwrap();
    assert!((1..=3).contains(&related.len()));
    assert!(related[0]["location"]["uri"].as_str().unwrap().contains("/archive/"), "{related:?}");
    client.stop();
}

/// What an editor says of itself that asks for diagnostics, as VS Code does.
fn pulls() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true }, "codeLens": { "refreshSupport": true } },
    })
}

#[test]
fn a_client_that_pulls_gets_the_same_and_nothing_is_pushed() {
    let project = Project::new("pull");
    let mut client = Client::start(&project.0, pulls());
    let uri = project.uri("draft.md");
    client.open(&uri, DRAFT);
    let report = client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    let items = report["result"]["items"].as_array().unwrap();
    assert_eq!(found(DRAFT, items), project.checked("draft.md"));
    assert!(!client.seen.iter().any(|message| message["method"] == "textDocument/publishDiagnostics"));
    client.stop();
}

#[test]
fn the_archive_is_told_once_and_again_when_something_changed() {
    let project = Project::new("archive");
    let mut client = Client::start(&project.0, pulls());
    let articles = std::fs::read_dir(project.0.join("archive")).unwrap().count();
    let first = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let reports = first["result"]["items"].as_array().unwrap().clone();
    assert_eq!(reports.len(), articles);

    // Nothing is new, so this one waits.
    let has = |reports: &[Value]| -> Vec<Value> {
        reports.iter().map(|report| json!({ "uri": report["uri"], "value": report["resultId"] })).collect()
    };
    let params = json!({ "previousResultIds": has(&reports), "partialResultToken": "part" });
    let waiting = client.send("workspace/diagnostic", params.clone());
    let called_off = client.send("workspace/diagnostic", params);
    client.tell("$/cancelRequest", json!({ "id": called_off }));
    assert_eq!(client.answer(called_off)["error"]["code"], -32800);
    assert!(!client.seen.iter().any(|message| message["id"] == waiting));

    // Once the project changes, the client is told to ask again, and the request goes on.
    client.seen.clear();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    client.wait(|message| message["method"] == "workspace/diagnostic/refresh");
    client.wait(|message| message["method"] == "workspace/codeLens/refresh");
    assert_eq!(client.answer(waiting)["result"], json!({ "items": [] }));
    let parts: Vec<Value> =
        client.seen.iter().filter(|message| message["params"]["token"] == "part").cloned().collect();
    let parts: Vec<Value> = parts.iter().map(|part| part["params"]["value"]["items"][0].clone()).collect();
    assert_eq!(parts.len(), articles);
    assert!(parts.iter().zip(&reports).all(|(new, old)| new["uri"] == old["uri"] && new["items"] == old["items"]));
    client.stop();
}

#[test]
fn an_archive_that_was_not_learned_is_one_press_away() {
    let project = Project::new("unlearned");
    std::fs::remove_file(project.0.join("factlint.db")).unwrap();
    let mut client = Client::start(&project.0, json!({}));
    let uri = project.uri("draft.md");
    client.open(&uri, DRAFT);
    let offer = client.wait(|message| message["method"] == "window/showMessageRequest");
    client.reply(&offer["id"], offer["params"]["actions"][0].clone());
    client.wait(|message| message["method"] == "window/showMessage");
    client.seen.clear();
    client.change(&uri, 2, json!([]));
    let diagnostics = client.published(&uri, 2);
    assert_eq!(found(DRAFT, &diagnostics).len(), 2);
    assert_eq!(found(DRAFT, &diagnostics), project.checked("draft.md"));
    client.stop();
}

#[test]
fn everything_beside_the_finding() {
    let project = Project::new("beside");
    let mut client = Client::start(&project.0, json!({}));
    let uri = project.uri("draft.md");
    client.open(&uri, DRAFT);
    client.published(&uri, 1);

    // Column 12 is inside "Prime Minister": the face before it takes two units.
    let hover = client.at("textDocument/hover", &uri, 6, 14);
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("Alexander Stubb is President of Finland, not Prime Minister"), "{text}");
    assert!(text.contains("Finnish President Alexander Stubb will join the talks"), "{text}");
    let card = client.at("textDocument/hover", &uri, 6, 30);
    let card = card["contents"]["value"].as_str().unwrap();
    assert!(
        card.contains("Alexander Stubb") && card.contains("stated since 2024-03-01") && card.contains("2 articles"),
        "{card}"
    );

    let evidence = client.at("textDocument/definition", &uri, 6, 14);
    let place = &evidence[0];
    assert!(place["uri"].as_str().unwrap().contains("/archive/"));
    let article = std::fs::read_to_string(place["uri"].as_str().unwrap().trim_start_matches("file://")).unwrap();
    assert_eq!(words(&article, &place["range"]), "President");

    let references = client.at("textDocument/references", &uri, 6, 30);
    let files: Vec<&str> = references.as_array().unwrap().iter().map(|one| one["uri"].as_str().unwrap()).collect();
    for file in ["draft.md", "archive/a.txt", "archive/b.txt"] {
        assert!(files.iter().any(|uri| uri.ends_with(file)), "{file}: {files:?}");
    }
    let highlights = client.at("textDocument/documentHighlight", &uri, 7, 3);
    assert_eq!(words(DRAFT, &highlights[0]["range"]), "Steve Witkoff");

    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(symbols["result"][0]["name"], "😀 Talks at the élysée");
    let lens = client.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
    let title = lens["result"][0]["command"]["title"].as_str().unwrap();
    assert!(title.contains("claims checked") && title.contains("in conflict"), "{title}");

    let range = json!({ "start": { "line": 7, "character": 19 }, "end": { "line": 7, "character": 22 } });
    let actions = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } }),
    );
    let titles: Vec<&str> =
        actions["result"].as_array().unwrap().iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert!(titles.iter().any(|title| title.contains("by “CNN”")), "{titles:?}");
    assert!(titles.iter().any(|title| title.contains("with a comment")), "{titles:?}");
    let edit = &actions["result"][0]["edit"]["changes"][&uri][0];
    assert_eq!((words(DRAFT, &edit["range"]).as_str(), edit["newText"].as_str().unwrap()), ("CCN", "CNN"));

    let rows = client.ask(
        "workspace/executeCommand",
        json!({ "command": "factlint.showEvidence", "arguments": [uri, { "line": 7, "character": 20 }] }),
    );
    assert!(
        rows["result"].as_array().unwrap().iter().any(|row| row["text"].as_str().unwrap().contains("told CNN")),
        "{rows}"
    );
    let sheet = client.ask("workspace/executeCommand", json!({ "command": "factlint.claims", "arguments": [uri] }));
    assert!(sheet["result"].as_str().unwrap().contains("✗ conflict line 7"), "{sheet}");

    let typed = DRAFT.to_owned() + "\nStu";
    client.change(&uri, 2, json!([{ "text": typed }]));
    let line = typed.matches('\n').count() as u64;
    let offered = client.at("textDocument/completion", &uri, line, 3);
    assert!(offered.to_string().contains("Alexander Stubb"), "{offered}");
    let item = offered.as_array().unwrap().iter().find(|item| item["label"] == "Alexander Stubb").unwrap().clone();
    let item = client.ask("completionItem/resolve", item);
    assert_eq!(item["result"]["detail"], "Alexander Stubb is President of Finland");
    client.stop();
}

/// What can be done at a place: the titles, and the edits of each.
fn actions(client: &mut Client, uri: &str, line: u64, character: u64) -> Vec<(String, Vec<Value>)> {
    let place = json!({ "line": line, "character": character });
    let answer = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } }),
    );
    let all = answer["result"].as_array().unwrap().iter().map(|action| {
        let edits = action["edit"]["changes"][uri].as_array().cloned().unwrap_or_default();
        (action["title"].as_str().unwrap().to_owned(), edits)
    });
    all.collect()
}

/// A fix is offered where it changes its own words and nothing else, here and everywhere.
#[test]
fn no_fix_is_offered_that_touches_more_than_its_words() {
    let project = Project::new("sound");
    let mut client = Client::start(&project.0, json!({}));
    let (whole, cut) = ("<p>Steve Witkoff told CCN so.</p>", "<p>Steve Witkoff told C<b>C</b>N so.</p>");
    let theirs = "<blockquote>Steve Witkoff told CCN so.</blockquote>";
    for (name, lines, offered, places) in [
        ("one", vec![whole], true, None),
        ("cut", vec![cut], false, None),
        ("mixed", vec![whole, cut], true, None),
        ("three", vec![whole, cut, whole], true, Some(2)),
        ("theirs", vec![whole, theirs, whole], true, Some(2)),
    ] {
        let (uri, text) = (project.uri(&format!("{name}.html")), lines.join("\n"));
        client.open(&uri, &text);
        assert_eq!(client.published(&uri, 1).len(), lines.len(), "{name}");
        let fixes: Vec<_> =
            actions(&mut client, &uri, 0, 23).into_iter().filter(|(title, _)| title.contains("CNN")).collect();
        let here = fixes.iter().find(|(title, _)| !title.contains("places"));
        assert_eq!(here.is_some(), offered, "{name}: {fixes:?}");
        let all = fixes.iter().find(|(title, _)| title.contains("places")).map(|(title, edits)| (title, edits.len()));
        assert_eq!(all.as_ref().map(|(_, edits)| *edits), places, "{name}: {fixes:?}");
        assert!(all.is_none_or(|(title, edits)| title.ends_with(&format!("at all {edits} places"))), "{fixes:?}");
        assert!(fixes.iter().flat_map(|(_, edits)| edits).all(|edit| words(&text, &edit["range"]) == "CCN"));
    }
    client.stop();
}

#[test]
fn hints_are_shown_where_they_are_wanted() {
    let project = Project::new("hints");
    let mut client = Client::start(&project.0, json!({}));
    let (uri, text) = (project.uri("new.md"), "Finnish President Alexander Stubb flew in.\n");
    client.open(&uri, text);
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let ask = json!({ "textDocument": { "uri": uri }, "range": all });
    assert_eq!(client.ask("textDocument/inlayHint", ask.clone())["result"], json!([]));
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "factlint": { "inlayHints": true } } }));
    assert_eq!(client.ask("textDocument/inlayHint", ask)["result"][0]["label"], "✓");
    client.stop();
}

#[test]
fn a_cancelled_request_is_not_answered_with_a_result() {
    let project = Project::new("cancel");
    let mut client = Client::start(&project.0, json!({}));
    let uri = project.uri("long.md");
    // While this is read, what comes behind it waits.
    client.open(&uri, &DRAFT.repeat(400));
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 6, "character": 14 } });
    let id = client.send("textDocument/hover", params);
    client.tell("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    assert_eq!(client.ask("nothing/known", json!({}))["error"]["code"], -32601);
    assert_eq!(client.ask("textDocument/hover", json!(7))["error"]["code"], -32602);
    client.stop();
}

#[test]
fn edits_in_the_middle_of_ten_thousand_lines() {
    let project = Project::new("lines");
    let mut client = Client::start(&project.0, json!({}));
    let (uri, mut text) = (project.uri("lines.md"), String::new());
    for line in 0..10_000 {
        text.push_str(if line % 2 == 0 { "The day was long; 😀 nobody spoke.\n" } else { "\n" });
    }
    client.open(&uri, &text);
    assert!(client.published(&uri, 1).is_empty());
    let slip = "Steve Witkoff told CCN. ";
    let place = json!({ "line": 5_000, "character": 21 });
    client.change(&uri, 2, json!([{ "range": { "start": place, "end": place }, "text": slip }]));
    let diagnostics = client.published(&uri, 2);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert_eq!(diagnostics[0]["range"]["start"], json!({ "line": 5_000, "character": 21 + 19 }));
    let end = json!({ "line": 5_000, "character": 21 + slip.len() });
    client.change(&uri, 3, json!([{ "range": { "start": place, "end": end }, "text": "" }]));
    assert!(client.published(&uri, 3).is_empty());
    client.stop();
}

#[test]
fn random_edits_give_what_a_fresh_text_gives() {
    let project = Project::new("edits");
    let mut client = Client::start(&project.0, json!({}));
    let uri = project.uri("draft.md");
    let mut text: Vec<char> = DRAFT.chars().collect();
    client.open(&uri, DRAFT);
    let pieces = ["😀", "e\u{301}", "\n", "\r\n", "Alexander Stubb", " told CCN ", "Prime Minister ", "", "x", "  "];
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    let position = |text: &[char]| {
        let text: String = text.iter().collect();
        let line = text.matches('\n').count();
        let last: usize = text.rsplit('\n').next().unwrap_or_default().chars().map(char::len_utf16).sum();
        json!({ "line": line, "character": last })
    };
    let mut version = 1;
    for _ in 0..300 {
        let from = draw(text.len() + 1);
        let to = (from + draw(12)).min(text.len());
        // The two halves of a line break are one.
        if text.get(from.wrapping_sub(1)) == Some(&'\r') || text.get(to.wrapping_sub(1)) == Some(&'\r') {
            continue;
        }
        let piece = pieces[draw(pieces.len())];
        let range = json!({ "start": position(&text[..from]), "end": position(&text[..to]) });
        text.splice(from..to, piece.chars());
        version += 1;
        client.change(&uri, version, json!([{ "range": range, "text": piece }]));
    }
    let text: String = text.into_iter().collect();
    let diagnostics = client.published(&uri, version);
    let fresh = project.uri("fresh.md");
    client.open(&fresh, &text);
    assert_eq!(diagnostics, {
        let text = serde_json::to_string(&client.published(&fresh, 1)).unwrap();
        serde_json::from_str::<Vec<Value>>(&text.replace("fresh.md", "draft.md")).unwrap()
    });
    client.stop();
}

#[test]
fn packs_are_checked_and_read_again() {
    let project = Project::new("packs");
    let mut client = Client::start(&project.0, json!({}));
    let (uri, pack) = (project.uri("draft.md"), project.uri("desk.toml"));
    client.open(&uri, DRAFT);
    client.published(&uri, 1);
    let write = |text: &str| std::fs::write(project.0.join("desk.toml"), text).unwrap();
    let saved = json!({ "changes": [{ "uri": pack, "type": 2 }] });

    write("[[fact]]\nsays = \"Nobody knows what this says\"\n");
    client.tell("workspace/didChangeWatchedFiles", saved.clone());
    let flaws = client.wait(|message| message["params"]["uri"] == pack);
    assert_eq!(flaws["params"]["diagnostics"][0]["range"]["start"]["line"], 1);

    write("[[fact]]\nsays = \"Steve Witkoff told CCN\"\n");
    client.tell("workspace/didChangeWatchedFiles", saved);
    let mended = client.wait(|message| message["params"]["uri"] == pack);
    assert_eq!(mended["params"]["diagnostics"], json!([]));

    // What is typed is checked before it is saved; until then the draft is checked with what was saved.
    client.open(&pack, "[[fact]]\nsays = \"Steve Witkoff told CCN\"\n");
    let start = json!({ "line": 1, "character": 0 });
    let typed = json!([{ "range": { "start": start, "end": start }, "text": "un" }]);
    client.change(&pack, 2, typed);
    let flaws = client.wait(|message| message["params"]["uri"] == pack);
    let flaws = flaws["params"]["diagnostics"].as_array().unwrap();
    assert!(flaws.iter().any(|flaw| flaw["range"]["start"]["line"] == 1), "{flaws:?}");
    client.change(&pack, 3, json!([{ "text": "[[fact]]\nsays = \"Steve Witkoff told CCN\"\n" }]));
    client.wait(|message| message["params"]["uri"] == pack && message["params"]["diagnostics"] == json!([]));
    client.stop();
}

#[test]
fn learning_and_writing_down_from_the_editor() {
    let project = Project::new("learn");
    let mut client = Client::start(&project.0, json!({ "window": { "workDoneProgress": true } }));
    let uri = project.uri("draft.md");
    client.open(&uri, DRAFT);
    client.published(&uri, 1);
    std::fs::write(project.0.join("archive/c.txt"), "2025-08-16\n\nCanadian Prime Minister Mark Carney told CNN so.\n")
        .unwrap();
    let learned = client.ask("workspace/executeCommand", json!({ "command": "factlint.learn", "arguments": [] }));
    assert_eq!(learned["error"], Value::Null);
    client.wait(|message| message["method"] == "$/progress" && message["params"]["value"]["kind"] == "end");
    assert!(project.factlint(&["facts", "Mark Carney"]).contains("CNN"));
    let added = client.ask(
        "workspace/executeCommand",
        json!({ "command": "factlint.addFact", "arguments": ["Ada Lund is Prime Minister of Norway"] }),
    );
    assert_eq!(added["error"], Value::Null, "{added}");
    assert!(std::fs::read_to_string(project.0.join("desk.toml")).unwrap().contains("Ada Lund"));
    let allowed = client.ask(
        "workspace/executeCommand",
        json!({ "command": "factlint.allow", "arguments": ["draft.md:8:20", "name", "as he said it"] }),
    );
    assert_eq!(allowed["error"], Value::Null, "{allowed}");
    assert!(std::fs::read_to_string(project.0.join("factlint.allow.toml")).unwrap().contains("as he said it"));
    client.stop();
}

#[test]
fn language_models_are_told_the_same() {
    let project = Project::new("mcp");
    let mut server = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .arg("mcp")
        .current_dir(&project.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let call = |name: &str, arguments: Value| json!({ "jsonrpc": "2.0", "id": name, "method": "tools/call", "params": { "name": name, "arguments": arguments } });
    for message in [
        json!({ "jsonrpc": "2.0", "id": "initialize", "method": "initialize", "params": { "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } } }),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        json!({ "jsonrpc": "2.0", "id": "list", "method": "tools/list" }),
        call("check_text", json!({ "text": DRAFT, "name": "draft.md" })),
        call("lookup_fact", json!({ "query": "Alexander Stubb" })),
        call("get_evidence", json!({ "query": "Alexander Stubb" })),
        call("explain_rule", json!({ "rule": "office" })),
        call("forget_all", json!({})),
    ] {
        writeln!(input, "{message}").unwrap();
    }
    writeln!(input, "no JSON").unwrap();
    drop(input);
    let mut output = String::new();
    server.stdout.take().unwrap().read_to_string(&mut output).unwrap();
    let answers: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answer = |id: &str| answers.iter().find(|answer| answer["id"] == id).unwrap();
    assert_eq!(answer("initialize")["result"]["protocolVersion"], "2025-06-18");
    let tools = answer("list")["result"]["tools"].as_array().unwrap();
    assert!(tools.len() == 4 && tools.iter().all(|tool| tool["annotations"]["readOnlyHint"] == true));
    let checked = &answer("check_text")["result"]["structuredContent"]["diagnostics"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let checked: Vec<(String, String)> =
        checked.as_array().unwrap().iter().map(|one| (text(&one["rule"]), text(&one["span"]["text"]))).collect();
    assert_eq!(checked, project.checked("draft.md"));
    let fact = &answer("lookup_fact")["result"]["structuredContent"]["facts"][0];
    assert_eq!(fact["text"], "Alexander Stubb is President of Finland");
    let evidence = answer("get_evidence")["result"]["structuredContent"]["evidence"].to_string();
    assert!(evidence.contains("archive/a.txt"), "{evidence}");
    assert!(answer("explain_rule")["result"]["content"][0]["text"].as_str().unwrap().contains("office"));
    assert_eq!(answer("forget_all")["error"]["code"], -32602);
    assert!(answers.iter().any(|answer| answer["error"]["code"] == -32700));
    assert!(server.wait().unwrap().success());
}
