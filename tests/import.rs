//! What is imported is a pack that loads, and what is not is said.

mod support;

use std::process::Command;
use support::root;

fn imported(arguments: &[&str]) -> (String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_factlint")).arg("import").args(arguments).current_dir(root()).output();
    let run = run.unwrap_or_else(|error| unreachable!("{error}"));
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    (String::from_utf8_lossy(&run.stdout).into_owned(), String::from_utf8_lossy(&run.stderr).into_owned())
}

fn check(name: &str, arguments: &[&str]) {
    let (pack, said) = imported(arguments);
    support::snapshot("import", name, &format!("{pack}\n--\n{said}"));
    let file = std::env::temp_dir().join(format!("factlint-import-{name}-{}.toml", std::process::id()));
    assert!(std::fs::write(&file, pack).is_ok());
    let test = Command::new(env!("CARGO_BIN_EXE_factlint")).arg("test").arg(&file).current_dir(root()).output();
    let test = test.unwrap_or_else(|error| unreachable!("{error}"));
    assert!(test.status.success(), "{}", String::from_utf8_lossy(&test.stderr));
    assert!(std::fs::remove_file(file).is_ok());
}

#[test]
fn vale_styles() {
    check("vale", &["vale", "tests/import/Desk"]);
}

#[test]
fn wikidata_rows() {
    check("wikidata", &["wikidata", "tests/import/holders.json"]);
}
