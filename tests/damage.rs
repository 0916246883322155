//! A damaged base says so at every door, or answers as the whole one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "support/editor.rs"]
mod editor;
mod support;

use editor::Client;
use factlint::fact::{Base, BaseError, Remembering, Seen, Store};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use support::{err, factlint, folder, out, packs, root};

/// A folder with a base of the newsroom and a draft that conflicts with it; and the bytes of the base.
fn learned(name: &str) -> (PathBuf, Vec<u8>) {
    let folder = folder(name);
    let newsroom = root().join("examples/newsroom");
    let learned = factlint(&["learn", newsroom.to_str().unwrap(), "-q"]).current_dir(&folder).output().unwrap();
    assert_eq!(learned.status.code(), Some(0), "{}", err(&learned));
    std::fs::write(
        folder.join("draft.md"),
        "---\ndate: 2025-08-19\n---\nMr Witkoff told CCN. Steve Witkoff told CCN.\n",
    )
    .unwrap();
    let bytes = std::fs::read(folder.join("factlint.db")).unwrap();
    (folder, bytes)
}

/// Everything that a base answers, or why it does not.
fn answers(store: &Store) -> Result<String, BaseError> {
    let mut text = format!("{:?} {:?} {:?}", store.extent(), store.words("")?, store.disputes()?);
    for fact in store.all()? {
        text.push_str(&format!("{:?} {:?}", fact.values, fact.frame));
        for witness in fact.witnesses.read()? {
            text.push_str(&format!("{witness:?} {:?}", witness.evidence(None)?));
        }
    }
    for word in store.words("")? {
        for name in store.names(&word)? {
            text.push_str(&format!("{} {:?}", name.written, name.witnesses.read()?));
        }
    }
    Ok(text)
}

fn open(base: &Path) -> Result<Store, BaseError> {
    Ok(Store::open(base, Seen::default(), Arc::clone(packs()))?)
}

/// What a base answers that is opened for it.
fn answered(base: &Path) -> Result<String, BaseError> {
    answers(&open(base)?)
}

/// Numbers without an order (Marsaglia's xorshift), the same in each run.
fn numbers() -> impl Iterator<Item = usize> {
    std::iter::successors(Some(0x9e37_79b9_u64), |number| {
        let number = number ^ (number << 13);
        let number = number ^ (number >> 7);
        Some(number ^ (number << 17))
    })
    .map(|number| usize::try_from(number >> 20).unwrap())
}

/// Copies of a base, each damaged at one place: bytes of the header and elsewhere, and pages.
fn damaged(whole: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut copies = Vec::new();
    let mut random = numbers();
    for number in 0..300 {
        let at = if number < 100 { number } else { random.next().unwrap() % whole.len() };
        let flip = 1 << (random.next().unwrap() % 8);
        let mut copy = whole.to_vec();
        copy[at] ^= flip;
        copies.push((format!("byte {at} ^ {flip}"), copy));
    }
    for page in 0..whole.len().div_ceil(4096) {
        for fill in [0, 0x5A] {
            let mut copy = whole.to_vec();
            copy.iter_mut().skip(page * 4096).take(4096).for_each(|byte| *byte = fill);
            copies.push((format!("page {page} = {fill}"), copy));
        }
    }
    for _ in 0..8 {
        let length = random.next().unwrap() % whole.len();
        copies.push((format!("cut to {length}"), whole[..length].to_vec()));
    }
    copies
}

