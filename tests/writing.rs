//! Writing files: what was named, whole or not at all, through links, as it was before but for its text.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use support::{err, factlint, folder, out};

const DRAFT: &str = "---\ndate: 2025-08-17\n---\n\nSteve Witkoff told CCN that the talks went well.\n";
const FIXED: &str = "---\ndate: 2025-08-17\n---\n\nSteve Witkoff told CNN that the talks went well.\n";

/// A project with a draft to fix, a pack and an archive.
fn project(name: &str) -> PathBuf {
    let folder = folder(&format!("writing-{name}"));
    let article = "2025-08-16\n\nSteve Witkoff told CNN on Sunday that a deal is near.\n";
    std::fs::create_dir(folder.join("archive")).unwrap();
    std::fs::write(folder.join("archive/a.txt"), article).unwrap();
    std::fs::write(folder.join("factlint.toml"), "packs = [\"desk.toml\"]\n").unwrap();
    std::fs::write(folder.join("desk.toml"), "[[fact]]\nsays = \"Steve Witkoff told CNN\"\n").unwrap();
    std::fs::write(folder.join("draft.md"), DRAFT).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    factlint(arguments).current_dir(folder).output().unwrap()
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn chmod(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A command that writes, the file that it writes to where that is there already, and what stands in it then.
struct Writer {
    arguments: &'static [&'static str],
    file: &'static str,
    before: &'static str,
    /// Words that stand in the file afterwards.
    after: &'static str,
}

/// Every command that writes to a file of the project that is there.
const WRITERS: [Writer; 4] = [
    Writer { arguments: &["check", "draft.md", "--fix"], file: "draft.md", before: DRAFT, after: "told CNN" },
    Writer {
        arguments: &["add", "Ada Lund is Prime Minister of Norway"],
        file: "desk.toml",
        before: "[[fact]]\nsays = \"Steve Witkoff told CNN\"\n",
        after: "Ada Lund",
    },
    Writer {
        arguments: &["allow", "draft.md:5", "name", "--because", "as he said it"],
        file: "factlint.allow.toml",
        before: "# Ours.\n",
        after: "as he said it",
    },
    Writer {
        arguments: &["check", "draft.md", "--baseline", "known.json", "--write-baseline"],
        file: "known.json",
        before: "{\"version\": 1, \"findings\": []}\n",
        after: "fingerprint",
    },
];

#[test]
fn a_link_stays_a_link_and_what_it_leads_to_is_written() {
    for (number, writer) in WRITERS.iter().enumerate() {
        let folder = project(&format!("link-{number}"));
        std::fs::create_dir(folder.join("elsewhere")).unwrap();
        let (link, target) = (folder.join(writer.file), folder.join("elsewhere/target"));
        let _ = std::fs::remove_file(&link);
        std::fs::write(&target, writer.before).unwrap();
        symlink("elsewhere/target", &link).unwrap();
        let output = run(&folder, writer.arguments);
        assert!(link.is_symlink(), "{:?}: {}", writer.arguments, err(&output));
        assert!(read(&target).contains(writer.after), "{:?}: {}", writer.arguments, err(&output));
        assert_eq!(names(&folder.join("elsewhere")), ["target"]);
    }
}

#[test]
fn every_name_of_a_file_sees_what_is_written() {
    for (number, writer) in WRITERS.iter().enumerate() {
        let folder = project(&format!("names-{number}"));
        let (one, other) = (folder.join(writer.file), folder.join("archive/other.name"));
        std::fs::write(&one, writer.before).unwrap();
        std::fs::hard_link(&one, &other).unwrap();
        let output = run(&folder, writer.arguments);
        assert!(read(&one).contains(writer.after), "{:?}: {}", writer.arguments, err(&output));
        assert_eq!(read(&one), read(&other), "{:?}", writer.arguments);
        assert_eq!(std::fs::metadata(&one).unwrap().nlink(), 2, "{:?}", writer.arguments);
        assert!(!names(&folder).iter().any(|name| name.starts_with(".factlint-")), "{:?}", names(&folder));
    }
}

#[test]
fn the_mode_is_kept_and_what_is_read_only_is_refused() {
    for (number, writer) in WRITERS.iter().enumerate() {
        let folder = project(&format!("mode-{number}"));
        let file = folder.join(writer.file);
        for kept in [0o600, 0o640, 0o755] {
            std::fs::write(&file, writer.before).unwrap();
            chmod(&file, kept);
            let output = run(&folder, writer.arguments);
            assert!(read(&file).contains(writer.after), "{:?}: {}", writer.arguments, err(&output));
            assert_eq!(mode(&file), kept, "{:?}", writer.arguments);
        }
        std::fs::write(&file, writer.before).unwrap();
        chmod(&file, 0o444);
        let output = run(&folder, writer.arguments);
        assert!(err(&output).contains("read-only"), "{:?}: {}", writer.arguments, err(&output));
        assert_eq!((read(&file), mode(&file)), (writer.before.to_owned(), 0o444), "{:?}", writer.arguments);
    }
}

/// A fix that is not written is no note: it is said whatever is asked for, and the run fails.
#[test]
fn a_fix_that_is_refused_is_an_error() {
    let folder = project("refused");
    let windows = [DRAFT.as_bytes(), b"\nA caf\xe9 opened.\n"].concat();
    std::fs::write(folder.join("windows.md"), windows).unwrap();
    chmod(&folder.join("draft.md"), 0o444);
    for (file, why) in [("draft.md", "read-only"), ("windows.md", "not UTF-8")] {
        let before = std::fs::read(folder.join(file)).unwrap();
        for quiet in [&[][..], &["--quiet"]] {
            let arguments = [&["check", file, "--fix", "--fail-on", "never"], quiet].concat();
            let output = run(&folder, &arguments);
            let said = err(&output);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            let error = said.lines().find(|line| line.starts_with(&format!("error: {file}: not fixed: ")));
            assert!(error.is_some_and(|error| error.contains(why)), "{arguments:?}: {said}");
        }
        let failed = run(&folder, &["check", file, "--fix", "--quiet", "--fail-on", "warning"]);
        assert_eq!(failed.status.code(), Some(1), "{file}: {}", err(&failed));
        assert_eq!(std::fs::read(folder.join(file)).unwrap(), before, "{file}");
    }
}

#[test]
fn the_owner_is_kept_where_that_is_allowed() {
    let folder = project("owner");
    let file = folder.join("draft.md");
    // Only the superuser may give a file away; for others there is nothing to see.
    if std::os::unix::fs::chown(&file, Some(12345), Some(54321)).is_err() {
        return;
    }
    run(&folder, &["check", "draft.md", "--fix"]);
    let about = std::fs::metadata(&file).unwrap();
    assert_eq!((read(&file).as_str(), about.uid(), about.gid()), (FIXED, 12345, 54321));
}

#[test]
fn nothing_of_a_name_like_it_is_touched() {
    for (number, writer) in WRITERS.iter().enumerate() {
        let folder = project(&format!("beside-{number}"));
        std::fs::write(folder.join(writer.file), writer.before).unwrap();
        std::fs::write(folder.join("precious"), "keep me").unwrap();
        let beside = [".new", ".tmp", "~", ".bak"].map(|end| folder.join(format!("{}{end}", writer.file)));
        for (link, path) in beside.iter().enumerate() {
            match link % 2 {
                0 => symlink("precious", path).unwrap(),
                _ => std::fs::write(path, "mine").unwrap(),
            }
        }
        let before = names(&folder);
        let output = run(&folder, writer.arguments);
        assert!(read(folder.join(writer.file)).contains(writer.after), "{}", err(&output));
        assert_eq!(read(folder.join("precious")), "keep me", "{:?}", writer.arguments);
        assert_eq!(names(&folder), before, "{:?}", writer.arguments);
        assert!(beside.iter().enumerate().all(|(at, path)| path.is_symlink() == (at % 2 == 0)));
    }
}

#[test]
fn a_link_to_nothing_and_what_is_no_file_are_refused() {
    for (number, writer) in WRITERS.iter().enumerate().skip(1) {
        let folder = project(&format!("odd-{number}"));
        let file = folder.join(writer.file);
        let _ = std::fs::remove_file(&file);
        symlink("nowhere", &file).unwrap();
        let output = run(&folder, writer.arguments);
        assert_eq!(output.status.code(), Some(2), "{:?}: {}", writer.arguments, err(&output));
        assert!(file.is_symlink() && !folder.join("nowhere").exists(), "{:?}", writer.arguments);
        std::fs::remove_file(&file).unwrap();
        // A folder of packs is a pack.
        if number == 1 {
            continue;
        }
        std::fs::create_dir(&file).unwrap();
        let output = run(&folder, writer.arguments);
        assert_eq!(output.status.code(), Some(2), "{:?}: {}", writer.arguments, err(&output));
    }
}

#[test]
fn where_the_disk_is_full_all_is_as_it_was() {
    // More than a block, so that the limit of the shell is met: 512 or 1024 bytes.
    let draft = format!("{DRAFT}\n{}\n", "The band played on. ".repeat(200));
    for linked in [false, true] {
        let folder = project(if linked { "full-linked" } else { "full" });
        let file = folder.join("draft.md");
        std::fs::write(&file, &draft).unwrap();
        if linked {
            std::fs::hard_link(&file, folder.join("other.txt")).unwrap();
        }
        let before = names(&folder);
        let limited = format!("trap '' XFSZ; ulimit -f 1; '{}' check draft.md --fix", env!("CARGO_BIN_EXE_factlint"));
        let output = std::process::Command::new("sh").args(["-c", &limited]).current_dir(&folder).output().unwrap();
        assert!(err(&output).contains("draft.md: not fixed"), "{}", err(&output));
        assert_eq!((read(&file), names(&folder)), (draft.clone(), before));
    }
}

#[test]
fn what_is_new_is_made_and_what_is_there_is_left() {
    let folder = folder("writing-new");
    let sentence = "Ada Lund is Prime Minister of Norway";
    symlink("precious", folder.join("facts.toml")).unwrap();
    std::fs::write(folder.join("precious"), "# Ours.\n").unwrap();
    let output = run(&folder, &["add", sentence]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(read(folder.join("precious")).contains(sentence) && folder.join("facts.toml").is_symlink());
    assert_eq!(read(folder.join("factlint.toml")), "packs = [\"facts.toml\"]\n");
    // As any new file here.
    std::fs::write(folder.join("probe"), "").unwrap();
    assert_eq!(mode(&folder.join("factlint.toml")), mode(&folder.join("probe")));

    let other = support::folder("writing-init");
    std::fs::write(other.join("precious"), "keep me").unwrap();
    symlink("precious", other.join("desk.toml")).unwrap();
    let output = run(&other, &["init"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(read(other.join("precious")), "keep me");
    let output = run(&other, &["man", "pages"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(names(&other.join("pages")).contains(&"factlint-check.1".to_owned()), "{:?}", names(&other.join("pages")));
}

#[test]
fn a_base_is_learned_through_a_link_and_never_where_it_may_not_be_written() {
    let folder = project("base");
    std::fs::create_dir(folder.join("elsewhere")).unwrap();
    let learn = ["learn", "archive", "--quiet"];
    assert_eq!(run(&folder, &learn).status.code(), Some(0));
    let (base, target) = (folder.join("factlint.db"), folder.join("elsewhere/target.db"));
    std::fs::rename(&base, &target).unwrap();
    chmod(&target, 0o600);
    symlink("elsewhere/target.db", &base).unwrap();
    std::fs::write(folder.join("archive/b.txt"), "2025-08-17\n\nSteve Witkoff told CNN again.\n").unwrap();
    assert_eq!(run(&folder, &learn).status.code(), Some(0));
    assert!(base.is_symlink() && mode(&target) == 0o600);
    chmod(&target, 0o444);
    let before = std::fs::read(&target).unwrap();
    std::fs::write(folder.join("archive/c.txt"), "2025-08-17\n\nSteve Witkoff told CNN once more.\n").unwrap();
    let output = run(&folder, &learn);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("read-only"), "{}", err(&output));
    assert_eq!(std::fs::read(&target).unwrap(), before);
    std::fs::remove_file(&target).unwrap();
    assert_eq!(run(&folder, &learn).status.code(), Some(2));
    assert!(!target.exists());
}

/// Starts a command as often as there are arguments, all at once, and waits for them.
fn at_once(folder: &Path, runs: &[Vec<String>]) -> Vec<Output> {
    let start = |arguments: &Vec<String>| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut command = factlint(&arguments);
        command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let running: Vec<_> = runs.iter().map(start).collect();
    running.into_iter().map(|child| child.wait_with_output().unwrap()).collect()
}

/// Of many who change one file at once each says what came of it, whether the file was there, is a link or has other names.
#[test]
fn of_many_changes_at_once_none_is_lost() {
    const NAMES: [&str; 8] = ["Ada", "Bea", "Cora", "Dina", "Elsa", "Fay", "Gwen", "Hana"];
    let facts = NAMES.map(|name| format!("{name} Lund is Prime Minister of Norway"));
    let adds = facts.clone().map(|fact| vec!["add".to_owned(), fact]);
    for kind in ["none", "file", "link", "names"] {
        let folder = folder(&format!("writing-adds-{kind}"));
        let (pack, other) = (folder.join("facts.toml"), folder.join("other.toml"));
        match kind {
            "none" => {}
            "file" => std::fs::write(&pack, "# Ours.\n").unwrap(),
            "link" => std::fs::write(&other, "# Ours.\n").and_then(|()| symlink("other.toml", &pack)).unwrap(),
            _ => std::fs::write(&other, "# Ours.\n").and_then(|()| std::fs::hard_link(&other, &pack)).unwrap(),
        }
        for output in at_once(&folder, &adds) {
            assert_eq!(output.status.code(), Some(0), "{kind}: {}", err(&output));
        }
        let text = read(&pack);
        assert!(facts.iter().all(|fact| text.matches(fact.as_str()).count() == 1), "{kind}: {text}");
        assert_eq!(run(&folder, &["facts", "Ada Lund"]).status.code(), Some(0), "{kind}");
    }
    let folder = project("allows");
    let slips: String =
        NAMES.map(|name| format!("{name} Vogt said that it rained on Sunday, 17 November 2025.\n\n")).concat();
    std::fs::write(folder.join("slips.md"), slips).unwrap();
    let allow = |line: usize| {
        ["allow", &format!("slips.md:{}", line * 2 + 1), "date", "--because", "as it was"].map(str::to_owned).to_vec()
    };
    let allows: Vec<Vec<String>> = (0..NAMES.len()).map(allow).collect();
    for output in at_once(&folder, &allows) {
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    }
    let text = read(folder.join("factlint.allow.toml"));
    assert_eq!(text.matches("[[allow]]").count(), NAMES.len(), "{text}");
    let left = run(&folder, &["check", "slips.md", "--format", "short", "--only", "date"]);
    assert!(!out(&left).contains("[date]"), "{}", out(&left));
}

/// What is neither a pack nor a baseline is never taken for one, and nobody is told to have it replaced.
#[test]
fn nothing_is_replaced_by_something_else() {
    let folder = project("kinds");
    std::fs::write(folder.join("other.toml"), "[package]\nname = \"ours\"\n").unwrap();
    std::fs::write(folder.join("list.toml"), "fact = []\n").unwrap();
    std::fs::write(folder.join("numbers.json"), "[1, 2]\n").unwrap();
    std::fs::write(folder.join("empty.json"), "").unwrap();
    let sentence = "Ada Lund is Prime Minister of Norway";
    let before: Vec<_> =
        names(&folder).into_iter().map(|name| (name.clone(), std::fs::read(folder.join(name)).ok())).collect();
    for (arguments, why) in [
        (vec!["add", sentence, "--to", "draft.md"], "a pack is a file whose name ends in .toml"),
        (vec!["add", sentence, "--to", "facts"], "a pack is a file whose name ends in .toml"),
        (vec!["add", sentence, "--to", "factlint.toml"], "it is no pack: factlint.toml:1:1: unknown key `packs`"),
        (vec!["add", sentence, "--to", "other.toml"], "it is no pack: other.toml:1:2: unknown key `package`"),
        (vec!["add", sentence, "--to", "list.toml"], "it is no pack: list.toml"),
        (vec!["check", "draft.md", "--baseline", "draft.md"], "this is no baseline"),
        (vec!["check", "draft.md", "--baseline", "empty.json"], "this file is empty; write it afresh"),
        (
            vec!["check", "draft.md", "--baseline", "draft.md", "--write-baseline"],
            "was left as it is; name another file",
        ),
        (
            vec!["check", "draft.md", "--baseline", "desk.toml", "--write-baseline"],
            "was left as it is; name another file",
        ),
        (vec!["check", "draft.md", "--baseline", "numbers.json", "--write-baseline"], "was left as it is"),
    ] {
        let output = run(&folder, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", out(&output));
        assert!(err(&output).contains(why), "{arguments:?}: {}", err(&output));
        let advised = err(&output).contains("--write-baseline");
        assert_eq!(advised, arguments.contains(&"empty.json"), "{arguments:?}: {}", err(&output));
        let now: Vec<_> =
            names(&folder).into_iter().map(|name| (name.clone(), std::fs::read(folder.join(name)).ok())).collect();
        assert_eq!(now, before, "{arguments:?}");
    }
    std::fs::write(folder.join("later.json"), "{\"version\": 9, \"findings\": [], \"more\": 1}\n").unwrap();
    for name in ["empty.json", "later.json", "new.json"] {
        let output = run(&folder, &["check", "draft.md", "--baseline", name, "--write-baseline"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", err(&output));
        assert!(read(folder.join(name)).contains("fingerprint"), "{name}");
    }
}

/// Two names of one file are one file: it is fixed once, and both see what came of it.
#[test]
fn a_file_that_is_named_twice_is_fixed_once() {
    for kind in ["link", "names"] {
        let folder = project(&format!("twice-{kind}"));
        match kind {
            "link" => symlink("draft.md", folder.join("other.md")).unwrap(),
            _ => std::fs::hard_link(folder.join("draft.md"), folder.join("other.md")).unwrap(),
        }
        let output =
            run(&folder, &["check", "draft.md", "other.md", "--fix", "--fail-on", "never", "--format", "short"]);
        assert_eq!(output.status.code(), Some(0), "{kind}: {}", err(&output));
        assert_eq!(err(&output).matches("1 fix applied").count(), 1, "{kind}: {}", err(&output));
        assert!(!out(&output).contains("CCN"), "{kind}: {}", out(&output));
        assert_eq!(
            (read(folder.join("draft.md")), read(folder.join("other.md"))),
            (FIXED.to_owned(), FIXED.to_owned())
        );
    }
}

/// A name that is no UTF-8 is shown as that of another file may be, which is not to be written for it.
#[test]
fn a_name_that_is_no_text_leads_to_no_other_file() {
    let folder = project("misnamed");
    let odd = [&b"odd\xff.md"[..], b"odd\xfe.md"].map(|name| folder.join(OsStr::from_bytes(name)));
    if odd.iter().any(|path| std::fs::write(path, DRAFT).is_err()) {
        return;
    }
    let other = folder.join("odd\u{fffd}.md");
    std::fs::write(&other, DRAFT).unwrap();
    let mut command = factlint(&["check", "--fix", "--quiet", "--fail-on", "never"]);
    let output = command.args(&odd).current_dir(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert_eq!(err(&output).matches("not fixed: its name is no UTF-8; rename it first").count(), 2, "{}", err(&output));
    for path in odd.iter().chain([&other]) {
        assert_eq!(read(path), DRAFT, "{path:?}");
    }
}

/// A pipe is nothing to write to, and nobody is waited for.
#[test]
fn a_pipe_is_not_written_to() {
    for (number, writer) in WRITERS.iter().enumerate() {
        let folder = project(&format!("pipe-{number}"));
        let file = folder.join(writer.file);
        let _ = std::fs::remove_file(&file);
        assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
        let arguments: Vec<String> = writer.arguments.iter().map(|word| format!("'{word}'")).collect();
        let program = env!("CARGO_BIN_EXE_factlint");
        // Whoever writes a draft to it comes once, as to `<(command)`.
        let draft = format!("printf -- '{}' > '{}' & ", DRAFT.replace('\n', "\\n"), writer.file);
        let feed = if number == 0 { draft.as_str() } else { "" };
        let shell = format!("{feed}timeout 30 '{program}' {}", arguments.join(" "));
        let output = std::process::Command::new("sh").args(["-c", &shell]).current_dir(&folder).output().unwrap();
        // The slip that is not fixed is found still.
        assert_eq!(output.status.code(), Some(if number == 0 { 1 } else { 2 }), "{shell}: {}", err(&output));
        assert!(std::fs::metadata(&file).unwrap().file_type().is_fifo(), "{shell}");
        let said = err(&output);
        assert!(said.contains("it is no plain file") || said.contains("this is a pipe"), "{shell}: {said}");
    }
}
