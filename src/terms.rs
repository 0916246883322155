//! What holds for a check beside packs and what is known: what a project says of a file, and what somebody wants once.

use crate::diagnostic::Severity;
use crate::pack::Rule;
use crate::suppress::Allowed;
use crate::text::{Date, Document};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a project says of each of its files.
pub trait Settings: Send + Sync {
    /// What holds for the file of this path.
    fn of(&self, path: &str) -> Terms;
}

/// What holds for one file.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// The date that its articles are given, whatever they say themselves.
    pub date: Option<Date>,
    /// The date of articles that say none.
    pub undated: Option<Date>,
    /// The outlet of articles that name none.
    pub outlet: Option<String>,
    /// What holds for rules instead of what packs say of them.
    pub rules: RuleSettings,
    /// Findings that somebody looked at and let stand.
    pub allowed: Vec<Allowed>,
}

/// Ceilings of rules by their id; nothing stands for a rule that is switched off.
pub type RuleSettings = BTreeMap<String, Option<Severity>>;

/// What somebody wants of one check. It goes before what the settings say.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The date at which claims are judged, instead of each article's own.
    pub date: Option<Date>,
    /// The ids of the rules that are applied; none means all.
    pub only: Vec<String>,
    /// Whether every finding is wanted, and not only as many of a rule as are shown. Their evidence is left out then.
    pub every: bool,
}

impl<S: Settings + ?Sized> Settings for Arc<S> {
    fn of(&self, path: &str) -> Terms {
        (**self).of(path)
    }
}

impl Settings for Terms {
    fn of(&self, _: &str) -> Terms {
        self.clone()
    }
}

impl Terms {
    /// Gives articles what they do not say themselves. Before they are read: a day without its year is that of their date.
    pub fn fill(&self, document: &mut Document) {
        for article in &mut document.articles {
            article.date = self.date.or(article.date).or(self.undated);
            article.outlet = article.outlet.take().or_else(|| self.outlet.clone());
        }
    }
}

impl Wish {
    /// A rule as it is applied where these terms hold, or nothing where it is not.
    pub fn applied<'a>(&self, rule: &'a Rule, terms: &Terms) -> Option<Cow<'a, Rule>> {
        if !self.only.is_empty() && !self.only.contains(&rule.id) {
            return None;
        }
        match terms.rules.get(&rule.id) {
            // Who asks for a rule by its id gets it.
            None if rule.off && self.only.is_empty() => None,
            None => Some(Cow::Borrowed(rule)),
            Some(None) => None,
            Some(Some(severity)) => Some(Cow::Owned(Rule { severity: *severity, ..rule.clone() })),
        }
    }
}