#[test]
fn no_damage_changes_an_answer() {
    let (folder, whole) = learned("damage-answers");
    let base = folder.join("factlint.db");
    let expected = answers(&open(&base).unwrap()).unwrap();
    let mut refused = 0;
    for (damage, bytes) in damaged(&whole) {
        std::fs::write(&base, bytes).unwrap();
        match open(&base).and_then(|store| answers(&store)) {
            Ok(answers) => assert!(answers == expected, "{damage}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 250, "{refused}");
}

/// Copies of a base, each damaged at one place: 100 single bytes, 92 pages, 8 that are cut off.
fn some_damaged(whole: &[u8]) -> Vec<(String, Vec<u8>)> {
    let all = damaged(whole);
    let some = |sort: &str, count: usize| {
        let of: Vec<_> = all.iter().filter(|(damage, _)| damage.starts_with(sort)).cloned().collect();
        let step = of.len() as f64 / count as f64;
        (0..count).map(|number| of[(number as f64 * step) as usize].clone()).collect::<Vec<_>>()
    };
    [some("byte", 100), some("page", 92), some("cut", 8)].concat()
}

/// Overwrites a base, at another time than it was last written: many systems tell times by a clock that ticks slowly.
fn damage(base: &Path, bytes: &[u8]) {
    std::thread::sleep(Duration::from_millis(8));
    std::fs::write(base, bytes).unwrap();
}

#[test]
fn a_base_that_is_damaged_while_it_is_open_says_so_each_time_and_is_believed_again_when_it_is_whole() {
    let (folder, whole) = learned("damage-open");
    let base = folder.join("factlint.db");
    let store = open(&base).unwrap();
    let expected = answers(&store).unwrap();
    let mut refused = 0;
    for (number, (what, bytes)) in some_damaged(&whole).into_iter().enumerate() {
        // What was asked for before is remembered, and what was not is read.
        let asked = if number % 2 == 0 { store.clone() } else { open(&base).unwrap() };
        damage(&base, &bytes);
        for time in 0..2 {
            match answers(&asked) {
                Ok(answers) => assert!(answers == expected, "{what}, time {time}"),
                Err(error) => {
                    assert!(error.to_string().contains("factlint.db: "), "{what}: {error}");
                    refused += 1;
                }
            }
        }
        damage(&base, &whole);
        assert!(answers(&asked).unwrap() == expected, "{what}");
    }
    assert!(refused > 300, "{refused}");
    std::fs::remove_file(&base).unwrap();
    assert!(answers(&store).unwrap_err().to_string().contains("there is no fact base here"));
}

#[test]
fn a_base_that_is_replaced_while_it_is_open_answers_as_it_is_now() {
    let (folder, _) = learned("damage-anew");
    let base = folder.join("factlint.db");
    let store = Remembering::new(open(&base).unwrap());
    let packs = packs();
    let told = packs.relation_named("told").unwrap();
    let person = packs.relation(told).unwrap().slot_named("person").unwrap();
    let before = store.alike(told, person, "steve witkoff").unwrap();
    assert!(!before.is_empty());
    std::fs::write(folder.join("other.txt"), "2025-08-20\n\nAnna Holm told Reuters that the harbour is open.\n")
        .unwrap();
    let arguments = ["learn", "other.txt", "--facts", "other.db", "-q"];
    let learned = factlint(&arguments).current_dir(&folder).output().unwrap();
    assert_eq!(learned.status.code(), Some(0), "{}", err(&learned));
    damage(&base, &std::fs::read(folder.join("other.db")).unwrap());
    // What was held before is there no more, which is said and is no silence.
    let error = before[0].witnesses.read().and_then(|all| all[0].evidence(None)).unwrap_err();
    assert!(error.to_string().contains("was changed while it was asked; ask again"), "{error}");
    assert!(store.alike(told, person, "steve witkoff").unwrap().is_empty());
    assert_eq!(store.alike(told, person, "anna holm").unwrap().len(), 1);
    assert_eq!(store.extent().articles, 1);
}

/// A pack with a rule that asks the base.
const PACK: &str = r#"
[[rule]]
id = "spelled"
kind = "name"
severity = "warning"
"#;

/// The doors of the command line. `compare` holds the base against a whole copy of it, and `learn` has a test of its own: it
/// changes what it finds whole.
const DOORS: [&[&str]; 10] = [
    &["check", "draft.md", "--format", "json"],
    &["claims", "draft.md"],
    &["why", "draft.md:4"],
    &["facts", "Witkoff"],
    &["facts"],
    &["facts", "--disputes"],
    &["facts", "--export", "toml"],
    &["compare", "factlint.db", "whole.db", "draft.md"],
    &["backtest", "pack.toml", "draft.md", "--format", "json"],
    &["allow", "draft.md:4", "name", "--because", "it is spelled so"],
];

/// What a door comes to: exit status, standard output, standard error. Nothing that it wrote is left.
fn ask(folder: &Path, door: &[&str]) -> (Option<i32>, String, String) {
    let output = factlint(door).current_dir(folder).output().unwrap();
    let _ = std::fs::remove_file(folder.join("factlint.allow.toml"));
    (output.status.code(), out(&output), err(&output))
}

#[test]
fn every_door_answers_as_with_the_whole_base_or_says_why_it_cannot() {
    let (folder, whole) = learned("damage-doors");
    let base = folder.join("factlint.db");
    std::fs::write(folder.join("whole.db"), &whole).unwrap();
    std::fs::write(folder.join("pack.toml"), PACK).unwrap();
    let expected: Vec<_> = DOORS.iter().map(|door| ask(&folder, door)).collect();
    assert!(
        expected.iter().all(|(status, out, _)| status.is_some_and(|status| status < 2) && !out.is_empty()),
        "{expected:?}"
    );
    assert!(expected[0].1.contains("CNN") && expected[3].1.contains("CNN") && expected[8].1.contains("CNN"));
    let mut refused = 0;
    let damages = some_damaged(&whole);
    for (number, (damage, bytes)) in damages.iter().enumerate() {
        std::fs::write(&base, bytes).unwrap();
        // Each damage at one door, all doors in turn: starting the command at every door for every damage takes minutes.
        let at = number % DOORS.len();
        let (door, expected) = (DOORS[at], &expected[at]);
        let (status, out, err) = ask(&folder, door);
        let says_why = status == Some(2) && out.is_empty() && err.contains("error: ") && err.contains("factlint.db: ");
        let answers = (status, &out) == (expected.0, &expected.1);
        assert!(says_why || answers, "{damage} {door:?}: {status:?} {out}{err}");
        refused += usize::from(says_why);
    }
    assert!(refused > 150, "{refused}");
}

#[test]
fn learn_leaves_a_damaged_base_as_it_is() {
    let (folder, whole) = learned("damage-learn");
    for at in [56, 4096 * 3 + 1000, whole.len() / 2, whole.len() - 6000] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        std::fs::write(folder.join("factlint.db"), &bytes).unwrap();
        let (status, out, err) = ask(&folder, &["learn", "draft.md"]);
        assert_eq!(status, Some(2), "{at}: {out}");
        assert!(err.contains("this fact base is damaged; delete it and learn again"), "{err}");
        assert!(std::fs::read(folder.join("factlint.db")).unwrap() == bytes, "it is left as it is");
    }
}

#[test]
fn a_server_that_starts_on_a_damaged_base_says_so() {
    let (folder, mut bytes) = learned("damage-start");
    bytes[4096 * 3 + 1000] ^= 0x10;
    std::fs::write(folder.join("factlint.db"), &bytes).unwrap();
    let mcp = factlint(&["mcp"]).current_dir(&folder).stdin(Stdio::null()).output().unwrap();
    assert_eq!(mcp.status.code(), Some(2));
    assert!(err(&mcp).contains("this fact base is damaged"), "{}", err(&mcp));
    let mut editor = Client::start(&folder, json!({}));
    let message = editor.wait(|message| message["method"] == "window/showMessage");
    assert!(message["params"]["message"].as_str().unwrap().contains("this fact base is damaged"), "{message}");
    let _ = editor.server.kill();
    let _ = editor.server.wait();
}

#[test]
fn a_running_mcp_server_answers_as_with_the_whole_base_or_says_why_it_cannot() {
    let (folder, whole) = learned("damage-mcp");
    let base = folder.join("factlint.db");
    let mut server =
        factlint(&["mcp"]).current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, mut output) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
    let mut call = |name: &str, arguments: &Value| -> Value {
        let params = json!({ "name": name, "arguments": arguments });
        writeln!(input, "{}", json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params })).unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line).unwrap()["result"].take()
    };
    let tools = [
        ("check_text", json!({ "text": "Steve Witkoff told CCN.", "date": "2025-08-19" })),
        ("lookup_fact", json!({ "query": "Witkoff" })),
        ("get_evidence", json!({ "query": "Witkoff" })),
    ];
    let expected: Vec<Value> = tools.iter().map(|(name, arguments)| call(name, arguments)).collect();
    assert!(
        expected.iter().all(|answer| answer["isError"] == false && answer.to_string().contains("CNN")),
        "{expected:?}"
    );
    let mut refused = 0;
    for (what, bytes) in some_damaged(&whole) {
        damage(&base, &bytes);
        for ((name, arguments), expected) in tools.iter().zip(&expected) {
            let answer = call(name, arguments);
            let says_why =
                answer["isError"] == true && answer["content"][0]["text"].as_str().unwrap().contains("factlint.db: ");
            assert!(says_why || answer == *expected, "{what} {name}: {answer}");
            refused += usize::from(says_why);
        }
    }
    assert!(refused > 400, "{refused}");
    damage(&base, &whole);
    assert_eq!(call(tools[1].0, &tools[1].1), expected[1]);
    drop(input);
    assert!(server.wait().unwrap().success());
}

