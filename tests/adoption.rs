//! Switching factlint on and keeping it: configuration, baseline, lines changed since a revision, trials, and rule work.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::path::Path;
use std::process::{Command, Output};
use support::{err, factlint, folder, out, snapshot};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    factlint(arguments).current_dir(folder).output().unwrap()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn status(folder: &Path, arguments: &[&str]) -> i32 {
    run(folder, arguments).status.code().unwrap()
}

const DRAFT: &str = "---\ndate: 2025-08-17\n---\n\nFinnish Prime Minister Alexander Stubb left.\n";

#[test]
fn every_mistake_of_a_configuration_is_reported_at_its_line() {
    let folder = folder("adopt-mistakes");
    write(&folder, "draft.md", DRAFT);
    let config = r#"packs = ["nope.toml"]
without = ["outlet"]
fail_on = "warnings"
fcats = "x"
[rules]
consistancy = "error"
told = "of"
[style]
zelensky = "Kyivish"
[[overrides]]
file = ["letters/**"]
[[overrides]]
files = ["nothing/{**"]
only = ["ofice"]
"#;
    write(&folder, "factlint.toml", config);
    let checked = run(&folder, &["check", "draft.md"]);
    assert_eq!(checked.status.code(), Some(2));
    snapshot("adoption", "mistakes", &err(&checked));
}

#[test]
fn the_configuration_is_that_of_the_file() {
    let folder = folder("adopt-found");
    write(&folder, "one/factlint.toml", "[rules]\noffice = \"off\"\n");
    write(&folder, "one/news/draft.md", DRAFT);
    write(&folder, "two/factlint.toml", "[rules]\noffice = \"warning\"\n");
    write(&folder, "two/draft.md", DRAFT);
    assert_eq!(status(&folder, &["check", "one/news/draft.md"]), 0);
    assert_eq!(status(&folder.join("two"), &["check", "../one/news/draft.md", "--fail-on", "warning"]), 0);
    assert_eq!(status(&folder, &["check", "two/draft.md"]), 0);
    assert_eq!(status(&folder, &["check", "two/draft.md", "--fail-on", "warning"]), 1);
    // Who asks for a rule by its id gets it.
    assert_eq!(status(&folder, &["check", "one/news/draft.md", "--only", "office"]), 1);
    let both = run(&folder, &["check", "one/news/draft.md", "two/draft.md"]);
    assert_eq!(both.status.code(), Some(2));
    assert!(err(&both).contains("one/factlint.toml and two/factlint.toml"), "{}", err(&both));
}

#[test]
fn overrides_hold_for_their_files_and_idle_globs_are_said() {
    let folder = folder("adopt-overrides");
    let config = "[[overrides]]\nfiles = [\"letters/**\"]\nrules = { office = \"info\" }\n\
                  [[overrides]]\nfiles = [\"old/*\"]\ndate = 2015-03-01\n[[overrides]]\nfiles = [\"sport/**\"]\nonly = [\"date\"]\n";
    write(&folder, "factlint.toml", config);
    for name in ["letters/a/b.md", "old/c.md", "news/d.md"] {
        write(&folder, name, DRAFT);
    }
    let checked = run(&folder, &["check", ".", "--format", "short"]);
    let lines: Vec<String> =
        out(&checked).lines().map(|line| line.split(": Alex").next().unwrap().to_owned()).collect();
    assert_eq!(lines, ["letters/a/b.md:5:9: info[office]", "news/d.md:5:9: error[office]"]);
    assert!(
        err(&checked).contains("factlint.toml:8:10: no file that was checked fits `sport/**`"),
        "{}",
        err(&checked)
    );
    assert_eq!(err(&run(&folder, &["check", "news/d.md"])), "");
    // The worksheet judges at the same date.
    let worksheet = |name: &str| out(&run(&folder, &["claims", name]));
    assert!(
        worksheet("news/d.md").starts_with('✗') && !worksheet("old/c.md").starts_with('✗'),
        "{}",
        worksheet("old/c.md")
    );
}

