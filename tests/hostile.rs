//! What nobody could read is said, and is no green run: broken and cut files, and what in a folder is no file.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::path::Path;
use std::process::Output;
use support::{err, factlint, folder, out};

/// 17 November 2025 is a Monday.
const WRONG: &str = "The ferry sank on Sunday, 17 November 2025.";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    factlint(arguments).current_dir(folder).output().unwrap()
}

/// A file, where and why it was not read (nothing where all of it was), and whether its slip is found.
struct Case {
    file: &'static str,
    /// `@` stands for the sentence with the slip.
    text: &'static str,
    unread: Option<(&'static str, &'static str)>,
    found: bool,
}

const CASES: &[Case] = &[
    // What is cut or broken: the lines and fields around it are read.
    Case {
        file: "middle.jsonl",
        text: "{\"text\": \"Fine.\"}\n@\n{\"text\": \"Well.\"}\n",
        unread: Some(("2:1", "the JSON is broken here")),
        found: false,
    },
    Case {
        file: "behind.jsonl",
        text: "{\"text\": \"Fine.\"}\nno JSON\n{\"text\": \"@\"}\n",
        unread: Some(("2:1", "the JSON is broken here")),
        found: true,
    },
    Case {
        file: "cut-line.jsonl",
        text: "{\"text\": \"Fine.\"}\n{\"text\": \"@\n{\"text\": \"Well.\"}\n",
        unread: Some(("2:10", "the string that begins here is not closed")),
        found: true,
    },
    Case {
        file: "cut.json",
        text: "{\"headline\": \"Late\", \"body_text\": \"@",
        unread: Some(("1:35", "the string that begins here is not closed")),
        found: true,
    },
    // What has no field that is known.
    Case {
        file: "unknown.json",
        text: "{\"ferry\": \"@\"}",
        unread: Some(("1:1", "no object has a text in a field that is known")),
        found: false,
    },
    Case { file: "deep.json", text: "{\"content\": {\"parts\": [\"@\"]}}", unread: None, found: true },
    Case {
        file: "unknown.xml",
        text: "<story><p>@</p></story>",
        unread: Some(("1:1", "no item of RSS")),
        found: false,
    },
    Case {
        file: "odd.rss",
        text: "<rss><channel><item><words>@</words></item></channel></rss>",
        unread: Some(("1:21", "<words> is not read: an item has its text in")),
        found: false,
    },
    // What swallows the rest.
    Case {
        file: "comment.html",
        text: "<p>Fine.</p><!-- @",
        unread: Some(("1:13", "the comment that begins here is not closed")),
        found: false,
    },
    Case {
        file: "style.html",
        text: "<title>Late</title><style>\n<p>@</p>",
        unread: Some(("1:20", "the <style> that begins here is not closed")),
        found: false,
    },
    Case {
        file: "fence.md",
        text: "Fine.\n\n```\n@",
        unread: Some(("3:1", "the block of code that begins here is not closed")),
        found: false,
    },
    // A line, or one object among others, in another form than those that are known.
    Case {
        file: "other-field.jsonl",
        text: "{\"text\": \"Fine.\"}\n{\"ferry\": \"@\"}\n",
        unread: Some(("2:1", "no object has a text in a field that is known")),
        found: false,
    },
    Case {
        file: "list-line.jsonl",
        text: "{\"text\": \"Fine.\"}\n[\"@\"]\n",
        unread: Some(("2:1", "no object has a text in a field that is known")),
        found: false,
    },
    Case {
        file: "string-line.jsonl",
        text: "\"@\"\n{\"text\": \"Fine.\"}\n",
        unread: Some(("1:1", "no object has a text in a field that is known")),
        found: false,
    },
    Case {
        file: "headline-line.ndjson",
        text: "{\"text\": \"Fine.\"}\n{\"headline\": \"@\"}\n",
        unread: Some(("2:1", "no object has a text in a field that is known")),
        found: false,
    },
    Case {
        file: "among.json",
        text: "[{\"text\": \"Fine.\"},\n{\"ferry\": \"@\"}]",
        unread: Some(("2:1", "no object has a text in a field that is known")),
        found: false,
    },
    Case {
        file: "items.json",
        text: "{\"items\": [{\"ferry\": \"@\"},\n\"@\", {\"text\": \"@\"}]}",
        unread: Some(("1:12", "no object has a text in a field that is known")),
        found: true,
    },
    // What says that it is something else than the articles beside it, and what has no words, is left out.
    Case {
        file: "sorts.json",
        text: "{\"graph\": [{\"type\": \"NewsArticle\", \"articleBody\": \"Fine.\"}, {\"type\": \"WebPage\", \"name\": \"A page\"}]}",
        unread: None,
        found: false,
    },
    Case { file: "index.jsonl", text: "{\"index\": {\"_id\": \"7\"}}\n{\"text\": \"@\"}\n", unread: None, found: true },
    Case {
        file: "title.json",
        text: "{\"title\": \"Late <script>@\", \"text\": \"Fine.\"}",
        unread: Some(("1:17", "the <script> that begins here is not closed")),
        found: false,
    },
    Case {
        file: "one-item.rss",
        text: "<rss><channel><item><description>Fine.</description></item>\n<item><body>@</body></item></channel></rss>",
        unread: Some(("2:7", "<body> is not read: an item has its text in content:encoded")),
        found: false,
    },
    Case {
        file: "titled-item.rss",
        text: "<rss><channel><item><title>Late</title><story><p>@</p></story></item></channel></rss>",
        unread: Some(("1:40", "<story> is not read: an item has its text in content:encoded")),
        found: false,
    },
    Case {
        file: "labels.rss",
        text: "<rss><channel><item><title>Late</title><category>World News</category><description>@</description><note>Not this.</note></item></channel></rss>",
        unread: None,
        found: true,
    },
    Case {
        file: "inside.rss",
        text: "<rss><channel><item><description><p>Fine.</p><p>@</p></description></item></channel></rss>",
        unread: None,
        found: true,
    },
    // A file that is cut off where nothing is cut.
    Case {
        file: "between.rss",
        text: "<rss><channel><item><description>@</description></item>\n",
        unread: Some(("1:1", "the <rss> that begins here is not closed")),
        found: true,
    },
    Case {
        file: "between.atom",
        text: "<feed><title>Late</title><entry><content>@</content></entry>",
        unread: Some(("1:1", "the <feed> that begins here is not closed")),
        found: true,
    },
    // Marks that are fewer than those that they are to match, and marks in a quotation.
    Case {
        file: "shorter.md",
        text: "Fine.\n\n~~~~\n@\n~~~\n",
        unread: Some(("3:1", "the block of code that begins here is not closed")),
        found: false,
    },
    Case {
        file: "other.md",
        text: "Fine.\n\n```\n@\n~~~\n",
        unread: Some(("3:1", "the block of code that begins here is not closed")),
        found: false,
    },
    Case { file: "longer.md", text: "```\nno @\n`````\n\n@\n", unread: None, found: true },
    Case {
        file: "quoted.md",
        text: "> Fine.\n> ```\n> @\n\nWell.\n",
        unread: Some(("2:3", "the block of code that begins here is not closed")),
        found: false,
    },
    Case { file: "quoted-whole.md", text: "> ```\n> no\n> ```\n\n@\n", unread: None, found: true },
    Case {
        file: "listed.md",
        text: "- Fine.\n\n  ```\n  @\n\nWell.\n",
        unread: Some(("3:3", "the block of code that begins here is not closed")),
        found: false,
    },
    Case { file: "empty.md", text: "> ```\n\n@\n", unread: None, found: true },
    Case {
        file: "shorter.adoc",
        text: "Fine.\n\n-----\n@\n----\n",
        unread: Some(("3:1", "the block `-----` that begins here is not closed")),
        found: false,
    },
    Case { file: "language.adoc", text: "```rust\nno @\n```\n\n@\n", unread: None, found: true },
    Case {
        file: "underlined.adoc",
        text: "The ferry\n---------\n\n@\n\nThe harbour\n-----------\n",
        unread: None,
        found: true,
    },
    // Blocks of HTML that end with their own end alone.
    Case {
        file: "pre.md",
        text: "Fine.\n\n<pre>\n\n@\n",
        unread: Some(("3:1", "the <pre> that begins here is not closed")),
        found: false,
    },
    Case { file: "pre-whole.md", text: "<div><pre>no\n\nFine.</pre></div>\n\n@\n", unread: None, found: true },
    Case {
        file: "cdata.md",
        text: "Fine.\n\n<![CDATA[\n\n@\n",
        unread: Some(("3:1", "the declaration that begins here is not closed")),
        found: false,
    },
    Case {
        file: "instruction.md",
        text: "Fine.\n\n<?php\n\n@\n",
        unread: Some(("3:1", "the declaration that begins here is not closed")),
        found: false,
    },
    Case {
        file: "declaration.md",
        text: "Fine.\n\n<!X\n\n@\n",
        unread: Some(("3:1", "the declaration that begins here is not closed")),
        found: false,
    },
    Case {
        file: "doctype.html",
        text: "<p>Fine.</p><!doctype html\n@",
        unread: Some(("1:13", "the declaration that begins here is not closed")),
        found: false,
    },
    // Elements that are left out, and that nothing ends but what they stand in.
    Case {
        file: "code.md",
        text: "Fine <code>@\n\nWell.\n",
        unread: Some(("1:6", "the <code> that begins here is not closed")),
        found: false,
    },
    Case {
        file: "script.md",
        text: "Fine <script>@\n\nWell.\n",
        unread: Some(("1:6", "the <script> that begins here is not closed")),
        found: false,
    },
    Case {
        file: "svg.md",
        text: "- Fine <svg>@\n- Well.\n",
        unread: Some(("1:8", "the <svg> that begins here is not closed")),
        found: false,
    },
    Case { file: "code-below.md", text: "Fine <code>no\n\n@\n\nno</code> well.\n", unread: None, found: true },
    Case { file: "svg-empty.md", text: "Fine <svg/> @\n", unread: None, found: true },
    Case {
        file: "code.html",
        text: "<p>Fine <code>@</p><p>Well.</p>",
        unread: Some(("1:9", "the <code> that begins here is not closed")),
        found: false,
    },
    Case {
        file: "code-next.html",
        text: "<p>Fine <code>@<p>Well.",
        unread: Some(("1:9", "the <code> that begins here is not closed")),
        found: false,
    },
    Case {
        file: "nav.html",
        text: "<div><nav>@</div><p>Well.</p>",
        unread: Some(("1:6", "the <nav> that begins here is not closed")),
        found: false,
    },
    Case {
        file: "crossed.html",
        text: "<table><tr><td><form>Find it</td></tr></table></form><p>@</p>",
        unread: None,
        found: true,
    },
    Case {
        file: "nav.txt",
        text: "Fine.\n\n<nav>@\n\nWell.\n",
        unread: Some(("3:1", "the <nav> that begins here is not closed")),
        found: false,
    },
    Case { file: "nav-below.txt", text: "<nav>no\n\n</nav>\n\n@\n", unread: None, found: true },
    // What looks like a comment and is none.
    Case { file: "dots.rst", text: "...and @\n", unread: None, found: true },
    Case { file: "line.rst", text: ".. note:: @\n\nFine.\n", unread: None, found: true },
    Case { file: "footnote.rst", text: "Fine. [1]_\n\n.. [1] @\n", unread: None, found: true },
    Case { file: "citation.rst", text: "Fine. [Lund]_\n\n.. [Lund] Well,\n   @\n", unread: None, found: true },
    Case { file: "version.rst", text: ".. versionadded:: 2.1\n   @\n", unread: None, found: true },
    Case { file: "nested.rst", text: ".. note::\n\n   .. tip:: Well.\n\n      @\n", unread: None, found: true },
    Case { file: "after.rst", text: "Fine.\n\n..\n\n   @\n", unread: None, found: true },
    Case { file: "literal.rst", text: "- Fine::\n\n    no\n\n  @\n", unread: None, found: true },
    Case { file: "remark.rst", text: ".. @\n\nFine.\n", unread: None, found: false },
    Case { file: "target.rst", text: ".. _ferry: @\n\n.. |ferry| replace:: @\n\nFine.\n", unread: None, found: false },
    // Code is no prose, over lines and with escaped bars in it, and what follows it is.
    Case { file: "lines.md", text: "It said `one\n@ two` today.\n", unread: None, found: false },
    Case { file: "behind.md", text: "It said `one\ntwo` today. @\n", unread: None, found: true },
    Case { file: "quote.md", text: "> It said `one\n> two` today. @\n", unread: None, found: true },
    Case { file: "list.md", text: "- It said `one\n  two` today. @\n", unread: None, found: true },
    Case { file: "table.md", text: "| a | b |\n|---|---|\n| `c \\| d` @ | e |\n", unread: None, found: true },
    Case { file: "table-code.md", text: "| a | b |\n|---|---|\n| `c \\| @` | e |\n", unread: None, found: false },
];

