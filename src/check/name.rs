//! `name`: a near-miss of a known name, in its slot or beside what belongs to it; the case of a particle.

use super::cited::cite_corpus;
use super::held::admit;
use super::near_miss::near_miss;
use super::tuning::Name as Tuning;
use super::{Check, Draft};
use crate::claim::{
    Claim, NameUse, Parts, Slip, SlotFill, ends_with, is_initial, particles_differ, shorter, slip, surname,
};
use crate::diagnostic::{Diagnostic, Label, Proof, Safety, Severity};
use crate::fact::{Base, BaseError, KnownName, Weight, Witness, weigh};
use crate::pack::{Rule, RuleKind, When};
use crate::pattern::WordId;
use crate::text::{Block, Span, fold};
use std::cmp::Reverse;
use std::sync::Arc;

/// The check.
pub(super) struct Name;

impl Check for Name {
    fn check(&self, draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
        let mut found = Vec::new();
        for claim in draft.reading.claims.iter().filter(|claim| claim.voice.is_own()) {
            found.extend(slipped(draft, rule, claim, base)?);
        }
        for name in draft.reading.names.iter().filter(|name| !name.title_case) {
            match particle(draft, rule, name, base)? {
                Some(particle) => found.push(particle),
                None => found.extend(misspelled(draft, rule, name, base)?),
            }
        }
        Ok(found)
    }
}

/// "told CCN": an unknown name of a closed kind, one slip from a known one.
fn slipped(draft: &Draft<'_>, rule: &Rule, claim: &Claim, base: &dyn Base) -> Result<Option<Diagnostic>, BaseError> {
    Ok(near_miss(draft, claim, base)?.and_then(|miss| {
        let fill = claim.slot(miss.found.differ?)?;
        if is_address(draft, fill.span) {
            return None;
        }
        let found = miss.found;
        let mut diagnostic = draft.finding(rule, found.severity, found.message, fill.span, miss.proof)?;
        diagnostic.group = format!("{}: {} for {}", rule.id, draft.source.slice(fill.span), miss.form);
        diagnostic.secondary.push(Label { span: claim.span, text: "the claim".to_owned() });
        diagnostic.fix = Some(draft.fix(fill.span, &*miss.form, if miss.sure { Safety::Safe } else { Safety::Unsafe }));
        Some(diagnostic)
    }))
}

/// "FoxNews.com": words that go on behind a dot are an address, and no name.
fn is_address(draft: &Draft<'_>, span: Span) -> bool {
    let mut behind = draft.source.text().get(span.end as usize..).unwrap_or_default().chars();
    behind.next() == Some('.') && behind.next().is_some_and(char::is_alphanumeric)
}

/// "Ursula Von der Leyen": a particle whose case nobody else writes so.
fn particle(draft: &Draft<'_>, rule: &Rule, name: &NameUse, base: &dyn Base) -> Result<Option<Diagnostic>, BaseError> {
    let words = name.written.split(' ').count();
    let has_particle = name.key.split(' ').any(|word| is_particle(draft, word, 0));
    if words < 2 || !has_particle || name.initial && !name.key.contains(' ') {
        return Ok(None);
    }
    let asked = Particles(name.written.clone());
    let found = draft.recall(asked, |_| Ok(particles(draft, name, base)?.map(Arc::new)))?;
    let Some(Otherwise { names, at, against, support, severity }) = found.as_deref() else { return Ok(None) };
    let right = || {
        let right = names.first()?;
        let word = tail(&right.name.written, words)?.split(' ').nth(*at)?.to_owned();
        Some((right, word, word_span(draft, name, *at)?))
    };
    let Some((right, word, span)) = right() else { return Ok(None) };
    let text = format!("{} is spelled with “{word}”, not “{}”", right.name.written, draft.source.slice(span));
    let found = draft.finding(rule, *severity, text, span, cite_names(names, *against, *support)?);
    Ok(found.map(|mut diagnostic| {
        diagnostic.group = format!("{}: {word} in {}", rule.id, surname(&right.name.key));
        diagnostic.fix = Some(draft.fix(span, word, Safety::Safe));
        diagnostic
    }))
}

/// A name as it is written, of which the case of its particles is asked.
#[derive(PartialEq, Eq, Hash)]
struct Particles(String);