/// What an editor asks about the draft: the request, and what else it says than the document and a place.
const ASKED: [(&str, &str); 6] = [
    ("textDocument/hover", ""),
    ("textDocument/definition", ""),
    ("textDocument/references", ""),
    ("textDocument/codeLens", ""),
    ("textDocument/completion", ""),
    ("workspace/executeCommand", "factlint.claims"),
];

#[test]
fn a_running_language_server_answers_as_with_the_whole_base_or_says_why_it_cannot() {
    let (folder, whole) = learned("damage-lsp");
    let base = folder.join("factlint.db");
    let draft = std::fs::read_to_string(folder.join("draft.md")).unwrap();
    let mut editor = Client::start(&folder, json!({}));
    let uri = format!("file://{}/draft.md", folder.display());
    let ask = |editor: &mut Client, (method, command): (&str, &str)| -> Value {
        let place = json!({
            "textDocument": { "uri": uri }, "position": { "line": 3, "character": 5 }, "command": command,
            "arguments": [uri], "context": { "includeDeclaration": true, "triggerKind": 1 },
        });
        let mut message = editor.ask(method, place);
        if message.get("error").is_some() { message["error"]["message"].take() } else { message["result"].take() }
    };
    editor.open(&uri, &draft);
    let expected = editor.published(&uri, 1);
    assert!(expected.iter().any(|found| found["message"].as_str().unwrap().contains("CNN")), "{expected:?}");
    let answers: Vec<Value> = ASKED.iter().map(|asked| ask(&mut editor, *asked)).collect();
    assert!(answers.iter().all(|answer| !answer.is_null()), "{answers:?}");
    let (mut version, mut refused) = (1, 0);
    let mut change = |editor: &mut Client| {
        version += 1;
        editor.change(&uri, version, json!([{ "text": draft }]));
        editor.published(&uri, version)
    };
    for (what, bytes) in some_damaged(&whole) {
        damage(&base, &bytes);
        let found = change(&mut editor);
        let says_why = |said: &Value| said.as_str().is_some_and(|said| said.contains("factlint.db: "));
        match found.as_slice() {
            [one] if says_why(&one["message"]) => {
                assert!(one["message"].as_str().unwrap().starts_with("not checked: "), "{one}");
                refused += 1;
            }
            found => assert_eq!(found, expected, "{what}"),
        }
        for (asked, expected) in ASKED.iter().zip(&answers) {
            let answer = ask(&mut editor, *asked);
            assert!(says_why(&answer) || answer == *expected, "{what} {asked:?}: {answer}");
        }
    }
    assert!(refused > 150, "{refused}");
    damage(&base, &whole);
    assert_eq!(change(&mut editor), expected);
    editor.stop();
}

