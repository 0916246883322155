//! The invariants of ARCHITECTURE.md that no compiler holds.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::path::{Path, PathBuf};
use support::{packs, root};

/// The rooms, each with those it may look into: its own and those before it.
const ROOMS: [&str; 20] = [
    "text",
    "image",
    "diagnostic",
    "pattern",
    "pack",
    "claim",
    "fact",
    "check",
    "suppress",
    "terms",
    "learn",
    "lint",
    "desk",
    "fix",
    "examples",
    "report",
    "config",
    "corpus",
    "lsp",
    "cli",
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// Every source file: the room it is in, its name, and its text without tests and comments.
fn sources() -> Vec<(String, String, String)> {
    let src = root().join("src");
    files(&src)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            let room = name.split(['/', '.']).next().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            (room, name, code.join("\n"))
        })
        .collect()
}

#[test]
fn arrows_never_turn_back() {
    let rank = |room: &str| ROOMS.iter().position(|other| *other == room);
    for (room, name, code) in sources() {
        let Some(own) = rank(&room) else { continue };
        for later in ROOMS.iter().skip(own + 1) {
            for form in [format!("crate::{later}::"), format!("crate::{later};"), format!("crate::{later} ")] {
                assert!(!code.contains(&form), "{name} looks into `{later}`, which comes after `{room}`");
            }
        }
    }
}

/// What a file of a room uses of the others, as paths of modules: of `use` declarations and of paths in the code. What a room's
/// `mod.rs` hands on is found where it is declared.
mod circles {
    use std::collections::{BTreeMap, BTreeSet};

    /// A module's path: `lsp/marks` is `["lsp", "marks"]`.
    pub type Module = Vec<String>;

    fn split(list: &str) -> Vec<String> {
        let (mut items, mut depth, mut item) = (Vec::new(), 0, String::new());
        for c in list.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if c == ',' && depth == 0 {
                items.push(std::mem::take(&mut item));
            } else {
                item.push(c);
            }
        }
        items.push(item);
        items
    }

    /// The paths of a declaration: `super::{a, b::{c, d as e}}` has three.
    fn paths(declared: &str, before: &[String]) -> Vec<Module> {
        let declared = declared.trim();
        let parts = |text: &str| {
            text.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>()
        };
        match declared.split_once('{') {
            Some((head, list)) => {
                let before = [before, &parts(head)].concat();
                let list = list.rsplit_once('}').map_or(list, |(list, _)| list);
                split(list)
                    .iter()
                    .filter(|item| !item.trim().is_empty())
                    .flat_map(|item| paths(item, &before))
                    .collect()
            }
            None => vec![[before, &parts(declared.split(" as ").next().unwrap())].concat()],
        }
    }

    /// A path as it is seen from the root of the crate, where it leads into it.
    fn rooted(module: &Module, path: &[String]) -> Option<Module> {
        let first = path.first()?;
        match first.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "super" => {
                let up = path.iter().take_while(|part| *part == "super").count();
                Some([&module[..module.len().checked_sub(up)?], &path[up..]].concat())
            }
            _ => None,
        }
    }

    /// Every path in a file.
    fn used(module: &Module, code: &str) -> (BTreeSet<Module>, BTreeMap<String, Module>) {
        let (mut all, mut handed_on) = (BTreeSet::new(), BTreeMap::new());
        for declaration in code.split(';') {
            let Some((head, declared)) = declaration.rsplit_once("use ") else { continue };
            let is_public = head.trim_end().ends_with("pub") || head.trim_end().ends_with("pub(crate)");
            for path in paths(&declared.replace('\n', " "), &[]) {
                let own = || {
                    let mut own = module.clone();
                    own.extend(path.iter().cloned());
                    own
                };
                if is_public {
                    handed_on.insert(path.last().unwrap().clone(), rooted(module, &path).unwrap_or_else(own));
                }
                all.extend(rooted(module, &path));
            }
        }
        for start in ["super::", "crate::"] {
            for (at, _) in code.match_indices(start) {
                let path: String =
                    code[at..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
                // A macro is where its text is, and takes nothing along.
                if !code[at + path.len()..].starts_with('!') {
                    all.extend(rooted(module, &path.split("::").map(str::to_owned).collect::<Vec<_>>()));
                }
            }
        }
        (all, handed_on)
    }

    /// For each file of a room the others that it uses.
    pub fn edges(files: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
        let used: BTreeMap<&Module, _> = files.iter().map(|(module, code)| (module, used(module, code))).collect();
        let declared = |path: &Module| {
            let mut path = path.clone();
            for _ in 0..8 {
                let file = (1..=path.len())
                    .rev()
                    .map(|length| path[..length].to_vec())
                    .find(|file| files.contains_key(file))?;
                let next = path.get(file.len()).and_then(|name| used[&file].1.get(name));
                match next {
                    Some(next) => path = [next.clone(), path[file.len() + 1..].to_vec()].concat(),
                    None => return Some(file),
                }
            }
            None
        };
        let others = |module: &Module| {
            let found = used[module].0.iter().filter_map(&declared);
            // A `mod.rs` names its own files, which use what it declares for all of them.
            found.filter(|other| other != module && other[0] == module[0] && !other.starts_with(module)).collect()
        };
        files.keys().map(|module| (module.clone(), others(module))).collect()
    }

    /// A way that leads from a file back to it.
    pub fn find(edges: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
        edges.keys().find_map(|start| {
            let mut ways = vec![vec![start.clone()]];
            let mut seen = BTreeSet::new();
            while let Some(way) = ways.pop() {
                for next in &edges[way.last().unwrap()] {
                    if next == start {
                        return Some(way);
                    }
                    if seen.insert(next.clone()) {
                        ways.push([way.clone(), vec![next.clone()]].concat());
                    }
                }
            }
            None
        })
    }
}

