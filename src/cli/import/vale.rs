//! Styles of Vale (vale.sh, "Styles"): one YAML file a rule. What is a list of words becomes `term` and `consistency`, what
//! is a regular expression `pattern`; what asks for a tagger, a script or a metric is left out.

use super::Imported;
use crate::cli::facts::quoted;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use yaml_rust2::{Yaml, YamlLoader};

/// Reads a style.
pub(super) fn import(style: &Path) -> Result<Imported, String> {
    let name = style.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let shown = crate::corpus::display(style);
    let entries =
        std::fs::read_dir(style).map_err(|error| format!("{shown}: the folder of a style is wanted: {error}"))?;
    let is_yaml = |path: &PathBuf| path.extension().is_some_and(|end| end == "yml" || end == "yaml");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_yaml).collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("{shown}: there is no rule in it; a style holds files that end in .yml"));
    }
    let mut imported = Imported::default();
    let _ = writeln!(
        imported.pack,
        "[pack]\nname = {}\ndescription = {}\nlanguage = \"en\"",
        quoted(&slug(&name)),
        quoted(&format!("Imported from the Vale style {name}"))
    );
    for file in files {
        let rule = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        match YamlLoader::load_from_str(&text) {
            Ok(documents) => match documents.first() {
                Some(yaml) => carry(&mut imported, &slug(&format!("{name}-{rule}")), &format!("{name}.{rule}"), yaml),
                None => imported.left.push(format!("{name}.{rule}: the file is empty")),
            },
            Err(error) => imported.left.push(format!("{name}.{rule}: this is no YAML: {error}")),
        }
    }
    Ok(imported)
}

/// An id as packs have it.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn carry(imported: &mut Imported, id: &str, name: &str, yaml: &Yaml) {
    let before = imported.carried;
    match yaml["extends"].as_str().unwrap_or_default() {
        "substitution" => substitution(imported, id, name, yaml),
        "consistency" => consistency(imported, id, name, yaml),
        "existence" => existence(imported, id, name, yaml),
        "" => imported.left.push(format!("{name}: it does not say what it extends")),
        other => imported.left.push(format!("{name}: `{other}` has no counterpart in packs")),
    }
    if imported.carried > before && yaml["scope"].as_str().is_some_and(|scope| scope != "text") {
        imported.left.push(format!("{name}: its scope; the rule holds everywhere"));
    }
}

fn severity(yaml: &Yaml) -> &'static str {
    match yaml["level"].as_str() {
        Some("error") => "error",
        Some("suggestion") => "info",
        _ => "warning",
    }
}

/// Whether a word of Vale is just that, and no regular expression.
fn is_plain(word: &str) -> bool {
    !word.contains(['\\', '(', ')', '[', ']', '{', '}', '*', '+', '?', '|', '^', '$', '.'])
}

/// Opens a rule; the message without Vale's places for words.
fn open(imported: &mut Imported, id: &str, name: &str, kind: &str, yaml: &Yaml) {
    let _ = write!(
        imported.pack,
        "\n[[rule]]\nid = {}\nkind = {}\nseverity = \"{}\"\nsource = {}\n",
        quoted(id),
        quoted(kind),
        severity(yaml),
        quoted(&format!("Vale: {name}")),
    );
    imported.carried += 1;
}

/// The message of a rule; `%s` stands for the words, which are marked anyway.
fn message(yaml: &Yaml, name: &str) -> String {
    let message = yaml["message"].as_str().unwrap_or(name).replace("'%s'", "").replace("\"%s\"", "").replace("%s", "");
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn substitution(imported: &mut Imported, id: &str, name: &str, yaml: &Yaml) {
    let Some(swap) = yaml["swap"].as_hash() else {
        return imported.left.push(format!("{name}: it has no `swap`"));
    };
    let any_case = yaml["ignorecase"].as_bool().unwrap_or_default();
    let mut terms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut number = 0;
    for (avoid, prefer) in swap {
        let (Some(avoid), Some(prefer)) = (avoid.as_str(), prefer.as_str()) else { continue };
        if is_plain(avoid) && !prefer.contains('|') {
            terms.entry(prefer).or_default().push(avoid);
        } else {
            number += 1;
            let said = format!("use “{}”", prefer.replace('|', "” or “"));
            pattern(imported, &format!("{id}-re{number}"), name, yaml, avoid, &said);
        }
    }
    for (number, (prefer, avoid)) in terms.into_iter().enumerate() {
        let id = if number == 0 { id.to_owned() } else { format!("{id}-{}", number + 1) };
        open(imported, &id, name, "term", yaml);
        let avoid: Vec<String> = avoid.into_iter().map(quoted).collect();
        let _ = write!(imported.pack, "avoid = [{}]\nprefer = {}\n", avoid.join(", "), quoted(prefer));
        if any_case {
            imported.pack.push_str("any_case = true\n");
        }
    }
}

/// A regular expression, where our engine can run it.
fn pattern(imported: &mut Imported, id: &str, name: &str, yaml: &Yaml, regex: &str, said: &str) {
    let flag = if yaml["ignorecase"].as_bool().unwrap_or_default() { "(?i)" } else { "" };
    let edges = if yaml["nonword"].as_bool().unwrap_or_default() { "" } else { r"\b" };
    let whole = format!("{flag}{edges}(?:{regex}){edges}");
    match regex::Regex::new(&whole) {
        Ok(_) => {
            open(imported, id, name, "pattern", yaml);
            let _ = write!(imported.pack, "regex = {}\nmessage = {}\n", quoted(&whole), quoted(said));
        }
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            imported.left.push(format!("{name}: `{regex}`: {reason}"));
        }
    }
}

fn consistency(imported: &mut Imported, id: &str, name: &str, yaml: &Yaml) {
    let Some(either) = yaml["either"].as_hash() else {
        return imported.left.push(format!("{name}: it has no `either`"));
    };
    let pairs = either.iter().filter_map(|(a, b)| Some((a.as_str()?, b.as_str()?)));
    let (plain, others): (Vec<_>, Vec<_>) = pairs.partition(|(a, b)| is_plain(a) && is_plain(b));
    for (a, b) in others {
        imported.left.push(format!("{name}: `{a}` or `{b}`: spellings are words in packs, no regular expressions"));
    }
    if !plain.is_empty() {
        open(imported, id, name, "consistency", yaml);
        let pairs: Vec<String> = plain.iter().map(|(a, b)| format!("[{}, {}]", quoted(a), quoted(b))).collect();
        let _ = writeln!(imported.pack, "either = [{}]", pairs.join(", "));
    }
}

fn existence(imported: &mut Imported, id: &str, name: &str, yaml: &Yaml) {
    let tokens: Vec<&str> = yaml["tokens"].as_vec().into_iter().flatten().filter_map(Yaml::as_str).collect();
    let raw: Vec<&str> = yaml["raw"].as_vec().into_iter().flatten().filter_map(Yaml::as_str).collect();
    let regex = if tokens.is_empty() { raw.concat() } else { tokens.join("|") };
    if regex.is_empty() {
        return imported.left.push(format!("{name}: it has no `tokens`"));
    }
    pattern(imported, id, name, yaml, &regex, &message(yaml, name));
}