#[test]
fn an_empty_base_and_one_without_version_say_what_to_do() {
    let (folder, _) = learned("damage-version");
    let run = |arguments: &[&str]| factlint(arguments).current_dir(&folder).output().unwrap();
    let connection = rusqlite::Connection::open(folder.join("factlint.db")).unwrap();
    connection.execute_batch("PRAGMA user_version = 0").unwrap();
    drop(connection);
    for door in [&["check", "draft.md"][..], &["learn", "draft.md"]] {
        let output = run(door);
        assert_eq!(output.status.code(), Some(2), "{}", out(&output));
        assert!(
            err(&output).contains("has lost its version") && err(&output).contains("learn again"),
            "{}",
            err(&output)
        );
    }
    std::fs::write(folder.join("factlint.db"), "").unwrap();
    let output = run(&["check", "draft.md"]);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(
        err(&output).contains("first `factlint learn` is at work or was broken off; run `factlint learn`"),
        "{}",
        err(&output)
    );
    assert_eq!(run(&["learn", "draft.md"]).status.code(), Some(0));
}

#[test]
fn of_many_that_learn_a_new_base_at_once_each_is_done_or_told_of_the_other() {
    let folder = folder("damage-race");
    let newsroom = root().join("examples/newsroom");
    let arguments = ["learn", newsroom.to_str().unwrap(), "-q"];
    for round in 0..4 {
        let _ = std::fs::remove_file(folder.join("factlint.db"));
        let start = || factlint(&arguments).current_dir(&folder).stderr(Stdio::piped()).spawn().unwrap();
        let children: Vec<_> = (0..4).map(|_| start()).collect();
        let mut done = 0;
        for child in children {
            let output = child.wait_with_output().unwrap();
            done += usize::from(output.status.code() == Some(0));
            let told = err(&output).is_empty() || err(&output).contains("another `factlint learn` is writing");
            assert!(told, "round {round}: {}", err(&output));
        }
        assert!(done > 0, "round {round}");
        assert!(open(&folder.join("factlint.db")).and_then(|store| answers(&store)).is_ok());
    }
}

