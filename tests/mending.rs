//! `check --fix` and `check --diff`: every fix is made, to the end, and the diff is a patch of what is written.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use support::{err, out};

/// What is preferred instead of what, a rule each.
fn project(name: &str, terms: &[(&str, &str)]) -> PathBuf {
    let folder = support::folder(&format!("mending-{name}"));
    std::fs::write(folder.join("factlint.toml"), "packs = [\"house.toml\"]\n").unwrap();
    let rule = |(number, (avoid, prefer)): (usize, &(&str, &str))| {
        format!(
            "[[rule]]\nid = \"term-{number}\"\nkind = \"term\"\nseverity = \"warning\"\navoid = [\"{avoid}\"]\nprefer = \"{prefer}\"\n"
        )
    };
    std::fs::write(folder.join("house.toml"), terms.iter().enumerate().map(rule).collect::<String>()).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    support::factlint(arguments).current_dir(folder).output().unwrap()
}

fn patched(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).current_dir(folder).output().unwrap()
}

/// Files of any line ends and names: what the patch makes of one is what `--fix` makes of it.
#[test]
fn the_diff_is_a_patch() {
    let lines: String = (0..30).map(|at| format!("Line {at} is here.\n")).collect();
    let texts = [
        ("one line", "The train to Kiev.\n".to_owned()),
        ("no break at the end", "The train to Kiev.\n\nTo Kiev.".to_owned()),
        ("far apart", format!("To Kiev.\n{lines}To Kiev.\n{lines}")),
        ("near", format!("{lines}To Kiev.\nSo.\nTo Kiev.\n\nSo.\nTo Kiev.")),
        ("CRLF", "The train to Kiev.\r\n\r\nSo.\r\nTo Kiev.\r\n".to_owned()),
        ("CR", "The train to Kiev.\r\rTo Kiev.\rSo.".to_owned()),
        ("mixed", "The train to Kiev.\r\rSo.\n\nTo Kiev.\r\n\r\nTo Kiev.\n".to_owned()),
        ("byte order", "\u{feff}The train to Kiev.\n".to_owned()),
    ];
    let names =
        ["a.txt", "with space.txt", "tab\there.txt", "quote\"d.txt", "back\\slash.txt", "Łódź é.txt", "sub dir/a.txt"];
    for (number, (what, text)) in texts.iter().enumerate() {
        for (second, name) in names.iter().enumerate().filter(|(second, _)| number == 1 || *second == 0) {
            let folder = project(&format!("patch-{number}-{second}"), &[("Kiev", "Kyiv")]);
            std::fs::create_dir_all(folder.join("sub dir")).unwrap();
            std::fs::write(folder.join(name), text).unwrap();
            let diff = run(&folder, &["check", name, "--diff", "--quiet"]);
            assert_eq!(diff.status.code(), Some(1), "{what}, {name}: {}", err(&diff));
            std::fs::write(folder.join("fixes.patch"), &diff.stdout).unwrap();
            for (program, arguments) in
                [("git", &["apply", "fixes.patch"][..]), ("patch", &["--binary", "-s", "-p1", "-i", "fixes.patch"])]
            {
                std::fs::write(folder.join(name), text).unwrap();
                if Command::new(program).arg("--version").output().is_err() {
                    continue;
                }
                let applied = patched(&folder, program, arguments);
                assert!(applied.status.success(), "{program}, {what}, {name}: {}\n{}", err(&applied), out(&diff));
                let made = std::fs::read_to_string(folder.join(name)).unwrap();
                assert_eq!(made, text.replace("Kiev", "Kyiv"), "{program}, {what}, {name}");
            }
            std::fs::write(folder.join(name), text).unwrap();
            run(&folder, &["check", name, "--fix", "--quiet"]);
            assert_eq!(
                std::fs::read_to_string(folder.join(name)).unwrap(),
                text.replace("Kiev", "Kyiv"),
                "{what}, {name}"
            );
        }
    }
}

/// More findings than are shown are fixed all the same.
#[test]
fn every_fix_is_made() {
    let folder = project("every", &[("Kiev", "Kyiv")]);
    let text = "The train to Kiev was late.\n\n".repeat(1_200);
    std::fs::write(folder.join("a.txt"), &text).unwrap();
    let diff = out(&run(&folder, &["check", "a.txt", "--diff"]));
    assert_eq!(diff.lines().filter(|line| line.starts_with("+The")).count(), 1_200);
    let fixed = run(&folder, &["check", "a.txt", "--fix", "--format", "short"]);
    assert!(err(&fixed).contains("1200 fixes applied"), "{}", err(&fixed));
    assert_eq!(std::fs::read_to_string(folder.join("a.txt")).unwrap(), text.replace("Kiev", "Kyiv"));
    assert_eq!(out(&run(&folder, &["check", "a.txt", "--diff"])), "");
}

/// Rules that go on from each other come to an end, and what undoes itself is not begun.
#[test]
fn fixes_come_to_an_end() {
    for (name, terms, before, after) in [
        ("chain", &[("very unique", "unique"), ("unique", "rare")][..], "It is very unique.\n", "It is rare.\n"),
        (
            "circle",
            &[("Kiev", "Kyiv"), ("Kyiv", "Kiev"), ("boat", "ship")],
            "A boat to Kiev and Kyiv.\n",
            "A ship to Kiev and Kyiv.\n",
        ),
        (
            "three",
            &[("one", "two"), ("two", "three"), ("three", "one")],
            "So one, two, three.\n",
            "So one, two, three.\n",
        ),
        ("itself", &[("York", "New York")], "In York, not New York.\n", "In New York, not New York.\n"),
        ("growth", &[("Kiev", "Kyiv city"), ("Kyiv city", "Kiev town")], "In Kiev.\n", "In Kiev.\n"),
        ("hyphen", &[("co operate", "co-operate")], "They co operate.\n", "They co-operate.\n"),
    ] {
        let folder = project(&format!("end-{name}"), terms);
        let draft = folder.join("a.txt");
        std::fs::write(&draft, before).unwrap();
        let diff = out(&run(&folder, &["check", "a.txt", "--diff", "--quiet"]));
        assert_eq!(
            diff.lines().last().map(|line| format!("{}\n", &line[1..])).filter(|_| before != after),
            (before != after).then(|| after.to_owned()),
            "{name}"
        );
        for _ in 0..2 {
            run(&folder, &["check", "a.txt", "--fix", "--quiet"]);
            assert_eq!(std::fs::read_to_string(&draft).unwrap(), after, "{name}");
        }
        if before == after {
            let said = err(&run(&folder, &["check", "a.txt", "--fix"]));
            assert!(said.contains("without an end"), "{name}: {said}");
        }
    }
}
