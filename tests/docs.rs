//! The documentation does what it says. In `docs/writing-packs.md` and `docs/configuration.md` each block is run in a
//! folder of its own: `file=NAME` writes a file, `sh` runs commands, whose status is 0 or what their comment says, and
//! `text output` is what the last of them printed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod support;

use std::path::Path;
use support::{err, factlint, folder, out, root};

/// The fences of a page: the words behind the backticks, and what stands inside.
fn fences(text: &str) -> Vec<(String, String)> {
    let mut fences: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match (open, line.strip_prefix("```")) {
            (true, Some(_)) => open = false,
            (false, Some(head)) => {
                open = true;
                fences.push((head.to_owned(), String::new()));
            }
            (true, None) => {
                let body = &mut fences.last_mut().unwrap().1;
                body.push_str(line);
                body.push('\n');
            }
            (false, None) => {}
        }
    }
    fences
}

/// A command as a shell splits it, without its comment.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted => break,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn run(page: &str) {
    let folder = folder(&format!("docs-{page}"));
    let text = std::fs::read_to_string(root().join("docs").join(page)).unwrap();
    let mut printed = String::new();
    let mut commands = 0;
    for (head, body) in fences(&text) {
        if let Some((_, name)) = head.split_once("file=") {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, body).unwrap();
        } else if head == "sh" {
            for line in body.lines() {
                let words = words(line);
                let (program, arguments) = words.split_first().unwrap();
                assert_eq!(program, "factlint", "{page}: {line}");
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                let output = factlint(&arguments).current_dir(&folder).output().unwrap();
                let status = line.split_once("# exit ").map_or(0, |(_, status)| status.trim().parse().unwrap());
                assert_eq!(output.status.code(), Some(status), "{page}: {line}\n{}{}", out(&output), err(&output));
                printed = out(&output);
                commands += 1;
            }
        } else if head == "text output" {
            assert_eq!(printed, body, "{page}: after `{commands}` commands");
        } else {
            panic!("{page}: a block that nobody runs: ```{head}");
        }
    }
    assert!(commands > 0, "{page} runs nothing");
}

#[test]
fn what_is_said_of_writing_packs_is_so() {
    run("writing-packs.md");
}

#[test]
fn what_is_said_of_the_configuration_is_so() {
    run("configuration.md");
}

#[test]
fn the_rule_reference_is_that_of_the_packs() {
    let output = factlint(&["rules", "--format", "markdown"]).output().unwrap();
    let written = std::fs::read_to_string(root().join("docs/rules.md")).unwrap();
    assert!(written == out(&output), "run `cargo run -- rules --format markdown > docs/rules.md`");
}

#[test]
fn the_page_on_patterns_is_shown_and_names_every_sign() {
    let page = std::fs::read_to_string(root().join("docs/patterns.md")).unwrap();
    assert_eq!(out(&factlint(&["patterns"]).output().unwrap()), page);
    assert!(out(&factlint(&["rules", "--help"]).output().unwrap()).contains("# Patterns"));
    let module = std::fs::read_to_string(root().join("src/pattern/mod.rs")).unwrap();
    let signs = module.lines().filter_map(|line| line.strip_prefix("//! | `")?.split_once("` |"));
    let mut count = 0;
    for (sign, _) in signs {
        assert!(page.contains(&format!("| `{sign}` |")), "docs/patterns.md lacks `{sign}`");
        count += 1;
    }
    assert!(count > 6, "the table of src/pattern/mod.rs was not read");
}

#[test]
fn the_book_has_every_page_and_no_other() {
    let summary = std::fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    for entry in std::fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") && name != "SUMMARY.md" {
            assert!(summary.contains(&format!("({name})")), "docs/SUMMARY.md lacks {name}");
        }
    }
    for (_, rest) in summary.lines().filter_map(|line| line.split_once("](")) {
        let page = rest.trim_end_matches(')');
        assert!(root().join("docs").join(Path::new(page)).exists(), "docs/SUMMARY.md names {page}, which is not there");
    }
}

#[test]
fn the_configuration_names_every_key() {
    let page = std::fs::read_to_string(root().join("docs/configuration.md")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&factlint::config::schema()).unwrap();
    for key in schema["properties"].as_object().unwrap().keys() {
        assert!(page.contains(key), "docs/configuration.md does not speak of `{key}`");
    }
}

#[test]
fn the_packs_of_the_readme_load_and_pass() {
    let folder = folder("docs-readme");
    std::fs::write(folder.join("mayors.csv"), "name,city,from,to\nAda Lund,Oslo,2024-01-01,\n").unwrap();
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let blocks: Vec<String> =
        fences(&text).into_iter().filter(|(head, _)| head == "toml").map(|(_, body)| body).collect();
    assert!(blocks.len() >= 3, "{blocks:?}");
    for block in blocks {
        std::fs::write(folder.join("pack.toml"), &block).unwrap();
        let tested = factlint(&["test", "--pack", "pack.toml"]).current_dir(&folder).output().unwrap();
        assert_eq!(tested.status.code(), Some(0), "{block}\n{}{}", out(&tested), err(&tested));
    }
}

/// Commands on pages that need an archive or a draft of the reader's own: their names and options exist.
#[test]
fn every_command_of_the_pages_exists_with_its_options() {
    let docs = std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = docs.filter(|path| path.extension().is_some_and(|end| end == "md")).chain([root().join("README.md")]);
    let mut count = 0;
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let blocks = fences(&text).into_iter().filter(|(head, _)| head == "sh");
        let lines: Vec<String> =
            blocks.flat_map(|(_, body)| body.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        for line in lines.iter().filter(|line| line.starts_with("factlint ")) {
            let words = words(line);
            let command = words.get(1).unwrap();
            let help = factlint(&[command, "--help"]).output().unwrap();
            assert_eq!(help.status.code(), Some(0), "{}: {line}", page.display());
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let name = option.split('=').next().unwrap();
                assert!(out(&help).contains(name), "{}: `{command}` has no {name}: {line}", page.display());
            }
            count += 1;
        }
    }
    assert!(count > 20, "only {count} commands were read");
}
