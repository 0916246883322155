//! Packs that are kept as they were linked give what linking them gives, and go when anything changes that they were made of.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::path::{Path, PathBuf};
use support::{err, factlint, folder, out};

const DRAFT: &str = "2025-08-17\n\nAda Lund, the chairwoman of the Harbour Trust 7, said she shall meet Greta Moss, the \
                     prime minister of Port 12. The Reef Herald reported it.\n";

/// A project whose packs are worth keeping: many entities and rules, one that a pack extends, and a table of facts.
fn project(name: &str) -> PathBuf {
    let folder = folder(name);
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    std::fs::create_dir_all(folder.join("packs")).unwrap();
    let mut desk = "[pack]\nname = \"desk\"\nextends = \"../house.toml\"\n\n".to_owned();
    for number in 0..200 {
        desk.push_str(&format!("[[entity]]\nkind = \"organisation\"\nname = \"Harbour Trust {number}\"\n\n"));
        desk.push_str(&format!("[[entity]]\nkind = \"place\"\nname = \"Port {number}\"\n\n"));
        desk.push_str(&format!("[[rule]]\nid = \"term-{number}\"\nkind = \"term\"\navoid = [\"word{number}\"]\n\n"));
    }
    desk.push_str("[[facts]]\ncsv = \"presidents.csv\"\nsays = \"{name} is the president of {place}.\"\n");
    write("packs/desk.toml", &desk);
    write("packs/presidents.csv", "name,place\nGreta Moss,Port 12\nIda Quist,Port 13\n");
    write("house.toml", "[[rule]]\nid = \"shall\"\nkind = \"term\"\navoid = [\"shall\"]\nprefer = \"will\"\n");
    write("factlint.toml", "packs = [\"packs\"]\n");
    write("draft.txt", DRAFT);
    folder
}

fn check(project: &Path, cache: &Path) -> String {
    let arguments = ["check", "draft.txt", "--format", "short"];
    let output = factlint(&arguments).current_dir(project).env("XDG_CACHE_HOME", cache).output().unwrap();
    format!("{:?}\n{}{}", output.status.code(), out(&output), err(&output))
}

fn kept(cache: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(cache.join("factlint")).into_iter().flatten();
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn what_is_kept_says_what_was_linked() {
    let (project, cache) = (project("kept"), folder("kept-cache"));
    let first = check(&project, &cache);
    assert!(first.contains("presidents.csv:2") && first.contains("[shall]"), "{first}");
    assert_eq!(kept(&cache).len(), 1, "one file a project");
    assert_eq!(check(&project, &cache), first);
    // A file that is broken is no file.
    let file = kept(&cache).remove(0);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes.iter_mut().skip(middle).take(100).for_each(|byte| *byte ^= 0x55);
    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(check(&project, &cache), first);
    std::fs::write(&file, "").unwrap();
    assert_eq!(check(&project, &cache), first);
    // Where nothing can be kept, nothing else changes.
    assert_eq!(check(&project, &project.join("factlint.toml")), first);
}

#[test]
fn what_is_kept_goes_when_what_it_was_made_of_changes() {
    let (project, cache) = (project("kept-changed"), folder("kept-changed-cache"));
    let first = check(&project, &cache);
    let changed = |name: &str, text: &str, expected: &str| {
        let before = std::fs::read_to_string(project.join(name)).ok();
        std::fs::write(project.join(name), text).unwrap();
        let found = check(&project, &cache);
        assert!(found != first && found.contains(expected), "{name}: {found}");
        match before {
            Some(before) => std::fs::write(project.join(name), before).unwrap(),
            None => std::fs::remove_file(project.join(name)).unwrap(),
        }
        assert_eq!(check(&project, &cache), first, "{name}");
    };
    changed("packs/presidents.csv", "name,place\nIda Quist,Port 12\n", "[shall]");
    changed("house.toml", "[[rule]]\nid = \"met\"\nkind = \"term\"\navoid = [\"meet\"]\n", "[met]");
    changed("packs/more.toml", "[[rule]]\nid = \"chair\"\nkind = \"term\"\navoid = [\"chairwoman\"]\n", "[chair]");
    changed("packs/broken.toml", "[[rule]]\nid = \"broken\"\n", "the key `kind` is missing");
    assert_eq!(kept(&cache).len(), 1, "one file a project");
}