/// Runs a command on a base and gives its status with what it said.
fn told(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = factlint(arguments).current_dir(folder).output().unwrap();
    (output.status.code(), err(&output))
}

#[cfg(unix)]
#[test]
fn what_has_a_name_of_sqlites_and_is_none_of_its_files_is_left_alone() {
    let (folder, whole) = learned("damage-beside");
    let base = folder.join("factlint.db");
    let precious = folder.join("precious.txt");
    for end in ["wal", "journal", "shm"] {
        let beside = folder.join(format!("factlint.db-{end}"));
        type Make<'a> = &'a dyn Fn() -> std::io::Result<()>;
        let makes: [(&str, Make<'_>); 4] = [
            ("no file of SQLite's", &|| std::fs::write(&beside, "keep me")),
            ("a link", &|| std::os::unix::fs::symlink("precious.txt", &beside)),
            ("a file with another name too", &|| std::fs::hard_link(&precious, &beside)),
            ("no plain file", &|| std::fs::create_dir(&beside)),
        ];
        for (what, make) in makes {
            for is_there in [true, false] {
                std::fs::write(&precious, "keep me").unwrap();
                match is_there {
                    true => std::fs::write(&base, &whole).unwrap(),
                    false => std::fs::remove_file(&base).unwrap(),
                }
                make().unwrap();
                let doors = [&["check", "draft.md", "--facts", "factlint.db"][..], &["learn", "draft.md"]];
                for door in doors.iter().skip(usize::from(!is_there)) {
                    let (status, said) = told(&folder, door);
                    assert_eq!(status, Some(2), "{end} {what} {door:?}: {said}");
                    assert!(said.contains(&format!("factlint.db-{end}, which is {what}")), "{end} {what}: {said}");
                    assert_eq!(std::fs::read_to_string(&precious).unwrap(), "keep me", "{end} {what}");
                    assert_eq!(base.exists(), is_there, "{end} {what}");
                }
                let _ = std::fs::remove_dir(&beside).or_else(|_| std::fs::remove_file(&beside));
            }
            std::fs::write(&base, &whole).unwrap();
        }
    }
    assert_eq!(told(&folder, &["learn", "draft.md"]).0, Some(0));
}

/// What learning keeps beside a base while it runs: taken over where a run was killed, and else left alone.
#[cfg(unix)]
#[test]
fn what_a_killed_run_left_beside_a_base_is_taken_over_and_nothing_else_is() {
    let (folder, _) = learned("damage-left");
    let base = folder.join("factlint.db");
    let expected = answered(&base).unwrap();
    let archive = root().join("examples/newsroom");
    let learn = ["learn", archive.to_str().unwrap(), "-q"];
    // The log of a base that was deleted, a base that was being made, cut off or not begun, and locks that nobody holds.
    let (begun, whole) = (std::fs::read(&base).unwrap()[..5000].to_vec(), log_of(&folder));
    for (end, left) in [("wal", whole), ("new", begun), ("new", vec![0; 8192]), ("lock", Vec::new())] {
        std::fs::remove_file(&base).unwrap();
        std::fs::write(folder.join(format!("factlint.db-{end}")), left).unwrap();
        assert_eq!(told(&folder, &learn), (Some(0), String::new()), "{end}");
        assert!(answered(&base).unwrap() == expected, "{end}");
        for end in ["wal", "shm", "new", "lock"] {
            assert!(!folder.join(format!("factlint.db-{end}")).exists(), "{end} is left");
        }
    }
    for (end, what) in [("new", "no file of SQLite's"), ("lock", "not empty")] {
        let beside = folder.join(format!("factlint.db-{end}"));
        std::fs::remove_file(&base).unwrap();
        std::fs::write(&beside, "keep me").unwrap();
        let (status, said) = told(&folder, &learn);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains(&format!("factlint.db-{end}, which is {what}")), "{said}");
        assert_eq!(std::fs::read_to_string(&beside).unwrap(), "keep me");
        std::fs::remove_file(&beside).unwrap();
        assert_eq!(told(&folder, &learn).0, Some(0));
    }
}