fn module(name: &str) -> circles::Module {
    let path = name.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

#[test]
fn files_of_a_room_form_no_circles() {
    let files = sources().into_iter().map(|(_, name, code)| (module(&name), code)).collect();
    let edges = circles::edges(&files);
    assert!(edges[&module("lsp/answers.rs")].contains(&module("lsp/marks.rs")), "an arrow that is there is not seen");
    assert!(
        edges[&module("check/judge.rs")].contains(&module("check/draft.rs")),
        "one that a `mod.rs` hands on is not seen"
    );
    let way = circles::find(&edges).map(|way| way.iter().map(|file| file.join("/")).collect::<Vec<_>>());
    assert_eq!(way, None, "a circle");
}

/// Whoever asks, asks the desk: it alone applies rules, judges claims and lets findings stand.
#[test]
fn there_is_one_door() {
    let inside = ["check", "lint", "desk"];
    for (_, name, code) in sources().into_iter().filter(|(room, ..)| !inside.contains(&room.as_str())) {
        for beside in ["lint(", "lint::{", "suppress(", "judge(draft", "judge(&", "Draft::new(", ".judged(", "CHECKS"] {
            let own = name == "suppress.rs" && beside == "suppress(";
            let found = code.match_indices(beside).any(|(at, _)| {
                let before = code.get(..at).unwrap_or_default();
                // A method of the desk, or part of a longer name, is no door of its own.
                beside.starts_with('.') || !before.ends_with(|c: char| c == '.' || c == '_' || c.is_alphanumeric())
            });
            assert!(own || !found, "{name} does by `{beside}` what the desk does");
        }
    }
}

#[test]
fn the_core_reads_no_file_no_clock_and_no_environment_and_prints_nothing() {
    let edges = ["cli", "config", "corpus", "lsp", "report", "main"];
    // The store is a file, and waits for others who have it open; what is packed is unpacked in memory, by traits of std::io.
    let own = ["fact/store/", "text/packed.rs"];
    let core = |room: &str, name: &str| !edges.contains(&room) && !own.iter().any(|own| name.starts_with(own));
    for (room, name, code) in sources().into_iter().filter(|(room, name, _)| core(room, name)) {
        for forbidden in [
            "std::fs",
            "std::env",
            "std::io",
            "std::net",
            "std::process",
            "std::thread",
            "std::time",
            "SystemTime",
            "Instant::",
            "Zoned::now",
            "println!",
            "eprintln!",
            "async fn",
            "process::exit",
        ] {
            assert!(!code.contains(forbidden), "{name} in `{room}` uses {forbidden}");
        }
    }
}

#[test]
fn each_library_stays_in_its_room() {
    for (library, rooms) in [
        ("ariadne::", &["report"][..]),
        ("clap::", &["cli"][..]),
        ("toml::", &["pack"][..]),
        ("rayon::", &["corpus", "cli"][..]),
        ("lsp_types::", &["lsp"][..]),
        ("lsp_server::", &["lsp"][..]),
        ("ignore::", &["corpus"][..]),
        ("indicatif::", &["cli"][..]),
        ("schemars::", &["pack"][..]),
        ("pulldown_cmark::", &["text"][..]),
    ] {
        for (room, name, code) in sources() {
            assert!(!code.contains(library) || rooms.contains(&room.as_str()), "{name} names {library}");
        }
    }
}

#[test]
fn only_the_store_speaks_to_sqlite() {
    for (_, name, code) in sources() {
        assert!(!code.contains("rusqlite") || name.starts_with("fact/store/"), "{name} names rusqlite");
    }
}

/// A base answers or says why it cannot, where it is asked: a value that is looked at asks nobody, and nobody polls for
/// what went wrong.
#[test]
fn a_base_is_asked_by_calls_that_may_fail() {
    for (room, name, code) in sources() {
        assert!(room != "fact" || !code.contains("Deref for") && !code.contains("Drop for"), "{name} hides a call");
        assert!(!code.contains("fn failure("), "{name} has a failure to poll for");
    }
    let (_, _, base) = sources().into_iter().find(|(_, name, _)| name == "fact/base.rs").unwrap();
    let asked = base.split("pub trait Base").nth(1).unwrap().split("\n}").next().unwrap();
    let look_ups: Vec<&str> = asked.lines().filter(|line| line.trim_start().starts_with("fn ")).collect();
    assert!(look_ups.len() > 7, "{look_ups:?}");
    for look_up in
        look_ups.iter().filter(|look_up| !look_up.contains("fn extent(") && !look_up.contains("fn revision("))
    {
        assert!(look_up.contains(", BaseError>"), "{look_up}");
    }
}

#[test]
fn checks_never_see_a_pattern() {
    for (_, name, code) in sources().into_iter().filter(|(room, ..)| room == "check") {
        for forbidden in ["pattern::parse", "pattern::run", "Program", "pattern::Match"] {
            assert!(!code.contains(forbidden), "{name} names {forbidden}");
        }
    }
}

/// No word that a language pack holds stands as a text in the engine. Short ones are names in formats as well, and are
/// looked for where prose is read alone.
#[test]
fn the_engine_has_no_words_of_its_own() {
    let grammar = &packs().grammar;
    let words = packs()
        .language
        .function_words
        .iter()
        .chain(packs().language.abbreviations.iter())
        .chain(packs().language.months.keys());
    let words: Vec<&String> = words.filter(|word| word.len() > 1).collect();
    assert!(words.len() > 100 && !grammar.classes.is_empty());
    // Packs have keys and values of their own, in English.
    let reads = |room: &str| ENGINE.contains(&room) && room != "pack";
    for (room, name, code) in sources().into_iter().filter(|(room, ..)| reads(room)) {
        let prose = ["claim", "fact", "check"].contains(&room.as_str()) && !name.starts_with("fact/store/");
        let words = words.iter().filter(|word| word.len() > 3 || prose);
        for word in words {
            // The names of fields of front matter and of JSON, and of directives, are a format's words, not a language's.
            // A short one with spaces beside it stands in messages.
            let quoted = [format!("\"{word}\""), format!("\" {word} \"")];
            let quoted = if word.len() > 3 { &quoted[..] } else { &quoted[..1] };
            let front_matter = name == "text/markdown.rs" && ["date", "published"].contains(&word.as_str());
            let directive = name == "text/rst.rs" && word.as_str() == "only";
            assert!(
                front_matter || directive || !quoted.iter().any(|quoted| code.contains(quoted)),
                "{name} matches on \"{word}\""
            );
        }
    }
}

/// What is matched on in a line of code: the texts and characters in quotation marks behind one of these calls.
fn matched_on<'a>(code: &'a str, calls: &[&str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, call) in calls.iter().flat_map(|call| code.match_indices(call)) {
        let arguments = &code[at + call.len()..];
        // Up to the parenthesis that closes the call.
        let mut depth = 1;
        let end = arguments.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        found.extend(literals(&arguments[..end.unwrap_or(arguments.len())]));
    }
    found
}