#[test]
fn thin_support_lowers_a_raised_ceiling() {
    let folder = folder("adopt-ceiling");
    write(&folder, "factlint.toml", "without = [\"leaders\"]\n[rules]\noffice = \"error\"\n");
    write(&folder, "archive/a.md", "Finnish President Alexander Stubb arrived in Oslo.\n");
    write(&folder, "draft.md", "Finnish Prime Minister Alexander Stubb left.\n");
    let checked = run(&folder, &["check", "draft.md", "--against", "archive", "--format", "short"]);
    assert!(out(&checked).contains("warning[office]"), "{}{}", out(&checked), err(&checked));
}

#[test]
fn a_house_form_is_right_alone_and_among_others_and_quotations_are_left() {
    let folder = folder("adopt-style");
    write(&folder, "factlint.toml", "[style]\nzelensky = \"Zelenskyy\"\nkiev = \"Kiev\"\nNATO = \"Nato\"\n");
    let draft =
        "Volodymyr Zelensky left Kyiv. Zelensky said: “Kyiv and NATO stay.” The NATO chief met Olena Zelenska.\n";
    write(&folder, "draft.md", draft);
    let checked = run(&folder, &["check", "draft.md", "--only", "consistency", "--format", "short"]);
    snapshot("adoption", "style", &out(&checked));
    assert_eq!(status(&folder, &["check", "draft.md", "--only", "consistency", "--fix", "-q"]), 0);
    let fixed = std::fs::read_to_string(folder.join("draft.md")).unwrap();
    assert!(
        fixed.starts_with("Volodymyr Zelenskyy left Kiev. Zelenskyy said: “Kyiv and NATO stay.” The Nato"),
        "{fixed}"
    );
    assert!(fixed.contains("Olena Zelenska."), "{fixed}");
}

#[test]
fn packs_extend_packs_each_is_loaded_once_and_circles_end() {
    let folder = folder("adopt-extends");
    write(
        &folder,
        "packs/a.toml",
        "[pack]\nname = \"a\"\nextends = \"../b.toml\"\n[[rule]]\nid = \"x\"\nkind = \"term\"\navoid = [\"boat\"]\n",
    );
    write(
        &folder,
        "b.toml",
        "[pack]\nname = \"b\"\nextends = \"packs\"\n[[rule]]\nid = \"x\"\nkind = \"term\"\navoid = [\"ship\"]\n",
    );
    write(&folder, "draft.txt", "The boat and the ship.\n");
    // The extending pack comes later, so its rule replaces the other.
    let checked = run(&folder, &["check", "draft.txt", "--pack", "packs/a.toml", "--format", "short"]);
    assert!(out(&checked).starts_with("draft.txt:1:5: error[x]"), "{}{}", out(&checked), err(&checked));
    assert_eq!(out(&checked).lines().count(), 1);
    write(&folder, "c.toml", "[pack]\nname = \"c\"\nextends = \"d.toml\"\n");
    let missing = run(&folder, &["check", "draft.txt", "--pack", "c.toml"]);
    assert!(
        err(&missing).contains("there is no pack `d.toml`") && err(&missing).contains("c.toml:3:11"),
        "{}",
        err(&missing)
    );
}