/// SQLite's journal holds what a run that was killed overwrote; whoever comes next undoes that, a reader too.
#[test]
fn what_a_killed_run_began_is_undone_by_who_reads_next() {
    let (folder, whole) = learned("damage-begun");
    let (base, journal) = (folder.join("factlint.db"), folder.join("factlint.db-journal"));
    let expected = answered(&base).unwrap();
    let connection = rusqlite::Connection::open(&base).unwrap();
    connection.execute_batch("PRAGMA cache_size = 2; BEGIN; UPDATE sentences SET text = text || '!'").unwrap();
    let (begun, undo) = (std::fs::read(&base).unwrap(), std::fs::read(&journal).unwrap());
    drop(connection);
    assert!(begun != whole);
    for door in [&["check", "draft.md"][..], &["facts"], &["learn", "draft.md"]] {
        std::fs::write(&base, &begun).unwrap();
        std::fs::write(&journal, &undo).unwrap();
        let (status, said) = told(&folder, door);
        assert!(matches!(status, Some(0 | 1)), "{door:?}: {said}");
        assert!(!journal.exists(), "{door:?}");
    }
    std::fs::write(&base, &begun).unwrap();
    std::fs::write(&journal, &undo).unwrap();
    assert!(answered(&base).unwrap() == expected);
}

/// A log of SQLite's whose frames are those of another base.
fn log_of(folder: &Path) -> Vec<u8> {
    let other = folder.join("other.db");
    let connection = rusqlite::Connection::open(&other).unwrap();
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    connection.execute_batch("CREATE TABLE other (value); INSERT INTO other VALUES (1)").unwrap();
    let log = std::fs::read(folder.join("other.db-wal")).unwrap();
    assert!(log.len() > 4096);
    log
}

#[test]
fn no_log_and_no_cut_turns_the_seal_off() {
    let (folder, whole) = learned("damage-seal");
    let (base, log) = (folder.join("factlint.db"), folder.join("factlint.db-wal"));
    let expected = answered(&base).unwrap();
    let seal = whole.len() - 4096;
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x04;
        bytes
    };
    // A log as SQLite begins one, cut off or without a frame that is one.
    let begun = [&[0x37, 0x7f, 0x06, 0x82][..], &[0; 60]].concat();
    for log_of in [None, Some(&begun[..7]), Some(&begun[..])] {
        for (what, bytes) in [
            ("whole", whole.clone()),
            ("a flip in the first page", flipped(2000)),
            ("a flip in the middle", flipped(whole.len() / 2)),
            ("a flip in the mark", flipped(whole.len() - 15)),
            ("no seal", whole[..seal].to_vec()),
            ("no seal and a flip", flipped(whole.len() / 2)[..seal].to_vec()),
        ] {
            std::fs::write(&base, bytes).unwrap();
            let _ = std::fs::remove_file(folder.join("factlint.db-shm"));
            let _ = std::fs::remove_file(&log);
            if let Some(log_of) = log_of {
                std::fs::write(&log, log_of).unwrap();
            }
            let said = answered(&base);
            assert_eq!(said.is_ok(), what == "whole", "{what} {log_of:?}");
            assert!(said.is_err() || said.is_ok_and(|said| said == expected), "{what} {log_of:?}");
        }
    }
}