#[test]
fn what_was_not_read_is_said_with_its_place_and_fails() {
    let folder = folder("hostile-files");
    for case in CASES {
        std::fs::write(folder.join(case.file), case.text.replace('@', WRONG)).unwrap();
        let plain = run(&folder, &["check", case.file, "--quiet"]);
        let (said, found) = (err(&plain), out(&plain).contains("is a Monday"));
        assert_eq!(found, case.found, "{}: {}", case.file, out(&plain));
        match case.unread {
            Some((at, why)) => {
                let place = format!("error: not read: {}:{at}: {why}", case.file);
                assert!(said.contains(&place), "{}: {said}", case.file);
            }
            None => assert_eq!(said, "", "{}", case.file),
        }
        let failed = if case.unread.is_some() { 2 } else { 0 };
        assert_eq!(plain.status.code(), Some(if found { 1 } else { failed }), "{}: {said}", case.file);
        let allowed = run(&folder, &["check", case.file, "--quiet", "--allow-unreadable"]);
        assert_eq!(allowed.status.code(), Some(i32::from(found)), "{}", case.file);
        assert_eq!(err(&allowed), said, "{}", case.file);
    }
}

/// Every command that answers from drafts or articles names what of them was not read, and does not succeed.
#[test]
fn every_door_says_what_was_not_read() {
    let folder = folder("hostile-doors");
    for name in ["archive", "drafts"] {
        std::fs::create_dir(folder.join(name)).unwrap();
        let article = "<p>Ada Lund told Reuters.</p>";
        std::fs::write(folder.join(name).join("fine.html"), article).unwrap();
        std::fs::write(folder.join(name).join("open.html"), format!("{article}<!-- {WRONG}")).unwrap();
    }
    std::fs::write(folder.join("fine.txt"), "Ada Lund told Reuters.\n").unwrap();
    let pack = "[[rule]]\nid = \"unique\"\nkind = \"term\"\navoid = [\"very unique\"]\nprefer = \"unique\"\ndescription = \"x\"\n\
                [[rule.example]]\nbad = \"It is [very unique].\"\n[[rule.example]]\nok = \"It is unique.\"\n";
    std::fs::write(folder.join("desk.toml"), pack).unwrap();
    let learned = run(&folder, &["learn", "fine.txt", "--facts", "old.db", "--quiet"]);
    assert_eq!(learned.status.code(), Some(0), "{}", err(&learned));
    for (arguments, named) in [
        (&["check", "drafts"][..], "drafts/open.html:1:"),
        (&["check", "drafts", "--diff"], "drafts/open.html:1:"),
        (&["check", "drafts", "--diff", "--quiet"], "drafts/open.html:1:"),
        (&["check", "drafts", "--fix"], "drafts/open.html:1:"),
        (&["check", "fine.txt", "--against", "archive"], "archive/open.html:1:"),
        (&["check", "fine.txt", "--against", "archive", "--diff"], "archive/open.html:1:"),
        (&["claims", "drafts"], "drafts/open.html:1:"),
        (&["claims", "fine.txt", "--against", "archive", "--format", "json"], "archive/open.html:1:"),
        (&["facts", "Ada Lund", "--against", "archive"], "archive/open.html:1:"),
        (&["facts", "--against", "archive"], "archive/open.html:1:"),
        (&["why", "drafts/open.html:1"], "drafts/open.html:1:"),
        (&["why", "fine.txt:1", "--against", "archive"], "archive/open.html:1:"),
        (&["compare", "old.db", "old.db", "drafts"], "drafts/open.html:1:"),
        (&["compare", "desk.toml", "desk.toml", "fine.txt", "--against", "archive"], "archive/open.html:1:"),
        (&["backtest", "desk.toml", "drafts"], "drafts/open.html:1:"),
        (&["backtest", "desk.toml", "fine.txt", "--against", "archive"], "archive/open.html:1:"),
        (&["audit", "Ada Lund told Reuters", "archive"], "archive/open.html:1:"),
    ] {
        let output = run(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}{}", out(&output), err(&output));
        let said = format!("error: not read: {named}");
        assert_eq!(err(&output).matches(&said).count(), 1, "{arguments:?}: {}", err(&output));
        if arguments[0] == "check" {
            let output = run(&folder, &[arguments, &["--allow-unreadable"]].concat());
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", err(&output));
            assert!(err(&output).contains(&said), "{arguments:?}: {}", err(&output));
        }
    }
}

