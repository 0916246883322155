//! What clients of the servers may and may not do: no argument opens a file, and nothing they send ends a session.

#![cfg(all(unix, feature = "lsp"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "support/editor.rs"]
mod editor;
mod support;

use editor::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const DRAFT: &str = "---\ndate: 2025-08-17\n---\n\nSteve Witkoff told CCN that the talks went well.\n";
/// Words of a file outside the project, which no answer holds.
const SECRET: &str = "sesame";

/// A folder with a project in it, and beside that what is nobody's business.
struct World(PathBuf);

impl World {
    fn new(name: &str) -> World {
        let folder = support::folder(&format!("servers-{name}")).canonicalize().unwrap();
        let project = folder.join("project");
        std::fs::create_dir_all(project.join("archive")).unwrap();
        let article = "2025-08-16\n\nSteve Witkoff told CNN on Sunday that a deal is near.\n";
        for (file, text) in [
            ("project/archive/a.txt", article),
            ("project/factlint.toml", "packs = [\"desk.toml\"]\n\n[[corpus]]\npath = \"archive\"\n"),
            ("project/desk.toml", "[[fact]]\nsays = \"Steve Witkoff told CNN\"\n"),
            ("project/draft.md", DRAFT),
            ("secret.txt", "Open sesame. Steve Witkoff told CCN so.\n"),
            ("secret.toml", "[[fact]]\nsays = \"sesame is a word\"\n"),
        ] {
            std::fs::write(folder.join(file), text).unwrap();
        }
        std::os::unix::fs::symlink("../secret.txt", project.join("link.md")).unwrap();
        let learned = support::factlint(&["learn", "--quiet"]).current_dir(&project).output().unwrap();
        assert!(learned.status.success(), "{}", support::err(&learned));
        World(folder)
    }

    fn project(&self) -> PathBuf {
        self.0.join("project")
    }

    /// Every file with what is in it.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    // What SQLite keeps beside a base comes and goes.
                    false if path.to_string_lossy().contains(".db") => {}
                    false => {
                        files.insert(path.clone(), std::fs::read(&path).unwrap());
                    }
                }
            }
        }
        files
    }

    /// Options, paths, links and addresses that lead out of the project.
    fn ways_out(&self) -> Vec<String> {
        let outside = |file: &str| self.0.join(file).display().to_string();
        let (text, pack) = (outside("secret.txt"), outside("secret.toml"));
        let mut ways = vec![
            text.clone(),
            "../secret.txt".to_owned(),
            "archive/../../secret.txt".to_owned(),
            "link.md".to_owned(),
            format!("file://{text}"),
            format!("file:///../..{text}"),
            "-".to_owned(),
            "--".to_owned(),
            "--help".to_owned(),
            format!("@{text}"),
        ];
        for option in ["pack", "facts", "against", "to", "baseline", "dated", "stdin-filename", "source"] {
            ways.extend([&text, &pack].map(|path| format!("--{option}={path}")));
        }
        let places: Vec<String> = ways.iter().flat_map(|way| [format!("{way}:1"), format!("{way}:1:2")]).collect();
        ways.extend(places);
        ways
    }
}