#[test]
fn a_base_that_learning_committed_and_did_not_seal_is_one() {
    let (folder, _) = learned("damage-unsealed");
    let base = folder.join("factlint.db");
    let expected = answered(&base).unwrap();
    let connection = rusqlite::Connection::open(&base).unwrap();
    // As it is between the commit and the seal.
    connection.execute_batch(&format!("PRAGMA application_id = {}", 0x6663_746c)).unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&base).unwrap();
    bytes.truncate(bytes.len() - 4096);
    std::fs::write(&base, &bytes).unwrap();
    assert!(answered(&base).unwrap() == expected);
    // One without a part of it is none, for whoever looks.
    let connection = rusqlite::Connection::open(&base).unwrap();
    connection.execute_batch("DROP TABLE name_words").unwrap();
    drop(connection);
    for door in [&["check", "draft.md"][..], &["learn", "draft.md"], &["facts"]] {
        let (status, said) = told(&folder, door);
        assert_eq!(status, Some(2), "{door:?}: {said}");
        assert!(said.contains("it lacks `name_words`; delete it and learn again"), "{door:?}: {said}");
    }
}

#[test]
fn what_is_learned_while_somebody_has_the_base_open_is_sealed_too() {
    let (folder, _) = learned("damage-held");
    let base = folder.join("factlint.db");
    let store = Store::open(&base, Seen::default(), Arc::clone(packs())).unwrap();
    assert!(!store.all().unwrap().is_empty());
    let more = "2025-08-16\n\nSteve Witkoff told CNN on Sunday that a deal is near.\n";
    std::fs::write(folder.join("more.txt"), more).unwrap();
    assert_eq!(told(&folder, &["learn", "more.txt", "-q"]).0, Some(0));
    let bytes = std::fs::read(&base).unwrap();
    assert_eq!(&bytes[bytes.len() - 20..bytes.len() - 12], b"fctlseal");
    assert!(!store.all().unwrap().is_empty());
    drop(store);
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 1;
    std::fs::write(&base, flipped).unwrap();
    assert!(answered(&base).is_err());
}

#[test]
fn a_folder_is_no_base_at_any_door() {
    let (folder, _) = learned("damage-folder");
    std::fs::create_dir(folder.join("base.db")).unwrap();
    for door in [&["check", "draft.md", "--facts", "base.db"][..], &["facts", "--facts", "base.db"]] {
        let (status, said) = told(&folder, door);
        assert_eq!(status, Some(2), "{door:?}: {said}");
        assert!(said.contains("base.db: a fact base is a file, and this is a folder"), "{door:?}: {said}");
    }
    assert_eq!(told(&folder, &["learn", "draft.md", "--facts", "base.db"]).0, Some(2));
    std::fs::write(folder.join("factlint.toml"), "facts = \"base.db\"\n").unwrap();
    let mut editor = Client::start(&folder, json!({}));
    let message = editor.wait(|message| message["method"] == "window/showMessage");
    assert!(message["params"]["message"].as_str().unwrap().contains("this is a folder"), "{message}");
    let _ = editor.server.kill();
    let _ = editor.server.wait();
}

#[cfg(unix)]
#[test]
fn where_the_disk_is_full_nothing_is_left_of_a_new_base_and_an_old_one_stays() {
    let (folder, whole) = learned("damage-full");
    let archive = root().join("examples/newsroom");
    let limited = |base: &str| {
        let learn = format!("learn '{}' draft.md --afresh --facts {base}", archive.display());
        let shell = format!("trap '' XFSZ; ulimit -f 8; '{}' {learn}", env!("CARGO_BIN_EXE_factlint"));
        std::process::Command::new("sh").args(["-c", &shell]).current_dir(&folder).output().unwrap()
    };
    let names = || {
        let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    for base in ["new.db", "factlint.db"] {
        let output = limited(base);
        assert_eq!(output.status.code(), Some(2), "{base}: {}", out(&output));
        assert!(err(&output).contains("nothing was changed"), "{base}: {}", err(&output));
        assert!(err(&output).contains("disk is full"), "{base}: {}", err(&output));
        if base == "new.db" {
            assert_eq!(names(), before);
        }
    }
    std::fs::write(folder.join("whole.db"), whole).unwrap();
    assert!(answered(&folder.join("factlint.db")) == answered(&folder.join("whole.db")));
}