/// Known names that are written otherwise than one of a draft, with what they weigh.
struct Otherwise {
    names: Vec<Known>,
    /// The number of the first word that differs.
    at: usize,
    against: Weight,
    support: Weight,
    severity: Severity,
}

/// Names that others write with a particle of another case.
fn particles(draft: &Draft<'_>, name: &NameUse, base: &dyn Base) -> Result<Option<Otherwise>, BaseError> {
    let words = name.written.split(' ').count();
    let (mut otherwise, mut alike): (Vec<Known>, Vec<Known>) = (Vec::new(), Vec::new());
    let mut differing = Vec::new();
    let ends_so = |known: &KnownName| known.key == name.key || ends_with(&known.key, &name.key);
    let names = base.names(surname(&name.key))?;
    for known in Known::each(draft, names.iter().filter(|name| ends_so(name)))? {
        let Some(tail) = tail(&known.name.written, words) else { continue };
        if fold::fold_phrase(&tail) != name.key {
            continue;
        }
        match particles_differ(&tail, &name.written) {
            Some(words) if words.iter().all(|word| is_particle(draft, &tail, *word)) => {
                differing = words;
                otherwise.push(known);
            }
            Some(_) => {}
            None => alike.push(known),
        }
    }
    // At the start of a sentence the first word has a capital letter whatever it is; without a given name before it many
    // houses write one too: "Ruud van Hout", "Van Hout".
    if differing == [0] {
        return Ok(None);
    }
    let (against, support) = (weight(&otherwise), weight(&alike));
    let severity = against.severity(support).zip(differing.first());
    Ok(severity.map(|(severity, at)| Otherwise { names: otherwise, at: *at, against, support, severity }))
}

/// The last words of a name.
fn tail(written: &str, words: usize) -> Option<String> {
    let all: Vec<&str> = written.split(' ').collect();
    let from = all.len().checked_sub(words)?;
    Some(all.get(from..)?.join(" "))
}

fn is_particle(draft: &Draft<'_>, name: &str, word: usize) -> bool {
    let word = name.split(' ').nth(word).map(fold::fold).unwrap_or_default();
    draft.packs.vocabulary.get(&word).is_some_and(|word| draft.packs.grammar.particles.contains(&word))
}

/// A known name with those of its witnesses that may judge a draft. They are read when it is made.
struct Known {
    name: Arc<KnownName>,
    all: Arc<Vec<Witness>>,
    witnesses: Vec<usize>,
}

impl Known {
    fn witnesses(&self) -> impl Iterator<Item = &Witness> {
        self.witnesses.iter().filter_map(|number| self.all.get(*number))
    }

    /// A name that is known from elsewhere.
    fn new(draft: &Draft<'_>, name: Arc<KnownName>) -> Result<Option<Known>, BaseError> {
        let all = name.witnesses.share()?;
        let witnesses = admit(&all, |witness| witness.may_judge(&draft.key));
        Ok((!witnesses.is_empty()).then_some(Known { name, all, witnesses }))
    }

    /// Of names those that are known from elsewhere.
    fn each<'n>(
        draft: &Draft<'_>,
        names: impl IntoIterator<Item = &'n Arc<KnownName>>,
    ) -> Result<Vec<Known>, BaseError> {
        names.into_iter().filter_map(|name| Known::new(draft, Arc::clone(name)).transpose()).collect()
    }
}

/// How much names weigh together: how a name is spelled does not age.
fn weight<'k>(names: impl IntoIterator<Item = &'k Known>) -> Weight {
    weigh(names.into_iter().flat_map(Known::witnesses).map(|witness| &witness.authority), None)
}

/// A spelling of a name that others have, against one that fewer have or nobody.
pub(super) struct Attested {
    /// The sentence that has it, with how many do.
    pub(super) proof: Vec<Proof>,
}

/// Whether a folded full name is written elsewhere, and another that may stand for the same person is not, or by so few
/// that they say nothing against it.
pub(super) fn attested(
    draft: &Draft<'_>,
    base: &dyn Base,
    name: &str,
    other: &str,
) -> Result<Option<Attested>, BaseError> {
    // A single word is written for many things: "Scots" is no surname because others write it.
    if !name.contains(' ') {
        return Ok(None);
    }
    let known = |key: &str| {
        let names = base.names(surname(key))?;
        Known::each(draft, names.iter().filter(|known| known.key == key))
    };
    let written = known(name)?;
    let (against, support) = (weight(&written), weight(&known(other)?));
    if against.severity(support).is_none_or(|severity| severity <= Severity::Info) {
        return Ok(None);
    }
    Ok(Some(Attested { proof: cite_names(&written, against, support)? }))
}