/// The texts and characters in quotation marks, in order.
fn literals(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(open) = rest.find(['"', '\'']) {
        let mark = rest[open..].chars().next().unwrap();
        let inside = &rest[open + 1..];
        let mut escaped = false;
        let closes = |c: char| {
            let closes = c == mark && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        };
        let Some(close) = inside.find(closes) else { break };
        // What is longer than a character between single marks stands between two lifetimes.
        let one = inside[..close].trim_start_matches('\\').chars().count() == 1;
        if mark == '"' || one {
            found.push(&inside[..close]);
            rest = &inside[close + 1..];
        } else {
            rest = inside;
        }
    }
    found
}

/// The rooms that read and judge. What the others write is for people and programs, in English.
const ENGINE: [&str; 10] = ["text", "pattern", "pack", "claim", "fact", "check", "lint", "desk", "terms", "learn"];

/// Endings are matched on where a pack says so: none stands in the engine. A file's ending has a dot.
fn ending(code: &str) -> Option<&str> {
    let calls = ["strip_suffix(", "ends_with(", "trim_end_matches(", "trim_matches(", "rsplit_once("];
    let is_ending = |text: &&str| {
        let letters = text.chars().any(char::is_alphabetic) && !text.contains(['.', '{', '\\']);
        letters && text.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
    };
    matched_on(code, &calls).into_iter().find(is_ending)
}