#[test]
fn a_baseline_lets_only_new_findings_fail_and_forgets_what_is_mended() {
    let folder = folder("adopt-baseline");
    write(&folder, "a.md", DRAFT);
    write(&folder, "b.md", DRAFT);
    let check = ["check", "a.md", "b.md", "--baseline", "keep/base.json"];
    std::fs::create_dir(folder.join("keep")).unwrap();
    assert_eq!(status(&folder, &check), 0);
    let base = || std::fs::read_to_string(folder.join("keep/base.json")).unwrap();
    snapshot("adoption", "baseline", &base());
    // A paragraph moves, and nothing is new.
    write(&folder, "a.md", &DRAFT.replace("\n\nFinnish", "\n\nA new paragraph.\n\nFinnish"));
    assert_eq!(status(&folder, &check), 0);
    // A file is renamed, and nothing is new.
    std::fs::rename(folder.join("b.md"), folder.join("c.md")).unwrap();
    let moved = ["check", "a.md", "c.md", "--baseline", "keep/base.json"];
    assert_eq!(status(&folder, &moved), 0);
    assert!(base().contains("../c.md") && !base().contains("../b.md"), "{}", base());
    // A new finding fails, and does not come in.
    write(&folder, "c.md", &DRAFT.replace("left.", "left. French President Friedrich Merz stayed."));
    let new = run(&folder, &[&moved[..], &["--format", "short"]].concat());
    assert_eq!((new.status.code(), out(&new).lines().count()), (Some(1), 1), "{}", out(&new));
    assert!(!base().contains("Merz"), "{}", base());
    // What is mended leaves, what was not looked at stays.
    write(&folder, "a.md", "Nothing to see.\n");
    assert_eq!(status(&folder, &["check", "a.md", "--only", "told", "--baseline", "keep/base.json"]), 0);
    assert!(base().contains("../a.md"), "{}", base());
    assert_eq!(status(&folder, &["check", "a.md", "--baseline", "keep/base.json"]), 0);
    assert!(!base().contains("../a.md") && base().contains("../c.md"), "{}", base());
    // Afresh, all that is found now.
    assert_eq!(status(&folder, &[&moved[..], &["--write-baseline"]].concat()), 0);
    assert!(base().contains("Merz"), "{}", base());
    write(&folder, "keep/base.json", "{}");
    let broken = run(&folder, &check[..4]);
    assert_eq!(broken.status.code(), Some(2));
    let broken = run(&folder, &moved);
    assert!(err(&broken).contains("this is no baseline"), "{}", err(&broken));
}

fn git(folder: &Path, arguments: &[&str]) -> bool {
    let identity = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"];
    let run = Command::new("git").current_dir(folder).args(identity).args(arguments).output();
    run.is_ok_and(|output| output.status.success())
}

#[test]
fn only_changed_lines_are_reported() {
    let folder = folder("adopt-changed");
    let old =
        format!("{DRAFT}\nA line between.\n\nFrench President Friedrich Merz stayed.\n\nAnother line.\n\nThe end.\n");
    write(&folder, "news/a draft.md", &old);
    write(&folder, "news/same.md", DRAFT);
    let check = |revision: &str| run(&folder, &["check", ".", "--changed-since", revision, "--format", "short", "-q"]);
    if !git(&folder, &["init", "-q"]) {
        let without = check("HEAD");
        assert_eq!(without.status.code(), Some(2));
        assert!(err(&without).contains("git is not installed here"), "{}", err(&without));
        return;
    }
    assert!(git(&folder, &["add", "-A"]) && git(&folder, &["commit", "-qm", "one"]));
    assert_eq!(out(&check("HEAD")), "");
    // One of two wrong lines is touched, and the file is renamed.
    write(&folder, "news/a draft.md", &old.replace("Merz stayed", "Merz stayed on"));
    assert!(git(&folder, &["mv", "news/a draft.md", "news/mön \"x\".md"]));
    write(&folder, "new.md", DRAFT);
    let found = out(&check("HEAD"));
    let places: Vec<&str> = found.lines().map(|line| line.split(": error").next().unwrap()).collect();
    assert_eq!(places, ["new.md:5:9", "news/mön \"x\".md:9:18"], "{found}");
    for revision in ["nothing", "--output=x", ""] {
        let argument = format!("--changed-since={revision}");
        let refused = run(&folder, &["check", ".", &argument]);
        assert_eq!(refused.status.code(), Some(2), "{revision}");
        assert!(err(&refused).contains("git knows no revision"), "{}", err(&refused));
    }
    assert!(!folder.join("x").exists());
}

const TRIAL: &str = "[[rule]]\nid = \"ship\"\nkind = \"term\"\navoid = [\"boat\"]\nprefer = \"ship\"\nstatus = \"trial\"\n\
                     owner = \"Ada Lund\"\nreason = \"letters\"\nsource = \"style guide, p. 3\"\nreview = 2025-06-01\n";