/// "French President Emanuel Macron", "Steve Wittkoff": a full name that nobody else writes, a slip from one that
/// others write.
fn misspelled(
    draft: &Draft<'_>,
    rule: &Rule,
    name: &NameUse,
    base: &dyn Base,
) -> Result<Option<Diagnostic>, BaseError> {
    let Some(given) = Parts::of(&name.key).given else { return Ok(None) };
    let tuning = &draft.tuning.name;
    if given.chars().count() < tuning.given || name.written.contains('-') || is_particle(draft, &name.written, 0) {
        return Ok(None);
    }
    let asked = Spelled(name.written.clone());
    let found = draft.recall(asked, |_| Ok(spelled(draft, name, base)?.map(Arc::new)))?;
    let Some(Otherwise { names, at, against, support, severity }) = found.as_deref() else { return Ok(None) };
    let right = || {
        let right = names.first()?;
        let (_, how) = slip_of_name(&right.name.key, &name.key, tuning)?;
        Some((right, how, word_span(draft, name, *at)?, right.name.written.split(' ').nth(*at)?.to_owned()))
    };
    let Some((right, how, span, replacement)) = right() else { return Ok(None) };
    let corroborated = corroborated(draft, name, &right.name.key, base)?;
    if !corroborated {
        let least = if how == Slip::Doubled { tuning.doubled_alone } else { tuning.letters_alone };
        let short = draft.source.slice(span).chars().count() < least;
        // "The Right Stuff", "Wright Stuff": a slip seldom comes first.
        let rare = against.witnesses < tuning.witnesses_at_first;
        let words = right.name.key.split(' ').nth(*at).zip(name.key.split(' ').nth(*at));
        let first = !words.is_some_and(|(known, written)| is_initial(known, written));
        let few = first && rare || against.witnesses < tuning.witnesses_alone;
        if few || how == Slip::Longer || !support.is_nothing() || short {
            return Ok(None);
        }
    }
    let severity = if corroborated { *severity } else { (*severity).min(Severity::Warning) };
    let message = format!("the name is {}, not {}", right.name.written, name.written);
    let found = draft.finding(rule, severity, message, span, cite_names(names, *against, *support)?);
    Ok(found.map(|mut diagnostic| {
        diagnostic.fix = Some(draft.fix(span, replacement, if corroborated { Safety::Safe } else { Safety::Unsafe }));
        diagnostic
    }))
}

/// A name as it is written, of which other spellings are asked.
#[derive(PartialEq, Eq, Hash)]
struct Spelled(String);

/// Names that others write, a slip from this one.
fn spelled(draft: &Draft<'_>, name: &NameUse, base: &dyn Base) -> Result<Option<Otherwise>, BaseError> {
    let tuning = &draft.tuning.name;
    let is_alike = |known: &KnownName| known.key == name.key;
    let is_similar = |known: &KnownName| slip_of_name(&known.key, &name.key, tuning).is_some();
    let near = base.near_names(&name.key)?;
    // Most names are like no other one: who writes them need not be read then.
    if !near.iter().any(|known| is_similar(known)) {
        return Ok(None);
    }
    let names = Known::each(draft, near.iter().filter(|known| is_alike(known) || is_similar(known)))?;
    let (alike, mut similar): (Vec<Known>, Vec<Known>) =
        names.into_iter().partition(|known| is_alike(&known.name) || is_spelling(draft, &known.name, name));
    // The article's own other spelling is the business of consistency.
    let Some(right) = most_written(&similar) else { return Ok(None) };
    similar.retain(|known| known.name.key == right);
    let (against, support) = (weight(&similar), weight(&alike));
    let severity = against.severity(support).zip(slip_of_name(&right, &name.key, tuning));
    Ok(severity.map(|(severity, (at, _))| Otherwise { names: similar, at, against, support, severity }))
}

/// Which word of a full name is one slip from that of a known one, and which slip it is. Two transliterations are none.
fn slip_of_name(known: &str, written: &str, tuning: &Tuning) -> Option<(usize, Slip)> {
    let mut differing = known.split(' ').zip(written.split(' ')).enumerate().filter(|(_, (a, b))| a != b);
    let (at, (a, b)) = differing.next()?;
    let words = |name: &str| name.split(' ').count();
    if differing.next().is_some() || words(known) != words(written) || shorter(a, b) < tuning.letters {
        return None;
    }
    match slip(a, b)? {
        Slip::Transliterated => None,
        // "Steve" and "Steven" are one name; a surname is spelled out.
        Slip::Longer if at == 0 => None,
        slip => Some((at, slip)),
    }
}

