//! The binary: exit statuses, bad input, standard input, and the same bytes whatever the machine does.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use support::{err, factlint, folder, newsroom, out};

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn exit_status_follows_the_findings_and_the_threshold() {
    for (arguments, status) in [
        (vec!["check", "--against", "examples/newsroom"], 1),
        (vec!["check", "--against", "examples/newsroom", "--fail-on", "never"], 0),
        (vec!["check", "examples/newsroom/2025-08-17-harbour-courier.txt", "--against", "examples/newsroom"], 0),
        (vec!["check", "--against", "examples/newsroom", "--only", "consistency"], 0),
        (vec!["check", "--against", "examples/newsroom", "--only", "consistency", "--fail-on", "warning"], 1),
        (vec!["claims", "examples/newsroom/2025-08-17-city-beacon.txt"], 0),
        (vec!["check"], 2),
        (vec!["check", "--against", "examples/newsroom", "--date", "yesterday"], 2),
        (vec!["check", "--against", "examples/newsroom", "--only", "offices"], 2),
        (vec!["rules", "nothing"], 2),
        (vec!["test"], 0),
    ] {
        let output = factlint(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn bad_input_is_refused_with_what_to_do() {
    let folder = folder("bad-input");
    let good = write(&folder, "good.txt", b"Finnish President Alexander Stubb arrived.");
    let empty = write(&folder, "empty.txt", b" \n\n");
    let binary = write(&folder, "binary.txt", &[0, 159, 146, 150, 0, 1]);
    let utf16 = write(&folder, "utf16.txt", &[0xFF, 0xFE, b'a', 0]);
    let toml = write(&folder, "broken.toml", b"[pack\nname = 1\n");
    let unread = write(&folder, "unread.toml", b"[[fact]]\nsays = \"Nobody knows the weather\"\n");
    let slot = write(&folder, "slot.toml", b"[relation.x]\nslots = { a = \"person\" }\npatterns = [\"{b} ran\"]\n");
    std::fs::create_dir(folder.join("nothing")).unwrap();
    let nothing = folder.join("nothing").to_string_lossy().into_owned();
    for (arguments, expected) in [
        (vec!["check", "missing.txt"], "there is no such file or folder"),
        (vec!["check", &good, "--against", "missing"], "there is no such file or folder"),
        (vec!["check", &nothing], "holds no articles; files ending in .txt"),
        (vec!["check", &empty], "the file is empty"),
        (vec!["check", &binary], "binary file, not text"),
        (vec!["check", &utf16], "save it as UTF-8"),
        (vec!["check", &good, "--pack", &toml], "this is no TOML"),
        (vec!["check", &good, "--pack", &unread], "no pattern reads this sentence"),
        (vec!["check", &good, "--pack", &slot], "the relation has no slot `b`"),
        (vec!["check", &good, "--pack", "missing.toml"], "there is no such file or folder"),
        (vec!["why", &good], "write FILE:LINE"),
    ] {
        let output = factlint(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(expected), "{arguments:?}: {}", err(&output));
        assert_eq!(out(&output), "", "{arguments:?}");
    }
}

#[test]
fn every_bad_input_of_a_run_is_named() {
    let output = factlint(&["check", "a.txt", "b.txt", "--against", "c"]).output().unwrap();
    for name in ["a.txt", "b.txt", "c:"] {
        assert!(err(&output).contains(name), "{}", err(&output));
    }
}

#[test]
fn windows_1252_is_read_and_said() {
    let folder = folder("windows");
    let draft =
        write(&folder, "draft.txt", b"He said \x93no\x94. Finnish Prime Minister Alexander Stubb left caf\xe9.");
    let output = factlint(&["check", &draft, "--against", "examples/newsroom", "--format", "json"]).output().unwrap();
    assert!(err(&output).contains("read as Windows-1252"));
    let found: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    let span = found.pointer("/diagnostics/0/span").unwrap();
    // One byte is one character there, so code points are the bytes of the file.
    assert_eq!((span["start"].as_u64(), span["text"].as_str()), (Some(22), Some("Prime Minister")));
}

#[test]
fn standard_input_is_read_under_its_name() {
    let mut child = factlint(&[
        "check",
        "-",
        "--stdin-filename",
        "draft.md",
        "--against",
        "examples/newsroom",
        "--format",
        "short",
    ])
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"---\ndate: 2025-08-17\n---\nFinnish **Prime Minister** Alexander Stubb left.\n")
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        out(&output).starts_with("draft.md:4:11: error[office]: Alexander Stubb is President of Finland"),
        "{}",
        out(&output)
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let run = |arguments: &[&str], settings: &[(&str, &str)]| {
        let output = factlint(arguments).envs(settings.iter().copied()).output().unwrap();
        (out(&output), err(&output))
    };
    for format in ["pretty", "json", "sarif"] {
        let plain = ["check", "--against", "examples/newsroom", "--format", format];
        let expected = run(&plain, &[]);
        for threads in ["1", "2", "16"] {
            assert_eq!(run(&plain, &[("RAYON_NUM_THREADS", threads)]), expected);
        }
        assert_eq!(
            run(&plain, &[("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati"), ("LANG", "de_DE")]),
            expected
        );
        let mut files: Vec<String> =
            newsroom().into_iter().map(|(name, _)| format!("examples/newsroom/{name}")).collect();
        files.reverse();
        files.rotate_left(5);
        let shuffled: Vec<&str> = ["check", "--format", format]
            .into_iter()
            .chain(files.iter().flat_map(|file| ["--against", file.as_str()]))
            .collect();
        assert_eq!(run(&shuffled, &[]), expected);
    }
}

#[test]
fn colours_are_for_terminals_or_those_who_ask() {
    let plain = factlint(&["check", "--against", "examples/newsroom"]).output().unwrap();
    assert!(!out(&plain).contains('\u{1b}'));
    let asked = factlint(&["check", "--against", "examples/newsroom", "--color", "always"]).output().unwrap();
    assert!(out(&asked).contains('\u{1b}'));
}

#[test]
fn rows_fit_the_terminal() {
    for columns in ["60", "80", "120"] {
        let output = factlint(&["check", "--against", "examples/newsroom"]).env("COLUMNS", columns).output().unwrap();
        let width: usize = columns.parse().unwrap();
        // Headers hold whole paths, and so may be wider.
        for line in out(&output).lines().filter(|line| !line.contains(" ]") && !line.contains(" claims: ")) {
            assert!(line.chars().count() <= width, "{columns}: {line}");
        }
    }
}