#[test]
fn a_rule_on_trial_is_marked_in_every_output_and_fails_no_run() {
    let folder = folder("adopt-trial");
    write(&folder, "trial.toml", TRIAL);
    write(&folder, "draft.md", "---\ndate: 2025-08-17\n---\nThe boat left.\n");
    for format in ["pretty", "short", "json", "sarif"] {
        let checked = run(&folder, &["check", "draft.md", "--pack", "trial.toml", "--format", format]);
        assert_eq!(checked.status.code(), Some(0), "{format}: {}", err(&checked));
        assert!(out(&checked).contains("on trial: house style: ship, not boat"), "{format}: {}", out(&checked));
        assert!(err(&checked).contains("which is Ada Lund's, was to be looked at by 2025-06-01"), "{}", err(&checked));
        if format == "json" {
            assert!(out(&checked).contains("\"trial\": true"), "{}", out(&checked));
        }
        if format == "sarif" {
            let log: serde_json::Value = serde_json::from_str(&out(&checked)).unwrap();
            assert_eq!(log.pointer("/runs/0/results/0/properties/trial"), Some(&true.into()));
            let rules = log.pointer("/runs/0/tool/driver/rules").and_then(|rules| rules.as_array()).unwrap();
            let rule = rules.iter().find(|rule| rule["id"] == "ship").unwrap();
            assert_eq!(
                (&rule["properties"]["owner"], &rule["properties"]["review"]),
                (&"Ada Lund".into(), &"2025-06-01".into())
            );
        }
    }
    // A day is held against the draft or `--date`, never against the clock.
    let early = run(&folder, &["check", "draft.md", "--pack", "trial.toml", "--date", "2025-06-01"]);
    assert_eq!(err(&early), "");
    assert_eq!(status(&folder, &["test", "--pack", "trial.toml", "--date", "2025-06-01"]), 0);
    assert_eq!(status(&folder, &["test", "--pack", "trial.toml", "--date", "2025-06-02"]), 1);
    snapshot("adoption", "rule", &out(&run(&folder, &["rules", "ship", "--pack", "trial.toml"])));
    write(&folder, "status.toml", &TRIAL.replace("\"trial\"", "\"trail\""));
    let unknown = run(&folder, &["test", "--pack", "status.toml"]);
    assert!(err(&unknown).contains("did you mean `trial`?"), "{}", err(&unknown));
}

#[test]
fn comments_expire_at_the_date_of_the_draft() {
    let folder = folder("adopt-expired");
    let draft = |until: &str| {
        DRAFT.replace("Finnish", &format!("<!-- factlint: allow office until {until}: as titled -->\nFinnish"))
    };
    write(&folder, "draft.md", &draft("2025-08-17"));
    assert_eq!(status(&folder, &["check", "draft.md"]), 0);
    let later = run(&folder, &["check", "draft.md", "--date", "2025-08-18", "--format", "short"]);
    assert_eq!(later.status.code(), Some(1));
    assert!(out(&later).contains("this comment allowed `office` until 2025-08-17"), "{}", out(&later));
    write(&folder, "draft.md", &draft("summer"));
    let odd = run(&folder, &["check", "draft.md", "--format", "short"]);
    assert!(out(&odd).contains("`summer` is no date") && odd.status.code() == Some(1), "{}", out(&odd));
}