/// Whether two names are spellings of one: letters with marks are written out in one ("Schröder", "Schroeder"), or a list
/// of spellings has both words.
fn is_spelling(draft: &Draft<'_>, known: &KnownName, name: &NameUse) -> bool {
    let spell_out = |word: &str| fold::spell_out(word, &draft.packs.grammar.written_out);
    let words = |written: &str| -> Vec<String> { written.split(' ').map(spell_out).collect() };
    let (there, here) = (words(&known.written), words(&name.written));
    let rules = draft.packs.rules.general().filter_map(|rule| match &rule.kind {
        RuleKind::Consistency { either } => Some(either),
        _ => None,
    });
    let lists: Vec<_> = rules.flatten().collect();
    let listed = |a: &str, b: &str| {
        let has = |forms: &[(Vec<WordId>, String)], word: &str| forms.iter().any(|(_, form)| fold::fold(form) == word);
        lists.iter().any(|forms| has(forms, a) && has(forms, b))
    };
    let same = |(a, b): (&String, &String)| a == b || listed(a, b);
    there.len() == here.len() && there.iter().zip(&here).all(same)
}

fn most_written(names: &[Known]) -> Option<String> {
    let count = |key: &str| weight(names.iter().filter(|known| known.name.key == key)).witnesses;
    names.iter().rev().max_by_key(|known| count(&known.name.key)).map(|known| known.name.key.clone())
}

/// Whether the article says of the misspelled name what is known of the right one alone.
fn corroborated(draft: &Draft<'_>, name: &NameUse, right: &str, base: &dyn Base) -> Result<bool, BaseError> {
    for claim in &draft.reading.claims {
        let Some(relation) = draft.packs.relation(claim.relation) else { continue };
        let own = |fill: &&SlotFill| fill.span == name.span || fill.sure().is_some_and(|value| *value.key == *name.key);
        let Some(fill) = claim.slots.iter().find(own) else { continue };
        let conflicts = &relation.conflicts;
        if !conflicts.iter().any(|conflict| conflict.differ == Some(fill.slot) && conflict.when == When::Unique) {
            continue;
        }
        for fact in base.alike(claim.relation, fill.slot, right)?.iter() {
            let mut others = claim.slots.iter().filter(|other| other.slot != fill.slot);
            if fact.value(fill.slot).is_some_and(|value| *value.key == *right)
                && others.all(|other| other.sure().zip(fact.value(other.slot)).is_some_and(|(a, b)| a.key == b.key))
                && fact.witnesses.read()?.iter().any(|witness| witness.may_judge(&draft.key))
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The byte span of the word of a name that another name has not.
pub(super) fn differing_word(block: &Block, name: &NameUse, right: &str) -> Option<Span> {
    let known: Vec<&str> = right.split(' ').collect();
    // A surname alone is held against the surname.
    let surname = name.tokens.end.saturating_sub(1)..name.tokens.end;
    let mut tokens = if known.len() == 1 { surname } else { name.tokens.clone() };
    let at = tokens.find(|at| !known.contains(&fold::fold(block.word(*at)).as_str()))?;
    Some(block.tokens.get(at)?.span)
}

/// The byte span of a word of a name.
fn word_span(draft: &Draft<'_>, name: &NameUse, word: usize) -> Option<Span> {
    let block = draft.article.blocks.get(name.block)?;
    let mut words = name
        .tokens
        .clone()
        .filter(|at| block.tokens.get(*at).is_some_and(|token| token.spaced || *at == name.tokens.start));
    let at = words.nth(word)?;
    Some(block.tokens.get(at)?.span)
}

fn cite_names(names: &[Known], against: Weight, support: Weight) -> Result<Vec<Proof>, BaseError> {
    let mut witnesses: Vec<&Witness> = names.iter().flat_map(Known::witnesses).collect();
    witnesses.sort_by_key(|witness| (witness.is_stated(), Reverse(witness.date())));
    Ok(cite_corpus(&witnesses, None, against, support)?.into_iter().collect())
}
