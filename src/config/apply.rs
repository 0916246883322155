//! What a configuration makes of packs: ceilings of rules, rules that are off, house spellings, and what holds for one
//! file. Names that the packs do not know are problems at their lines.

use super::{Config, Override, ceiling};
use crate::claim::is_spelling;
use crate::pack::{At, HouseForm, Packs, Place, Problems, RuleKind, suggest};
use crate::terms::RuleSettings;
use crate::text::{Date, Source, Span, fold};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The ceilings that may be written.
const CEILINGS: [&str; 4] = ["off", "info", "warning", "error"];

impl Config {
    /// Applies what holds for all files to the packs, and reports what they do not know.
    pub fn apply(&self, packs: &mut Packs) -> Problems {
        let mut problems = Problems::default();
        let Some(source) = &self.source else { return problems };
        let tables = self.overrides.iter().map(|entry| &entry.table.rules);
        for rules in std::iter::once(&self.rules).chain(tables) {
            check_rules(source, rules, packs, &mut problems);
        }
        for id in self.overrides.iter().flat_map(|entry| &entry.table.only) {
            known_rule(source, id, id.span, packs, &mut problems);
        }
        for (id, written) in &self.rules {
            let Some(rule) = packs.rules.get_mut(id) else { continue };
            match ceiling(written) {
                Some(Some(severity)) => rule.severity = severity,
                Some(None) => rule.off = true,
                None => {}
            }
        }
        for (key, right) in &self.style {
            match house_form(source, key, right, packs) {
                Ok(form) => packs.house.push(form),
                Err((message, help)) => problems.add(source, right.span, message, help),
            }
        }
        problems
    }

    /// What holds for rules in a file, by its path from the folder of the configuration.
    pub fn for_file(&self, path: &str, packs: &Packs) -> RuleSettings {
        let mut settings = RuleSettings::default();
        for entry in self.overrides.iter().filter(|entry| entry.files.iter().any(|(glob, _)| glob.is_match(path))) {
            let only = &entry.table.only;
            if !only.is_empty() {
                let others = packs.rules.iter().filter(|rule| !only.iter().any(|id| id.value == rule.id));
                settings.extend(others.map(|rule| (rule.id.clone(), None)));
            }
            let written = entry.table.rules.iter();
            settings.extend(written.filter_map(|(id, written)| Some((id.clone(), ceiling(written)?))));
        }
        settings
    }

    /// The date that a file is given, by its path from the folder of the configuration: the last that fits.
    pub fn date_of(&self, path: &str) -> Option<Date> {
        let fits = |entry: &&Override| entry.files.iter().any(|(glob, _)| glob.is_match(path));
        self.overrides.iter().filter(fits).filter_map(|entry| entry.table.date).next_back()
    }

    /// The globs that none of the files fits, as `line:column: glob`.
    pub fn idle_globs(&self, paths: &[String]) -> Vec<String> {
        let Some(source) = &self.source else { return Vec::new() };
        let globs = self.overrides.iter().flat_map(|entry| &entry.files);
        let idle = globs.filter(|(glob, _)| !paths.iter().any(|path| glob.is_match(path)));
        idle.map(|(glob, span)| {
            let at = source.position(span.start);
            format!("{}:{}:{}: no file that was checked fits `{}`", source.path(), at.line, at.column, glob.glob())
        })
        .collect()
    }
}

fn check_rules(source: &Arc<Source>, rules: &BTreeMap<String, At<String>>, packs: &Packs, problems: &mut Problems) {
    for (id, written) in rules {
        known_rule(source, id, written.span, packs, problems);
        if ceiling(written).is_none() {
            let message = format!("unknown severity `{}`", written.value);
            problems.add(source, written.span, message, suggest(written, CEILINGS));
        }
    }
}

fn known_rule(source: &Arc<Source>, id: &str, span: Span, packs: &Packs, problems: &mut Problems) {
    if packs.rules.get(id).is_none() {
        let help = suggest(id, packs.rules.iter().map(|rule| rule.id.as_str()));
        problems.add(source, span, format!("there is no rule `{id}`"), help);
    }
}

type Unknown = (String, Option<String>);

/// A chosen spelling, with those that it stands against: the rest of a list of variants, another name of an entity, or
/// a transliteration of the same surname.
fn house_form(source: &Arc<Source>, key: &str, right: &At<String>, packs: &mut Packs) -> Result<HouseForm, Unknown> {
    let wrong = other_forms(key, right, packs)?;
    let wrong = wrong.into_iter().map(|form| (packs.intern(&form), form)).collect();
    let place = Place { source: Arc::clone(source), span: right.span, checked: None, horizon: u32::MAX };
    Ok(HouseForm { right: right.value.clone(), wrong, place })
}

fn other_forms(key: &str, right: &str, packs: &Packs) -> Result<Vec<String>, Unknown> {
    let lists = packs.rules.general().filter_map(|rule| match &rule.kind {
        RuleKind::Consistency { either } => Some(either),
        _ => None,
    });
    if let Some(list) = lists.flatten().find(|list| list.iter().any(|(_, form)| form == right)) {
        return Ok(list.iter().map(|(_, form)| form.clone()).filter(|form| form != right).collect());
    }
    let folded = fold::fold_phrase(key);
    let entities = packs.entities.iter().filter(|entity| entity.forms.iter().any(|form| form == right));
    let mut names: Vec<&str> = Vec::new();
    for entity in entities {
        let others: Vec<&String> = entity.forms.iter().filter(|form| *form != right).collect();
        let meant = others.iter().filter(|form| fold::fold_phrase(form) == folded);
        let meant: Vec<String> = meant.map(|form| (*form).clone()).collect();
        if !meant.is_empty() {
            return Ok(meant);
        }
        names.extend(others.iter().map(|form| form.as_str()));
    }
    if !names.is_empty() {
        return Err((format!("`{key}` is no other name of `{right}`"), suggest(key, names)));
    }
    let right_folded = fold::fold_phrase(right);
    if folded != right_folded && is_spelling(&folded, &right_folded) {
        return Ok(vec![folded]);
    }
    let help = "a house form is one of a list of variants, a name of an entity, or a spelling of the same surname; \
                for other words write a [[rule]] of kind `term`";
    Err((format!("nothing knows `{key}` and `{right}` as two spellings"), Some(help.to_owned())))
}