#[test]
fn init_writes_learns_and_never_overwrites() {
    let folder = folder("adopt-init");
    write(&folder, "my archive/a.md", "Finnish President Alexander Stubb arrived in Oslo.\n");
    assert_eq!(status(&folder, &["init", "nothing"]), 2);
    assert!(!folder.join("factlint.toml").exists());
    write(&folder, "desk.toml", "# mine\n[pack]\nname = \"mine\"\n");
    let begun = run(&folder, &["init", "my archive"]);
    assert_eq!(begun.status.code(), Some(0), "{}", err(&begun));
    snapshot("adoption", "init", &out(&begun));
    assert!(std::fs::read_to_string(folder.join("desk.toml")).unwrap().starts_with("# mine"));
    assert!(folder.join("factlint.db").exists());
    let again = run(&folder, &["init"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("factlint.toml is here already"), "{}", err(&again));
    // What it writes where nothing is, is whole, and its lines that are commented out are right too.
    let fresh = folder.join("fresh");
    write(&fresh, "archive/a.md", "Nothing.\n");
    assert_eq!(status(&fresh, &["init"]), 0);
    assert_eq!(status(&fresh, &["test"]), 0);
    let config = std::fs::read_to_string(fresh.join("factlint.toml")).unwrap();
    let key = |line: &str| {
        line.strip_prefix("# ").filter(|line| line.starts_with("[[") || line.contains(" = ")).map(str::to_owned)
    };
    let opened: Vec<String> = config.lines().map(|line| key(line).unwrap_or_else(|| line.to_owned())).collect();
    write(&fresh, "factlint.toml", &opened.join("\n"));
    let rules = run(&fresh, &["rules"]);
    assert_eq!(rules.status.code(), Some(0), "{}", err(&rules));
}

#[test]
fn two_states_of_a_pack_or_of_a_base_are_compared() {
    let folder = folder("adopt-compare");
    let rule = |word: &str| format!("[[rule]]\nid = \"x\"\nkind = \"term\"\navoid = [\"{word}\", \"barge\"]\n");
    write(&folder, "factlint.toml", "packs = [\"new.toml\"]\n");
    write(&folder, "old.toml", &rule("boat"));
    write(&folder, "new.toml", &rule("ship"));
    write(&folder, "drafts/a.txt", "The boat, the ship and the barge.\n");
    let compared = run(&folder, &["compare", "old.toml", "new.toml", "drafts"]);
    assert_eq!(
        out(&compared),
        "- drafts/a.txt:1:5: error[x]: house style rules out boat\n\
         + drafts/a.txt:1:15: error[x]: house style rules out ship\n1 gone · 1 new · 1 in both\n",
        "{}",
        err(&compared)
    );
    write(&folder, "one/a.md", "---\ndate: 2025-08-01\n---\nFinnish President Alexander Stubb arrived in Oslo.\n");
    write(&folder, "two/a.md", "---\ndate: 2025-08-01\n---\nFinnish Prime Minister Alexander Stubb arrived in Oslo.\n");
    write(&folder, "factlint.toml", "without = [\"leaders\"]\n");
    for base in ["one", "two"] {
        assert_eq!(status(&folder, &["learn", base, "--facts", &format!("{base}.db")]), 0);
    }
    write(&folder, "drafts/a.txt", "Finland's president, Alexander Stubb, left.\n");
    let compared = run(&folder, &["compare", "one.db", "two.db", "drafts"]);
    assert!(
        out(&compared).starts_with("+ drafts/a.txt:1:11: warning[office]: Alexander Stubb is Prime"),
        "{}",
        out(&compared)
    );
    assert_eq!(status(&folder, &["compare", "one.db", "new.toml", "drafts"]), 2);
}

#[test]
fn coverage_names_what_no_example_tries() {
    let folder = folder("adopt-coverage");
    let pack = "[relation.sails]\nslots = { who = \"person\", place = \"place\" }\nsays = \"{who} sails to {place}\"\n\
                patterns = [\"{who} sails to {place}\", \"{who}, bound for {place}\"]\n\
                [[rule]]\nid = \"sails\"\nkind = \"relation\"\nrelation = \"sails\"\n\
                [[rule]]\nid = \"boat\"\nkind = \"term\"\navoid = [\"boat\"]\nprefer = \"ship\"\n\
                [[rule.example]]\nbad = \"A [boat] left.\"\n[[rule.example]]\nok = \"Ada Lund sails to Norway.\"\n";
    write(&folder, "sails.toml", pack);
    let tested = run(&folder, &["test", "--coverage", "--pack", "sails.toml"]);
    assert_eq!(tested.status.code(), Some(0), "{}", err(&tested));
    let own: Vec<String> = out(&tested).lines().filter(|line| line.contains("sails.toml")).map(str::to_owned).collect();
    snapshot("adoption", "coverage", &own.join("\n"));
}
