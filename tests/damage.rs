//! A damaged base says so at every door, or answers as the whole one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "support/editor.rs"]
mod editor;
mod support;

use editor::Client;
use factlint::fact::{Facts, Store};
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
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

/// Everything that a base answers; nothing where it says that it is damaged.
fn answers(base: &Path) -> Option<String> {
    let store = Store::open(base, "", Arc::clone(packs())).ok()?;
    let mut text = format!("{:?} {:?} {:?}", store.extent(), store.words(""), store.disputes());
    for fact in store.all() {
        text.push_str(&format!("{:?} {:?}", fact.values, fact.frame));
        fact.witnesses.iter().for_each(|witness| text.push_str(&format!("{witness:?} {:?}", witness.evidence(None))));
    }
    for word in store.words("") {
        store.names(&word).iter().for_each(|name| text.push_str(&format!("{name:?}")));
    }
    store.failure().is_none().then_some(text)
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
    let expected = answers(&base).unwrap();
    let mut refused = 0;
    for (damage, bytes) in damaged(&whole) {
        std::fs::write(&base, bytes).unwrap();
        match answers(&base) {
            Some(answers) => assert!(answers == expected, "{damage}"),
            None => refused += 1,
        }
    }
    assert!(refused > 250, "{refused}");
}

#[test]
fn every_door_says_that_the_base_is_damaged() {
    let (folder, whole) = learned("damage-doors");
    let run = |arguments: &[&str]| factlint(arguments).current_dir(&folder).output().unwrap();
    let doors: [&[&str]; 6] = [
        &["check", "draft.md"],
        &["why", "draft.md:4"],
        &["facts", "Witkoff"],
        &["facts"],
        &["claims", "draft.md"],
        &["learn", "draft.md"],
    ];
    for at in [56, 4096 * 3 + 1000, whole.len() / 2, whole.len() - 6000] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        std::fs::write(folder.join("factlint.db"), &bytes).unwrap();
        for door in doors {
            let output = run(door);
            assert_eq!(output.status.code(), Some(2), "{at} {door:?}: {}", out(&output));
            assert!(err(&output).contains("this fact base is damaged; delete it and learn again"), "{}", err(&output));
        }
        assert!(std::fs::read(folder.join("factlint.db")).unwrap() == bytes, "it is left as it is");
    }
    let mut mcp = factlint(&["mcp"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "check_text", "arguments": { "text": "Steve Witkoff told CCN." } } });
    let _ = writeln!(mcp.stdin.take().unwrap(), "{call}");
    let output = mcp.wait_with_output().unwrap();
    let said = out(&output) + &err(&output);
    assert!(said.contains("this fact base is damaged"), "{said}");
    let mut editor = Client::start(&folder, json!({}));
    let message = editor.wait(|message| message["method"] == "window/showMessage");
    assert!(message["params"]["message"].as_str().unwrap().contains("this fact base is damaged"), "{message}");
    let _ = editor.server.kill();
    let _ = editor.server.wait();
}

#[test]
fn a_base_that_is_damaged_while_it_is_open_says_so() {
    let (folder, whole) = learned("damage-open");
    let base = folder.join("factlint.db");
    let store = Store::open(&base, "", Arc::clone(packs())).unwrap();
    let bytes: Vec<u8> = whole.iter().enumerate().map(|(at, byte)| if at < 4096 { *byte } else { 0x5A }).collect();
    std::fs::write(&base, bytes).unwrap();
    store.all();
    assert!(store.failure().unwrap().contains("this fact base is damaged"));
    // It goes on saying so: what was found empty is remembered.
    assert!(store.failure().is_some());
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
        assert!(answers(&folder.join("factlint.db")).is_some());
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

#[test]
fn no_log_and_no_cut_turns_the_seal_off() {
    let (folder, whole) = learned("damage-seal");
    let (base, log) = (folder.join("factlint.db"), folder.join("factlint.db-wal"));
    let expected = answers(&base).unwrap();
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
            let answered = answers(&base);
            assert_eq!(answered.is_some(), what == "whole", "{what} {log_of:?}");
            assert!(answered.is_none_or(|answers| answers == expected), "{what} {log_of:?}");
        }
    }
}

#[test]
fn a_base_that_learning_committed_and_did_not_seal_is_one() {
    let (folder, _) = learned("damage-unsealed");
    let base = folder.join("factlint.db");
    let expected = answers(&base).unwrap();
    let connection = rusqlite::Connection::open(&base).unwrap();
    // As it is between the commit and the seal.
    connection.execute_batch(&format!("PRAGMA application_id = {}", 0x6663_746c)).unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&base).unwrap();
    bytes.truncate(bytes.len() - 4096);
    std::fs::write(&base, &bytes).unwrap();
    assert!(answers(&base).unwrap() == expected);
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
    let store = Store::open(&base, "", Arc::clone(packs())).unwrap();
    assert!(!store.all().is_empty());
    let more = "2025-08-16\n\nSteve Witkoff told CNN on Sunday that a deal is near.\n";
    std::fs::write(folder.join("more.txt"), more).unwrap();
    assert_eq!(told(&folder, &["learn", "more.txt", "-q"]).0, Some(0));
    let bytes = std::fs::read(&base).unwrap();
    assert_eq!(&bytes[bytes.len() - 20..bytes.len() - 12], b"fctlseal");
    assert!(!store.all().is_empty() && store.failure().is_none());
    drop(store);
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 1;
    std::fs::write(&base, flipped).unwrap();
    assert!(answers(&base).is_none());
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
    assert!(answers(&folder.join("factlint.db")) == answers(&folder.join("whole.db")));
}