/// A form is made of a word where an ending is put behind it: `format!("{noun}s")`.
fn made_form(code: &str) -> Option<&str> {
    let grammar = &packs().grammar;
    let endings = grammar.plurals.iter().map(|(plural, _)| plural).chain(&grammar.numbers.ordinal_endings);
    let endings: Vec<String> = endings.map(|ending| format!("}}{ending}")).collect();
    literals(code).into_iter().find(|text| {
        let made = |ending: &String| text.ends_with(ending.as_str()) || text.contains(&format!("{ending} "));
        text.contains('{') && endings.iter().any(made)
    })
}

/// A mark that a pack says stands in or beside numbers, where it is matched on.
fn number_mark(code: &str) -> Option<&str> {
    let (digits, numbers) = (&packs().language.digits, &packs().grammar.numbers);
    let signs = [&numbers.currency_before, &numbers.currency_behind, &numbers.percent_signs, &numbers.or_more];
    let signs: Vec<String> = signs.into_iter().flatten().map(char::to_string).collect();
    let marks: Vec<String> = digits.thousands.iter().chain(&digits.decimal).map(char::to_string).collect();
    let split = matched_on(code, &["replace(", "split_once(", "strip_prefix("]);
    let of_numbers = split.into_iter().find(|text| marks.iter().any(|mark| mark == text));
    of_numbers.or_else(|| literals(code).into_iter().find(|text| signs.iter().any(|sign| sign == text)))
}

/// What is no language's: the file, the text, and why.
const NOT_OF_A_LANGUAGE: [(&str, &str, &str); 6] = [
    ("text/dated.rs", "%", "a form of dates as strftime writes it"),
    ("claim/figure.rs", "%", "how the key of a measure is stored, which is one form in every language"),
    ("fact/store/read.rs", "%", "LIKE of SQL"),
    ("check/quantity.rs", "%", "what a message says"),
    ("check/acronym.rs", ".", "the dots of an acronym, which folding drops in every language"),
    (
        "text/fold.rs",
        "i",
        "how writings of one name from another alphabet end, whatever language prints them: a table of letters",
    ),
];

#[test]
fn the_engine_has_no_endings_and_no_number_formats_of_its_own() {
    let rooms = |room: &str| ENGINE.contains(&room);
    // Formats have marks of their own: `+` begins an item of a list.
    let prose = |name: &str| !name.starts_with("text/") || ["text/digits.rs", "text/token.rs"].contains(&name);
    for (_, name, code) in sources().into_iter().filter(|(room, ..)| rooms(room)) {
        let free = |text: &str| NOT_OF_A_LANGUAGE.iter().any(|(file, known, _)| *file == name && *known == text);
        for line in statements(&code) {
            let mark = number_mark(&line).filter(|_| prose(&name));
            for found in [ending(&line), made_form(&line), mark].into_iter().flatten() {
                assert!(free(found), "{name} matches on \"{found}\" in `{}`", line.trim());
            }
        }
    }
}

/// The statements of a file, each on one line.
fn statements(code: &str) -> Vec<String> {
    let mut statements = vec![String::new()];
    for line in code.lines() {
        let whole = statements.last_mut().unwrap();
        whole.push_str(line);
        whole.push(' ');
        if line.ends_with([';', '{', '}']) {
            statements.push(String::new());
        }
    }
    statements
}

#[test]
fn endings_and_number_formats_are_found_however_they_are_written() {
    for code in [
        "word.strip_suffix(\"ies\")",
        "word.ends_with('s')",
        "word.ends_with(['s', '\\''])",
        "word.trim_end_matches(['i', 'y', 'j'])",
        "word.strip_suffix(\"'s\")",
    ] {
        assert!(ending(code).is_some(), "{code}");
    }
    for code in ["text.replace(',', \"\")", "text.split_once('.')", "matches!(sign, '$' | '€')", "word(end) == \"%\""]
    {
        assert!(number_mark(code).is_some(), "{code}");
    }
    assert!(made_form("known(&format!(\"{noun}s\"))").is_some());
    for code in
        ["name.strip_suffix(\".gz\")", "text.trim_end_matches(['\\n', '.'])", "known.ends_with(&format!(\" {key}\"))"]
    {
        assert_eq!(ending(code), None, "{code}");
    }
    for code in ["text.split_once(' ')", "fn name<'a>(text: &'a str) -> &'a str", "format!(\"{a} stands\")"] {
        assert_eq!((number_mark(code), made_form(code)), (None, None), "{code}");
    }
}

#[test]
fn modules_say_what_they_are_for() {
    for path in files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} opens without `//!`", path.display());
    }
}

#[test]
fn documents_and_packs_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<factlint::Packs>();
    shared::<factlint::Document>();
    shared::<factlint::claim::Reading>();
    shared::<factlint::Memory>();
    shared::<factlint::Diagnostic>();
}
