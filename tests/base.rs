//! The fact base in a file: what learning leaves behind, and what it survives.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;
use support::{err, factlint, folder, out, root, snapshot};

/// The articles of the newsroom, copied into a folder of the test's own.
fn corpus(folder: &Path) -> Vec<PathBuf> {
    let archive = folder.join("archive");
    std::fs::create_dir(&archive).unwrap();
    let mut copied = Vec::new();
    for entry in std::fs::read_dir(root().join("examples/newsroom")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if name != "README.md" {
            let to = archive.join(name);
            std::fs::copy(&path, &to).unwrap();
            copied.push(to);
        }
    }
    copied.sort();
    copied
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    factlint(arguments).current_dir(folder).output().unwrap()
}

fn learn(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, &[&["learn"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    out(&output)
}

/// Every row of every table and view, in order.
fn dump(base: &Path) -> String {
    let connection = Connection::open(base).unwrap();
    let mut names =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() > 12, "{names:?}");
    let mut text = String::new();
    for name in names {
        let mut query = connection.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let columns = query.column_count();
        let rows = query.query_map([], |row| {
            let values: Vec<rusqlite::types::Value> = (0..columns).map(|at| row.get(at)).collect::<Result<_, _>>()?;
            Ok(format!("{name} {values:?}\n"))
        });
        let mut rows: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
        rows.sort();
        text.extend(rows);
    }
    text
}

fn integrity(base: &Path) -> String {
    Connection::open(base).unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
}

#[test]
fn any_order_and_partition_gives_the_same_base() {
    let folder = folder("base-order");
    let files = corpus(&folder);
    learn(&folder, &["archive", "--facts", "whole.db", "--threads", "1"]);
    let (some, others) = files.split_at(files.len() / 2);
    for half in [others, some] {
        let names: Vec<&str> = half.iter().rev().map(|path| path.to_str().unwrap()).collect();
        learn(&folder, &[&names[..], &["--facts", "halves.db", "--threads", "16"]].concat());
    }
    assert!(dump(&folder.join("whole.db")) == dump(&folder.join("halves.db")));
}

#[test]
fn learning_and_forgetting_changes_nothing() {
    let folder = folder("base-forget");
    let files = corpus(&folder);
    learn(&folder, &["archive", "--facts", "long.db"]);
    for gone in files.iter().step_by(4) {
        std::fs::remove_file(gone).unwrap();
    }
    let said = learn(&folder, &["archive", "--facts", "long.db"]);
    assert!(
        said.contains("0 new · 0 changed") && said.contains(&format!("{} forgotten", files.len().div_ceil(4))),
        "{said}"
    );
    learn(&folder, &["archive", "--facts", "fresh.db"]);
    assert!(dump(&folder.join("long.db")) == dump(&folder.join("fresh.db")));
}

#[test]
fn only_what_changed_is_read_again() {
    let folder = folder("base-change");
    let files = corpus(&folder);
    learn(&folder, &["archive"]);
    let changed = files.first().unwrap();
    let text = std::fs::read_to_string(changed).unwrap();
    std::fs::write(changed, format!("{text}\nSpanish Prime Minister Pedro Sánchez agreed.\n")).unwrap();
    let said = learn(&folder, &["archive"]);
    assert!(said.contains(&format!("0 new · 1 changed · {} as before", files.len() - 1)), "{said}");
    let says = "SELECT count(*) FROM support WHERE sentence = 'Spanish Prime Minister Pedro Sánchez agreed.'";
    let said: i64 =
        Connection::open(folder.join("factlint.db")).unwrap().query_row(says, [], |row| row.get(0)).unwrap();
    assert_eq!(said, 1);
    std::fs::write(changed, text).unwrap();
    learn(&folder, &["archive"]);
    learn(&folder, &["archive", "--facts", "fresh.db"]);
    assert!(dump(&folder.join("factlint.db")) == dump(&folder.join("fresh.db")));
}

#[test]
fn a_base_finds_what_its_articles_find_even_when_they_are_gone() {
    let folder = folder("base-check");
    corpus(&folder);
    learn(&folder, &["archive"]);
    let draft = folder.join("draft.md");
    std::fs::write(&draft, "---\ndate: 2025-08-19\n---\nMr Witkoff told CCN. President Emanuel Macron of France met Ursula Von der Leyen.\n").unwrap();
    let against = run(&folder, &["check", "draft.md", "--against", "archive", "--format", "json"]);
    std::fs::remove_dir_all(folder.join("archive")).unwrap();
    let base = run(&folder, &["check", "draft.md", "--format", "json"]);
    assert_eq!((base.status.code(), err(&base)), (Some(1), String::new()));
    assert_eq!(out(&base), out(&against));
    assert!(out(&base).contains("\"path\": \"archive/2025-"), "{}", out(&base));
    // From another folder, its paths start there.
    std::fs::create_dir(folder.join("desk")).unwrap();
    let below = run(&folder.join("desk"), &["check", "../draft.md", "--facts", "../factlint.db", "--format", "json"]);
    assert!(out(&below).contains("\"path\": \"../archive/2025-"), "{}", out(&below));
}

#[test]
fn what_is_said_of_another_year_is_kept_under_it() {
    let folder = folder("base-year");
    std::fs::create_dir(folder.join("archive")).unwrap();
    std::fs::write(folder.join("factlint.toml"), "without = [\"leaders\"]\n").unwrap();
    let says = "---\ndate: 2024-02-01\n---\n\nIn 2016, Finnish President Ada Lund opened the bridge.\n";
    std::fs::write(folder.join("archive/a.md"), says).unwrap();
    std::fs::write(folder.join("draft.md"), says.replace("Ada Lund", "Bo Ek")).unwrap();
    learn(&folder, &["archive"]);
    let base = run(&folder, &["check", "draft.md", "--format", "json"]);
    assert!(out(&base).contains("the President of Finland is Ada Lund, not Bo Ek"), "{}", out(&base));
    let connection = Connection::open(folder.join("factlint.db")).unwrap();
    let fact = connection.query_row("SELECT name, year FROM facts", [], |row| Ok((row.get(0)?, row.get(1)?)));
    assert_eq!(fact.unwrap(), ("Ada Lund is President of Finland (2016)".to_owned(), 2016));
    // It says nothing of now.
    std::fs::write(folder.join("draft.md"), "---\ndate: 2024-02-02\n---\n\nFinnish President Bo Ek left.\n").unwrap();
    assert_eq!(out(&run(&folder, &["check", "draft.md", "--format", "short"])), "");
}

#[test]
fn what_is_no_fact_base_is_refused_and_left_as_it_is() {
    let folder = folder("base-refused");
    corpus(&folder);
    std::fs::write(folder.join("text.db"), "This is a letter, and no database at all. ".repeat(40)).unwrap();
    Connection::open(folder.join("other.db")).unwrap().execute_batch("CREATE TABLE letters (text)").unwrap();
    learn(&folder, &["archive", "--facts", "newer.db"]);
    Connection::open(folder.join("newer.db")).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    learn(&folder, &["archive", "--facts", "torn.db"]);
    let whole = std::fs::read(folder.join("torn.db")).unwrap();
    std::fs::write(folder.join("torn.db"), [&whole[..8192], &vec![0x5A; whole.len() - 8192]].concat()).unwrap();
    let draft = folder.join("draft.txt");
    std::fs::write(draft, "Finnish President Alexander Stubb told CNN.").unwrap();
    for (base, expected) in [
        ("missing.db", "there is no fact base here; make one with `factlint learn"),
        ("text.db", "is no fact base; it was left as it is"),
        ("other.db", "is no fact base; it was left as it is"),
        ("newer.db", "has version 99"),
        ("torn.db", "this fact base is damaged; delete it and learn again"),
    ] {
        let before = std::fs::read(folder.join(base)).ok();
        let checked = run(&folder, &["check", "draft.txt", "--facts", base]);
        assert_eq!(checked.status.code(), Some(2), "{base}: {}{}", out(&checked), err(&checked));
        assert!(err(&checked).contains(expected), "{base}: {}", err(&checked));
        if base != "missing.db" {
            let learned = run(&folder, &["learn", "archive", "--facts", base]);
            assert_eq!(learned.status.code(), Some(2), "{base}: {}", out(&learned));
            assert!(err(&learned).contains(expected), "{base}: {}", err(&learned));
            assert!(std::fs::read(folder.join(base)).ok() == before, "{base} was changed");
        }
    }
}

#[test]
fn one_learns_at_a_time_while_others_read() {
    let folder = folder("base-busy");
    corpus(&folder);
    learn(&folder, &["archive"]);
    let base = folder.join("factlint.db");
    let writer = Connection::open(&base).unwrap();
    writer.execute_batch("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; DELETE FROM base").unwrap();
    let second = run(&folder, &["learn", "archive"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(err(&second).contains("another `factlint learn` is writing"), "{}", err(&second));
    let reader = run(&folder, &["facts", "Stubb"]);
    assert!(out(&reader).contains("Alexander Stubb is President of Finland"), "{}", err(&reader));
    writer.execute_batch("ROLLBACK").unwrap();
    // And the other way round: somebody reads while it learns.
    writer.execute_batch("BEGIN; SELECT count(*) FROM claims").unwrap();
    learn(&folder, &["archive", "--afresh"]);
    assert_eq!(integrity(&base), "ok");
}

#[test]
fn killed_at_any_moment_the_base_is_whole() {
    let folder = folder("base-killed");
    let files = corpus(&folder);
    let more = folder.join("archive/more");
    std::fs::create_dir(&more).unwrap();
    for copy in 0..12 {
        for file in &files {
            let text = std::fs::read_to_string(file).unwrap();
            let name = format!("{copy}-{}", file.file_name().unwrap().to_str().unwrap());
            std::fs::write(more.join(name), format!("{text}\nCopy {copy} was read by Person Number{copy}.\n")).unwrap();
        }
    }
    learn(&folder, &["archive", "--facts", "fresh.db"]);
    let base = folder.join("factlint.db");
    for moment in 0..25 {
        let mut child = factlint(&["learn", "archive", "--afresh", "-q"]).current_dir(&folder).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(10 + moment * 23 % 400));
        let _ = child.kill();
        child.wait().unwrap();
        if base.exists() && std::fs::metadata(&base).unwrap().len() > 0 {
            assert_eq!(integrity(&base), "ok", "killed at moment {moment}");
            // The old one or the new one, never a part of it.
            let documents: Result<i64, _> =
                Connection::open(&base).unwrap().query_row("SELECT count(*) FROM documents", [], |row| row.get(0));
            let all = i64::try_from(files.len() * 13).unwrap();
            assert!(documents.is_err() || documents == Ok(all), "{documents:?}");
        }
    }
    learn(&folder, &["archive"]);
    assert!(dump(&base) == dump(&folder.join("fresh.db")));
}

#[test]
fn dates_and_outlets_come_from_paths_and_configuration() {
    let folder = folder("base-dated");
    std::fs::create_dir_all(folder.join("wire/2025/08/17")).unwrap();
    std::fs::write(folder.join("wire/2025/08/17/a.txt"), "Finnish President Alexander Stubb arrived.\n").unwrap();
    learn(&folder, &["wire", "--dated", "%Y/%m/%d", "--facts", "option.db"]);
    std::fs::write(
        folder.join("factlint.toml"),
        "facts = \"desk.db\"\n[[corpus]]\npath = \"wire\"\noutlet = \"The Wire\"\ndated = \"%Y/%m/%d\"\n",
    )
    .unwrap();
    learn(&folder, &[]);
    let read = |base: &str| -> (Option<String>, Option<String>) {
        let connection = Connection::open(folder.join(base)).unwrap();
        connection.query_row("SELECT date, outlet FROM articles", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    assert_eq!(read("option.db"), (Some("2025-08-17".into()), None));
    assert_eq!(read("desk.db"), (Some("2025-08-17".into()), Some("The Wire".into())));
    std::fs::write(folder.join("factlint.toml"), "fcats = \"desk.db\"\npacks = [\"none.toml\"]\n").unwrap();
    let output = run(&folder, &["learn"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("did you mean `facts`?"), "{}", err(&output));
}

#[test]
fn the_queries_of_the_documentation_answer() {
    let folder = folder("base-docs");
    // One of the articles twice, with another last line.
    let copy = std::fs::read_to_string(corpus(&folder).first().unwrap()).unwrap();
    std::fs::write(folder.join("archive/copy.txt"), format!("{copy}\nOur correspondent contributed.\n")).unwrap();
    learn(&folder, &["archive"]);
    let connection = Connection::open(folder.join("factlint.db")).unwrap();
    let text = std::fs::read_to_string(root().join("docs/fact-base.md")).unwrap();
    let queries: Vec<&str> = text.split("```sql\n").skip(1).map(|part| part.split("```").next().unwrap()).collect();
    assert!(queries.len() >= 6);
    for query in queries {
        let mut statement = connection.prepare(query).unwrap();
        let rows = statement.query_map([], |_| Ok(())).unwrap().count();
        assert!(rows > 0, "no row answers:\n{query}");
    }
    let mut tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").unwrap();
    for table in tables.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        let table = table.unwrap();
        assert!(text.contains(&format!("`{table}`")), "docs/fact-base.md does not speak of `{table}`");
    }
    let broken: i64 =
        connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
}

#[test]
fn facts_are_shown_exported_and_added() {
    let folder = folder("base-facts");
    corpus(&folder);
    learn(&folder, &["archive"]);
    for (name, arguments) in [
        ("card", &["facts", "Stubb"][..]),
        ("card_place", &["facts", "Poland"]),
        ("overview", &["facts"]),
        ("disputes", &["facts", "--disputes"]),
        ("disputes_csv", &["facts", "--disputes", "--format", "csv"]),
        ("csv", &["facts", "Rutte", "--format", "csv"]),
        ("export", &["facts", "Witkoff", "--export", "toml"]),
    ] {
        let output = run(&folder, arguments);
        assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()), "{arguments:?}");
        snapshot("base", name, &out(&output));
    }
    // What is exported is a pack.
    let exported = run(&folder, &["facts", "--export", "toml"]);
    std::fs::write(folder.join("exported.toml"), out(&exported)).unwrap();
    let tested = run(&folder, &["test", "--pack", "exported.toml"]);
    assert_eq!(tested.status.code(), Some(0), "{}{}", out(&tested), err(&tested));
    // What is added is read back, kept, and used.
    let added = run(&folder, &["add", "Ada Lund is President of the Harbour Trust", "--since", "2024-01-01"]);
    assert_eq!(added.status.code(), Some(2));
    assert!(err(&added).contains("\"Harbour Trust\" is no place, organisation or outlet"), "{}", err(&added));
    let arguments =
        ["add", "Ada Lund told Reuters", "--not", "Ada Lund told Bloomberg", "--source", "her office, by phone"];
    let added = run(&folder, &arguments);
    assert_eq!(added.status.code(), Some(0), "{}", err(&added));
    snapshot("base", "added", &out(&added));
    snapshot("base", "added_pack", &std::fs::read_to_string(folder.join("facts.toml")).unwrap());
    std::fs::write(folder.join("draft.txt"), "Ada Lund told Bloomberg that she would stay.\n").unwrap();
    let checked = run(&folder, &["check", "draft.txt", "--format", "short"]);
    assert!(out(&checked).contains("Ada Lund told Reuters, not Bloomberg"), "{}{}", out(&checked), err(&checked));
}

#[test]
fn facts_come_from_tables() {
    let folder = folder("base-tables");
    std::fs::write(
        folder.join("mayors.csv"),
        "name,city,from,to\n\"a lady, perhaps\",Oslo,2024-01-01,\nBo Ek,Oslo,2020-01-01,2023-12-31\n",
    )
    .unwrap();
    let pack =
        "[[facts]]\ncsv = \"mayors.csv\"\nsays = \"{name} is Mayor of {city}\"\nsince = \"{from}\"\nuntil = \"{to}\"\n";
    std::fs::write(folder.join("mayors.toml"), pack).unwrap();
    let output = run(&folder, &["facts", "Ek", "--pack", "mayors.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("mayors.csv:2:1"), "{}", err(&output));
    std::fs::write(
        folder.join("mayors.csv"),
        "name,city,from,to\nAda Lund,Oslo,2024-01-01,\nBo Ek,Oslo,2020-01-01,2023-12-31\n",
    )
    .unwrap();
    let output = run(&folder, &["facts", "Ek", "--pack", "mayors.toml"]);
    assert!(out(&output).contains("stated since 2020-01-01 until 2023-12-31"), "{}{}", out(&output), err(&output));
    std::fs::write(
        folder.join("draft.md"),
        "---\ndate: 2024-05-01\n---\nOslo Governor Ada Lund spoke. Bo Ek is the mayor of Bergen.\n",
    )
    .unwrap();
    let checked = run(&folder, &["check", "draft.md", "--pack", "mayors.toml", "--format", "short"]);
    assert_eq!(checked.status.code(), Some(0), "{}{}", out(&checked), err(&checked));
}