/// `factlint mcp` in a folder.
fn mcp(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
    command.arg("mcp").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

/// What a session answers to some bytes.
fn answers(folder: &Path, bytes: &[u8]) -> Vec<Value> {
    let mut server = mcp(folder);
    let mut input = server.stdin.take().unwrap();
    let mut output = server.stdout.take().unwrap();
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let mut text = String::new();
    output.read_to_string(&mut text).unwrap();
    writer.join().unwrap().unwrap();
    assert!(server.wait().unwrap().success());
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn call(id: usize, tool: &str, arguments: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": tool, "arguments": arguments } })
}

#[test]
fn no_argument_of_a_tool_leads_out_of_the_project() {
    let world = World::new("tools");
    let before = world.files();
    let list = json!({ "jsonrpc": "2.0", "id": "list", "method": "tools/list" });
    let told = answers(&world.project(), format!("{list}\n").as_bytes());
    let tools = told[0]["result"]["tools"].as_array().unwrap();
    let mut requests = Vec::new();
    for tool in tools {
        let required = tool["inputSchema"]["required"][0].as_str().unwrap();
        for argument in tool["inputSchema"]["properties"].as_object().unwrap().keys() {
            for way in world.ways_out() {
                let mut arguments = json!({ required: "Steve Witkoff" });
                arguments[argument] = json!(way);
                requests.push(call(requests.len(), tool["name"].as_str().unwrap(), &arguments).to_string());
            }
        }
    }
    assert!(requests.len() > 300);
    let answers = answers(&world.project(), (requests.join("\n") + "\n").as_bytes());
    assert_eq!(answers.len(), requests.len());
    for (request, answer) in requests.iter().zip(&answers) {
        // Each is answered: by what it asked for, or by what it may not ask for.
        assert!(!answer["result"]["isError"].is_null(), "{request}: {answer}");
        assert!(!answer.to_string().contains(SECRET), "{request}: {answer}");
        assert!(!answer.to_string().contains("Usage"), "{request}: {answer}");
    }
    assert_eq!(world.files(), before);
}

#[test]
fn a_session_survives_what_is_no_request() {
    let world = World::new("session");
    let ping = json!({ "jsonrpc": "2.0", "id": "ping", "method": "ping" }).to_string();
    let request =
        |params: Value| json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }).to_string();
    let of = |tool: &str, arguments: Value| request(json!({ "name": tool, "arguments": arguments }));
    let cases: Vec<(Vec<u8>, i64)> = vec![
        (b"no JSON".to_vec(), -32700),
        (b"{\"jsonrpc\":\"2.0\",".to_vec(), -32700),
        (b"\xff\xfe\xfd".to_vec(), -32700),
        ([&b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}"[..]].concat(), -32700),
        (vec![b'['; 100_000], -32700),
        (b"[]".to_vec(), -32600),
        (format!("[{ping}]").into_bytes(), -32600),
        (b"7".to_vec(), -32600),
        (b"null".to_vec(), -32600),
        (br#"{"id":1,"method":"ping"}"#.to_vec(), -32600),
        (br#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#.to_vec(), -32600),
        (br#"{"jsonrpc":"2.0","id":1}"#.to_vec(), -32600),
        (br#"{"jsonrpc":"2.0","id":1,"method":7}"#.to_vec(), -32600),
        (br#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#.to_vec(), -32600),
        (br#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#.to_vec(), -32600),
        (br#"{"jsonrpc":"2.0","id":1,"method":"tools/shut"}"#.to_vec(), -32601),
        (br#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#.to_vec(), -32602),
        (br#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":"check_text"}"#.to_vec(), -32602),
        (request(json!({})).into_bytes(), -32602),
        (request(json!({ "name": 7 })).into_bytes(), -32602),
        (request(json!({ "name": "check_text", "arguments": [] })).into_bytes(), -32602),
        (of("check_text", json!({})).into_bytes(), -32602),
        (of("check_text", json!({ "text": ["a"] })).into_bytes(), -32602),
        (of("check_text", json!({ "text": "a", "name": 1 })).into_bytes(), -32602),
        (of("check_text", json!({ "text": "a", "date": true })).into_bytes(), -32602),
        (of("check_text", json!({ "text": "a", "path": "a" })).into_bytes(), -32602),
        (of("lookup_fact", json!({ "query": {} })).into_bytes(), -32602),
        (of("get_evidence", json!({ "query": "a", "cursor": 5 })).into_bytes(), -32602),
        (of("explain_rule", json!({ "rule": null })).into_bytes(), -32602),
    ];
    let mut input = Vec::new();
    for (bytes, _) in &cases {
        input.extend([bytes, b"\n".as_slice(), ping.as_bytes(), b"\n"].concat());
    }
    // A notification and an answer want none, and the last line has no end.
    input.extend(br#"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#);
    input.extend(b"\n\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
    input.extend(ping.as_bytes());
    let answers = answers(&world.project(), &input);
    assert_eq!(answers.len(), cases.len() * 2 + 1);
    for ((bytes, code), pair) in cases.iter().zip(answers.chunks(2)) {
        assert_eq!(pair[0]["error"]["code"], *code, "{}", String::from_utf8_lossy(bytes));
        assert_eq!(pair[1], json!({ "jsonrpc": "2.0", "id": "ping", "result": {} }));
    }
}

#[test]
fn a_tool_says_in_words_what_a_model_can_mend() {
    let world = World::new("words");
    let calls = [
        call(0, "explain_rule", &json!({ "rule": "offce" })),
        call(1, "check_text", &json!({ "text": "Steve Witkoff told CCN.", "date": "yesterday" })),
        call(2, "lookup_fact", &json!({ "query": "Steve Witkoff", "cursor": "18446744073709551615" })),
        call(3, "lookup_fact", &json!({ "query": "Nobody At All" })),
    ];
    let lines: String = calls.iter().map(|call| format!("{call}\n")).collect();
    let answers = answers(&world.project(), lines.as_bytes());
    let said = |at: usize| answers[at]["result"]["content"][0]["text"].as_str().unwrap().to_owned();
    assert!(said(0).contains("did you mean `office`?"), "{}", said(0));
    assert!(said(1).contains("2025-08-17") && answers[1]["result"]["isError"] == true);
    assert_eq!(answers[2]["result"]["structuredContent"]["facts"], json!([]));
    assert_eq!(answers[3]["result"]["structuredContent"]["facts"], json!([]));
}

#[test]
fn no_argument_of_a_command_leads_out_of_the_project() {
    let world = World::new("commands");
    let mut client = Client::start(&world.project(), json!({}));
    let draft = format!("file://{}", world.project().join("draft.md").display());
    client.open(&draft, DRAFT);
    client.published(&draft, 1);
    // One that is not a file, whose path is that of one.
    client.open(&format!("untitled:{}", world.0.join("secret.txt").display()), DRAFT);
    let before = world.files();
    let good = ["draft.md:5:20", "name", "why not"];
    for way in world.ways_out() {
        let mut calls = vec![
            ("factlint.claims", json!([way])),
            ("factlint.showEvidence", json!([way, { "line": 0, "character": 0 }])),
            ("factlint.addFact", json!([way])),
        ];
        for at in 0..2 {
            let mut arguments = good.map(|word| json!(word));
            arguments[at] = json!(way);
            calls.push(("factlint.allow", json!(arguments)));
        }
        for (command, arguments) in calls {
            let answer = client
                .ask("workspace/executeCommand", json!({ "command": command, "arguments": arguments }))
                .to_string();
            assert!(!answer.contains(SECRET) && !answer.contains("Usage"), "{command} {arguments}: {answer}");
            assert!(answer.contains("error"), "{command} {arguments}: {answer}");
        }
        let document = json!({ "uri": way });
        let position = json!({ "line": 0, "character": 2 });
        for method in ["textDocument/hover", "textDocument/definition", "textDocument/diagnostic"] {
            let answer = client.ask(method, json!({ "textDocument": document, "position": position })).to_string();
            assert!(!answer.contains(SECRET) && !answer.contains("CNN"), "{method} {way}: {answer}");
        }
    }
    assert_eq!(world.files(), before);
    client.stop();
}

/// What an editor sends is read as if it were saved, but opens no file that the project does not name as it is saved.
#[test]
fn what_is_not_saved_opens_nothing_outside_of_the_project() {
    let world = World::new("unsaved");
    let project = world.project();
    let outside = |file: &str| world.0.join(file).display().to_string();
    std::fs::write(world.0.join("secret.csv"), "sesame,line\nopen sesame,Kiev\n").unwrap();
    std::fs::create_dir(world.0.join("packs")).unwrap();
    std::fs::write(world.0.join("packs/sesame.toml"), "fact = sesame\n").unwrap();
    std::os::unix::fs::symlink("../secret.csv", project.join("link.csv")).unwrap();
    std::os::unix::fs::symlink("../secret.toml", project.join("link.toml")).unwrap();
    std::fs::write(project.join("mayors.csv"), "name,city\nAda Lund,Oslo\n").unwrap();
    let mut client = Client::start(&project, json!({}));
    let uri = |file: &str| format!("file://{}", project.join(file).display());
    let table = |csv: &str| format!("[[facts]]\ncsv = {csv:?}\nsays = \"{{name}} is Mayor of {{city}}\"\n");
    let extends = |pack: &str| format!("[pack]\nname = \"ours\"\nextends = {pack:?}\n");
    let packs = |pack: &str| format!("packs = [{pack:?}]\n");
    let mut cases: Vec<(&str, String)> = Vec::new();
    for way in [outside("secret.csv"), "../secret.csv".to_owned(), "link.csv".to_owned(), "/etc/passwd".to_owned()] {
        cases.push(("desk.toml", table(&way)));
    }
    for way in [outside("secret.toml"), "../secret.toml".to_owned(), "link.toml".to_owned(), outside("packs")] {
        cases.push(("desk.toml", extends(&way)));
        cases.push(("factlint.toml", packs(&way)));
    }
    let told = |client: &mut Client, file: &str, text: &str| -> Vec<Value> {
        client.seen.clear();
        client.open(&uri(file), text);
        // Answers come in order, so that behind this one all was said.
        client.ask(
            "textDocument/hover",
            json!({ "textDocument": { "uri": uri(file) }, "position": { "line": 0, "character": 0 } }),
        );
        let found = client.seen.iter().filter(|message| message["method"] == "textDocument/publishDiagnostics");
        let found = found.map(|message| message["params"].clone()).collect();
        client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(file) } }));
        found
    };
    for (file, text) in cases {
        let found = told(&mut client, file, &text);
        let said = json!(found).to_string();
        assert!(said.contains("save to have it read"), "{text}: {said}");
        assert!(!said.contains(SECRET) && !said.contains("root:"), "{text}: {said}");
        assert!(found.iter().all(|of| of["uri"] == uri(file) || of["diagnostics"] == json!([])), "{text}: {said}");
    }
    // In the folder of the project it is read, and of a table no more is said than is wrong.
    let found = json!(told(&mut client, "desk.toml", &table("mayors.csv").replace("{city}", "{town}"))).to_string();
    assert!(found.contains("the table has no column `town`") && !found.contains("name, city"), "{found}");
    // And what the project names as it is saved.
    std::fs::write(project.join("factlint.toml"), packs("../secret.toml").replace(']', ", \"desk.toml\"]")).unwrap();
    let found = json!(told(&mut client, "desk.toml", &extends("../secret.toml"))).to_string();
    let read = found.contains("secret.toml") && found.contains("no pattern reads this sentence");
    assert!(read && !found.contains("save to have it read"), "{found}");
    client.stop();
}

/// Where articles behind the answers were not read, each answer says so.
#[test]
fn what_was_not_read_is_said_by_the_servers() {
    let world = World::new("unread");
    let project = world.project();
    std::fs::write(project.join("archive/cut.json"), "{\"text\": \"The ferry").unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["mcp", "--against", "archive"])
        .current_dir(&project)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    for (id, (tool, arguments)) in [
        ("check_text", json!({ "text": "Steve Witkoff told CCN." })),
        ("lookup_fact", json!({ "query": "Steve Witkoff" })),
        ("get_evidence", json!({ "query": "Nobody" })),
    ]
    .iter()
    .enumerate()
    {
        writeln!(input, "{}", call(id, tool, arguments)).unwrap();
    }
    drop(input);
    let output = server.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
    for line in text.lines() {
        let answer: Value = serde_json::from_str(line).unwrap();
        let unread = answer["result"]["structuredContent"]["unread"].to_string();
        assert!(unread.contains("archive/cut.json:1:10"), "{answer}");
    }
}

/// Names in lists of an editor hold nothing that acts, and no reference that becomes it.
#[test]
fn what_an_editor_shows_in_lists_is_inert() {
    let world = World::new("lists");
    let mut client = Client::start(&world.project(), json!({}));
    let draft = format!("file://{}", world.project().join("odd.md").display());
    client.open(&draft, "# An odd\u{1b}[31m head\u{7}line\u{9b}2J here\n\nSteve Witkoff told CCN.\n");
    client.published(&draft, 1);
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": draft } }));
    let name = symbols["result"][0]["name"].as_str().unwrap();
    assert_eq!(name, "An odd␛[31m head␇line<U+009B>2J here");
    client.stop();
}

#[test]
fn the_archive_is_told_of_what_is_in_it_alone() {
    let world = World::new("archive");
    let mut client = Client::start(&world.project(), json!({}));
    let secret = format!("file://{}", world.0.join("secret.txt").display());
    let has = json!([{ "uri": secret, "value": "before" }]);
    let answer = client.ask("workspace/diagnostic", json!({ "previousResultIds": has }));
    let items = answer["result"]["items"].as_array().unwrap();
    let of = items.iter().find(|item| item["uri"] == secret).unwrap();
    assert_eq!(of["items"], json!([]), "{answer}");
    assert!(!answer.to_string().contains("CCN"), "{answer}");
    client.stop();
}

#[test]
fn arguments_of_another_type_are_refused() {
    let world = World::new("types");
    let mut client = Client::start(&world.project(), json!({}));
    for (method, params) in [
        ("workspace/executeCommand", json!({ "command": "factlint.allow", "arguments": [1, 2] })),
        ("workspace/executeCommand", json!({ "command": "factlint.addFact", "arguments": [{}] })),
        ("workspace/executeCommand", json!({ "command": "factlint.claims", "arguments": [] })),
        ("workspace/executeCommand", json!({ "command": "factlint.showEvidence", "arguments": ["file:///a", "b"] })),
        ("workspace/executeCommand", json!({ "command": "factlint.forget", "arguments": [] })),
        ("workspace/executeCommand", json!("factlint.learn")),
        ("textDocument/hover", json!({ "textDocument": 7 })),
        ("textDocument/codeAction", json!(null)),
        ("workspace/diagnostic", json!({ "previousResultIds": "all" })),
    ] {
        let answer = client.ask(method, params.clone());
        assert_eq!(answer["error"]["code"], -32602, "{method} {params}: {answer}");
    }
    client.stop();
}

/// What `factlint lsp` answers to some bytes, and how it ends.
fn session(folder: &Path, bytes: &[u8]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
    let mut server =
        command.arg("lsp").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = server.stdin.take().unwrap();
    let mut output = server.stdout.take().unwrap();
    input.write_all(bytes).unwrap();
    drop(input);
    let mut text = Vec::new();
    output.read_to_end(&mut text).unwrap();
    (String::from_utf8_lossy(&text).into_owned(), server.wait().unwrap().code())
}

fn framed(message: &Value) -> String {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len())
}

#[test]
fn how_a_server_ends_says_whether_its_client_said_good_bye() {
    let world = World::new("ends");
    let ask = |id: i64, method: &str, params: Value| {
        framed(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
    };
    let tell = |method: &str| framed(&json!({ "jsonrpc": "2.0", "method": method }));
    let hello = ask(1, "initialize", json!({ "capabilities": {} })) + &tell("initialized");
    for (bytes, status) in [
        (format!("{hello}{}{}", ask(2, "shutdown", Value::Null), tell("exit")), 0),
        (format!("{hello}{}", tell("exit")), 1),
        (tell("exit"), 1),
        (hello.clone(), 1),
        (String::new(), 1),
        // After good-bye nothing is done any more.
        (
            format!(
                "{hello}{}{}{}",
                ask(2, "shutdown", Value::Null),
                ask(3, "textDocument/hover", json!({})),
                tell("exit")
            ),
            0,
        ),
        (format!("{}{hello}{}{}", ask(9, "initialize", json!(7)), ask(2, "shutdown", Value::Null), tell("exit")), 0),
    ] {
        assert_eq!(session(&world.project(), bytes.as_bytes()).1, Some(status), "{bytes}");
    }
}

#[test]
fn an_announced_length_is_no_reason_to_stop() {
    let world = World::new("length");
    let hello = framed(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }));
    let bye = framed(&json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }))
        + &framed(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    // In so much memory nothing of a length that is announced has room.
    let limited = |bytes: &str| {
        let command = format!("ulimit -v 3000000; exec '{}' lsp", env!("CARGO_BIN_EXE_factlint"));
        let mut server = Command::new("sh")
            .args(["-c", &command])
            .current_dir(world.project())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        server.stdin.take().unwrap().write_all(bytes.as_bytes()).unwrap();
        server.wait_with_output().unwrap()
    };
    for length in ["3800000000", "18446744073709551615", "999999999999999999999999", "-5", "x"] {
        let output = limited(&format!("{hello}Content-Length: {length}\r\n\r\n{bye}"));
        assert!(output.status.code().is_some_and(|code| code < 2), "{length}: {output:?}");
    }
    for body in ["[]", "{", "\"a\""] {
        let bad = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let (text, status) = session(&world.project(), format!("{hello}{bad}{bye}").as_bytes());
        assert_eq!(status, Some(0), "{body}");
        assert!(text.contains("-32700") || text.contains("-32600"), "{body}: {text}");
    }
}