/// What ignore files leave out is forgotten as what is gone, and is counted.
#[test]
fn what_is_ignored_from_now_on_is_counted() {
    let folder = folder("hostile-ignored");
    std::fs::create_dir(folder.join("archive")).unwrap();
    for name in ["a.txt", "b.txt", "c.txt", ".hidden.txt"] {
        let text = format!("Ada Lund of {name} is Prime Minister of Norway.\n");
        std::fs::write(folder.join("archive").join(name), text).unwrap();
    }
    let learn = || run(&folder, &["learn", "archive"]);
    assert!(out(&learn()).contains("3 new"));
    std::fs::remove_file(folder.join("archive/c.txt")).unwrap();
    std::fs::write(folder.join("archive/.ignore"), "b.txt\n").unwrap();
    let output = learn();
    assert!(out(&output).contains("2 forgotten"), "{}", out(&output));
    assert!(err(&output).contains("note: 1 of the forgotten is there still: hidden, left out by"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(0));
    // A file that is named is read.
    let output = run(&folder, &["learn", "archive", "archive/b.txt", "archive/.hidden.txt"]);
    assert!(out(&output).contains("2 new"), "{}", out(&output));
}

#[cfg(unix)]
mod odd {
    use super::*;
    use std::fs::{OpenOptions, create_dir, create_dir_all, read_dir, remove_file, write};
    use std::io::Write as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::{Command, Stdio};

    const ARTICLE: &str = "2025-08-16\n\nAda Lund is Prime Minister of Norway.\n";

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    /// Closes a folder; whether that keeps anybody out, as it does not the superuser.
    fn close(path: &Path) -> bool {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
        read_dir(path).is_err()
    }

    fn open(path: &Path) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// How many articles a base holds after learning a folder, and what learning said.
    fn learned(folder: &Path, arguments: &[&str]) -> (String, Output) {
        let run = run(folder, &[&["learn", "--facts", "facts.db"][..], arguments].concat());
        let line = out(&run).lines().next().unwrap_or_default().to_owned();
        (line.split(" · ").next().unwrap_or_default().to_owned(), run)
    }

    #[test]
    fn what_in_a_folder_is_no_file_is_named() {
        let folder = folder("hostile-odd");
        let copy = folder.join("copy");
        create_dir_all(folder.join("elsewhere")).unwrap();
        create_dir(&copy).unwrap();
        write(copy.join("fine.txt"), "The ferry sank.\n").unwrap();
        write(folder.join("elsewhere/story.txt"), WRONG).unwrap();
        let mut odd =
            vec!["pipe.txt", "socket.txt", "nothing.txt", "outside.txt", "outside", "was-a-folder", "null.txt"];
        pipe(&copy.join("pipe.txt"));
        let _socket = UnixListener::bind(copy.join("socket.txt")).unwrap();
        symlink("nowhere", copy.join("nothing.txt")).unwrap();
        symlink("nowhere", copy.join("was-a-folder")).unwrap();
        symlink("../elsewhere/story.txt", copy.join("outside.txt")).unwrap();
        symlink("../elsewhere", copy.join("outside")).unwrap();
        symlink("/dev/null", copy.join("null.txt")).unwrap();
        // Only the superuser makes devices.
        let device =
            Command::new("mknod").arg(copy.join("zero.txt")).args(["c", "1", "5"]).stderr(Stdio::null()).status();
        odd.extend(device.is_ok_and(|made| made.success()).then_some("zero.txt"));
        create_dir(copy.join("closed")).unwrap();
        odd.extend(close(&copy.join("closed")).then_some("closed"));
        let checked = run(&folder, &["check", "copy", "--quiet"]);
        let learned = run(&folder, &["learn", "copy", "--quiet", "--facts", "facts.db"]);
        let allowed = ["check", "learn"].map(|command| run(&folder, &[command, "copy", "--allow-unreadable"]));
        open(&copy.join("closed"));
        for name in &odd {
            let (check, learn) = (format!("error: not read: copy/{name}: "), format!("is forgotten: copy/{name}: "));
            assert!(err(&checked).contains(&check), "{name}: {}", err(&checked));
            assert!(err(&learned).contains(&learn), "{name}: {}", err(&learned));
        }
        assert_eq!(err(&checked).lines().count(), odd.len(), "{}", err(&checked));
        assert_eq!((checked.status.code(), learned.status.code()), (Some(2), Some(2)));
        assert_eq!(allowed.map(|run| run.status.code()), [Some(0), Some(0)]);
        assert!(!out(&checked).contains("is a Monday"));
    }

    #[test]
    fn what_has_no_end_is_refused() {
        let folder = folder("hostile-endless");
        for command in [["check", "/dev/zero"], ["learn", "/dev/zero"]] {
            let run = run(&folder, &command);
            assert_eq!(run.status.code(), Some(2), "{command:?}: {}", err(&run));
            assert!(err(&run).contains("larger than"), "{command:?}: {}", err(&run));
        }
    }

    /// A pipe is read to its end once somebody writes to it, also somebody slow; one to which nobody does is named.
    #[test]
    fn a_pipe_is_waited_for_where_somebody_writes_to_it() {
        let folder = folder("hostile-pipes");
        pipe(&folder.join("nobody.txt"));
        for command in [&["check", "nobody.txt"][..], &["learn", "nobody.txt", "--facts", "facts.db"]] {
            let run = run(&folder, command);
            assert_eq!(run.status.code(), Some(2), "{command:?}: {}", err(&run));
            let said = "nobody.txt: cannot be read: this is a pipe, and nobody writes to it";
            assert!(err(&run).contains(said), "{command:?}: {}", err(&run));
        }
        pipe(&folder.join("slow.txt"));
        // The writer of a pipe with a name, and the shell's own pipe; both take longer than an absent one is waited for.
        let slow = format!("(sleep 3; echo '{WRONG}')");
        for shell in [
            format!("{slow} > slow.txt & \"$0\" check --quiet slow.txt"),
            format!("\"$0\" check --quiet <{slow}"),
            format!("\"$0\" check --quiet /dev/stdin < <{slow}"),
            "\"$0\" check --quiet <(true)".to_owned(),
        ] {
            let mut command = Command::new("bash");
            let run =
                command.args(["-c", &shell, env!("CARGO_BIN_EXE_factlint")]).current_dir(&folder).output().unwrap();
            let empty = shell.ends_with("<(true)");
            assert_eq!(run.status.code(), Some(if empty { 2 } else { 1 }), "{shell}: {}", err(&run));
            let said = if empty { err(&run).contains("the file is empty") } else { out(&run).contains("is a Monday") };
            assert!(said, "{shell}: {} {}", out(&run), err(&run));
        }
    }

    /// While a pipe that is named first is waited for, a file of the folder behind it goes; on one thread that is in order.
    #[test]
    fn a_file_that_vanishes_is_named_and_not_forgotten() {
        let folder = folder("hostile-vanished");
        let (pipe_at, file) = (folder.join("a.txt"), folder.join("b/c.txt"));
        create_dir(folder.join("b")).unwrap();
        for (arguments, said) in [
            (&["check", "a.txt", "b"][..], "not read: b/c.txt: there is no such file"),
            (&["learn", "a.txt", "b", "--facts", "facts.db"], "is forgotten: b/c.txt: there is no such file"),
        ] {
            write(&file, ARTICLE).unwrap();
            assert!(learned(&folder, &["b"]).0.ends_with(": 1 article"));
            let _ = remove_file(&pipe_at);
            pipe(&pipe_at);
            let mut command = factlint(arguments);
            command.current_dir(&folder).env("RAYON_NUM_THREADS", "1").stdout(Stdio::piped()).stderr(Stdio::piped());
            let running = command.spawn().unwrap();
            // It opens when the other end does.
            let mut end = OpenOptions::new().write(true).open(&pipe_at).unwrap();
            remove_file(&file).unwrap();
            end.write_all(b"The ferry sank.\n").unwrap();
            drop(end);
            let run = running.wait_with_output().unwrap();
            assert_eq!(run.status.code(), Some(2), "{arguments:?}: {}", err(&run));
            assert!(err(&run).contains(said), "{arguments:?}: {}", err(&run));
        }
        let cards = run(&folder, &["facts", "Ada Lund", "--facts", "facts.db"]);
        assert!(out(&cards).contains("Norway"), "{cards:?}");
    }

    /// A base keeps what it knows of whatever cannot be looked at, and forgets what is gone.
    #[test]
    fn nothing_behind_a_closed_door_is_forgotten() {
        let folder = folder("hostile-kept");
        let archive = folder.join("archive");
        let file = archive.join("old/a.txt");
        let lines = "{\"text\": \"Ada Lund is Prime Minister of Norway.\"}\n{\"text\": \"The ferry sank.\"}\n";
        let fresh = || {
            let _ = std::fs::remove_dir_all(&archive);
            create_dir_all(archive.join("old")).unwrap();
            write(&file, ARTICLE).unwrap();
            write(archive.join("lines.jsonl"), lines).unwrap();
            write(archive.join("plain.txt"), "The harbour froze.\n").unwrap();
            assert!(learned(&folder, &["archive"]).0.ends_with(": 4 articles"));
        };
        type Spoil<'a> = &'a dyn Fn() -> bool;
        let spoils: [(&str, Spoil<'_>); 11] = [
            ("a closed folder", &|| close(&archive.join("old"))),
            ("a pipe", &|| remove_file(&file).map(|()| pipe(&file)).is_ok()),
            ("a link to nothing", &|| remove_file(&file).and_then(|()| symlink("nowhere", &file)).is_ok()),
            ("a folder that is a link to nothing", &|| {
                std::fs::remove_dir_all(archive.join("old"))
                    .and_then(|()| symlink("nowhere", archive.join("old")))
                    .is_ok()
            }),
            ("a field of another name", &|| {
                write(archive.join("lines.jsonl"), lines.replacen("text", "words", 1)).is_ok()
            }),
            ("a line that is a list", &|| {
                write(
                    archive.join("lines.jsonl"),
                    lines.replacen('{', "[", 1).replacen(": ", ", ", 1).replacen('}', "]", 1),
                )
                .is_ok()
            }),
            ("no words", &|| write(&file, "<nav></nav>\n").is_ok()),
            ("half a line", &|| write(archive.join("lines.jsonl"), &lines[..30]).is_ok()),
            ("no text", &|| write(&file, b"\0\x01\0\x02").is_ok()),
            ("half a letter", &|| write(&file, b"H\xc3\xa9 said \xc3").is_ok()),
            ("another encoding", &|| write(&file, b"\xff\xfeA\0").is_ok()),
        ];
        for (what, spoil) in spoils {
            fresh();
            if !spoil() {
                open(&archive.join("old"));
                continue;
            }
            let (articles, run) = learned(&folder, &["archive"]);
            assert!(articles.ends_with(": 4 articles"), "{what}: {articles}");
            assert!(out(&run).contains(" 0 forgotten"), "{what}: {}", out(&run));
            assert!(err(&run).contains("nothing of it is forgotten"), "{what}: {}", err(&run));
            assert_eq!(run.status.code(), Some(2), "{what}");
            if what == "a closed folder" {
                open(&archive.join("old"));
            }
        }
        fresh();
        remove_file(&file).unwrap();
        let (articles, run) = learned(&folder, &["archive"]);
        assert!(articles.ends_with(": 3 articles") && out(&run).contains(" 1 forgotten"), "{articles}");
        // As it is now is what `--afresh` asks for.
        write(archive.join("lines.jsonl"), &lines[..30]).unwrap();
        let (articles, run) = learned(&folder, &["archive", "--afresh"]);
        assert_eq!((articles.ends_with(": 2 articles"), run.status.code()), (true, Some(0)), "{articles}");
    }
}
