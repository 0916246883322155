//! `consistency`, of people's names: "Karl Petersen … Peterson said", where the article names in full somebody whose name is
//! a letter apart, and nobody else is called so.

use super::Draft;
use super::name::{Attested, attested, differing_word};
use crate::claim::{NameUse, Parts, Slip as Apart, begins, is_initial, shorter, slip, surname, with_surname};
use crate::diagnostic::{Diagnostic, Proof, Severity};
use crate::fact::{Base, BaseError};
use crate::pack::{Grammar, Like, Rule};
use crate::pattern::KindId;
use crate::text::{Field, Shape, Token, TokenKind, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

/// "Karl Petersen … Peterson said", "Anna Lindberg … Anne Lindberg said": a letter apart from somebody whom the article
/// names in full, and nobody else in it is called so.
pub(super) fn check(draft: &Draft<'_>, rule: &Rule, base: &dyn Base) -> Result<Vec<Diagnostic>, BaseError> {
    // Headline and captions are the business of `field`.
    let body = |name: &&NameUse| draft.article.blocks.get(name.block).is_some_and(|block| block.field == Field::Body);
    let names = Names::new(draft, draft.reading.names.iter().filter(body).filter(|name| is_plain(name)));
    let mut slips: HashMap<&str, Option<Slip<'_>>> = HashMap::default();
    let mut found = Vec::new();
    for name in &names.all {
        let block = draft.article.blocks.get(name.block);
        let quoted = block.is_some_and(|block| !block.is_own_word(name.tokens.start));
        let cut = block.and_then(|block| block.tokens.get(name.tokens.end)).is_some_and(|next| next.joined);
        if quoted || cut {
            continue;
        }
        let slip = match slips.entry(&name.key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(vacant) => vacant.insert(names.slip(&name.key, base)?),
        };
        let Some(slip) = slip else { continue };
        let full = name.key.contains(' ');
        // "American Beauty": a part of a longer name.
        let longer = !full && is_behind_entity(draft, name);
        // Two full names that are both used again are two people; so are two in one sentence.
        let (count, known) = (names.count(&name.key), names.count(&slip.right.key));
        let rarer = !full || count < known || (count == known && slip.right.span < name.span);
        if let Some(known) = slip.known.as_ref().filter(|_| !slip.two && !longer) {
            if !std::mem::replace(&mut slip.reported, true) {
                found.extend(names.otherwise(rule, (slip.right, name), &known.proof));
            }
            continue;
        }
        let two = slip.two || slip.elsewhere || longer;
        if !two && slip.outnumbered {
            if !std::mem::replace(&mut slip.reported, true) {
                found.extend(names.otherwise(rule, (slip.right, name), &[]));
            }
            continue;
        }
        if two || !rarer {
            continue;
        }
        let right = slip.right;
        let Some(span) = block.and_then(|block| differing_word(block, name, &right.key)) else { continue };
        let message = format!("elsewhere this article has {}, not {}", right.written, name.written);
        let other = draft.cite(right.span, "the other spelling");
        let known = attested(draft, base, &right.key, &slip.here)?.map(|known| known.proof).unwrap_or_default();
        let proofs = std::iter::once(other).chain(known).collect();
        found.extend(draft.finding(rule, Severity::Warning, message, span, proofs));
    }
    // A name that stands twice is found from both places.
    let mut seen = HashSet::default();
    found.retain(|found| seen.insert(found.primary().span));
    Ok(found)
}

/// A name that may be a slip of a full one, with what is known of the two.
struct Slip<'a> {
    /// The full name where it first stands.
    right: &'a NameUse,
    /// The full name as the slip has it.
    here: String,
    /// What the base has of that, against the full name of the article.
    known: Option<Attested>,
    /// Whether the two are two people by what the article says of them.
    two: bool,
    /// Whether another article has somebody of this full name.
    elsewhere: bool,
    /// Whether the slip stands there more often than the surname of the full name, which then is the slip.
    outnumbered: bool,
    /// Whether it was reported at the places of the full name.
    reported: bool,
}

/// How a word begins and how many letters it has. Of a slip the first is the same, and the second at most one away.
type Look = (Option<char>, usize);

fn look(word: &str) -> Look {
    (word.chars().next(), word.chars().count())
}

/// The looks that a word has of which a slip is made.
fn near(word: &str) -> impl Iterator<Item = Look> + use<> {
    let (initial, letters) = look(word);
    (letters.saturating_sub(1)..=letters + 1).map(move |letters| (initial, letters))
}

/// The names of the body by what is asked of them.
struct Names<'a> {
    draft: &'a Draft<'a>,
    all: Vec<&'a NameUse>,
    /// The places of each name, the first one first.
    uses: HashMap<&'a str, Vec<&'a NameUse>>,
    /// How many names end with a word.
    ends: HashMap<&'a str, usize>,
    /// The first and the last words of full names.
    outer: HashSet<&'a str>,
    /// Full names where they first stand, by one of these words and the look of the other.
    surnamed: HashMap<(&'a str, Look), Vec<&'a NameUse>>,
    called: HashMap<(&'a str, Look), Vec<&'a NameUse>>,
    /// The same by the look of the surname.
    alike: HashMap<Look, Vec<&'a NameUse>>,
    /// Hashes of words that the article writes without a capital letter too.
    lower: OnceCell<HashSet<u64>>,
}

impl<'a> Names<'a> {
    fn new(draft: &'a Draft<'a>, names: impl Iterator<Item = &'a NameUse>) -> Names<'a> {
        let mut own = Names {
            draft,
            all: names.collect(),
            uses: HashMap::default(),
            ends: HashMap::default(),
            outer: HashSet::default(),
            surnamed: HashMap::default(),
            called: HashMap::default(),
            alike: HashMap::default(),
            lower: OnceCell::new(),
        };
        for name in &own.all {
            let parts = Parts::of(&name.key);
            *own.ends.entry(parts.surname).or_default() += 1;
            let uses = own.uses.entry(&name.key).or_default();
            uses.push(name);
            if let (Some(given), 1) = (parts.given, uses.len()) {
                own.outer.extend([given, parts.surname]);
                own.surnamed.entry((parts.surname, look(given))).or_default().push(name);
                own.called.entry((given, look(parts.surname))).or_default().push(name);
                own.alike.entry(look(parts.surname)).or_default().push(name);
            }
        }
        own
    }

    fn uses(&self, key: &str) -> &[&'a NameUse] {
        self.uses.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    fn count(&self, key: &str) -> usize {
        self.uses(key).len()
    }

    /// The sentences in which a name stands.
    fn places(&self, key: &str) -> BTreeSet<(usize, Option<usize>)> {
        let sentence = |name: &&NameUse| {
            let block = self.draft.article.blocks.get(name.block);
            (name.block, block.map(|block| block.sentence(name.tokens.start).start))
        };
        self.uses(key).iter().map(sentence).collect()
    }

    fn is_ordinary(&self, key: &str) -> bool {
        let lower = self.lower.get_or_init(|| lower_words(self.draft));
        key.split(' ').any(|word| lower.contains(&fold::stable_hash(&[word])))
    }

    /// The full name that a name may be a slip of. Who may be two is nobody.
    fn meant(&self, key: &str) -> Option<&'a NameUse> {
        let own = Parts::of(key);
        let lists: Vec<_> = match own.given {
            Some(given) => {
                let surnamed = near(given).map(|look| self.surnamed.get(&(own.surname, look)));
                surnamed.chain(near(own.surname).map(|look| self.called.get(&(given, look)))).collect()
            }
            None => near(own.surname).map(|look| self.alike.get(&look)).collect(),
        };
        let known = lists.into_iter().flatten().flatten();
        let slipped = known.filter(|known| is_slip_of(self.draft, &own, &Parts::of(&known.key)));
        let mut likes = slipped.filter(|known| !self.is_ordinary(&known.key));
        likes.next().copied().filter(|_| likes.next().is_none() && !self.is_ordinary(key))
    }

    fn slip(&self, key: &str, base: &dyn Base) -> Result<Option<Slip<'a>>, BaseError> {
        let Some(right) = self.meant(key) else { return Ok(None) };
        let (draft, full) = (self.draft, key.contains(' '));
        let here = if full { key.to_owned() } else { with_surname(&right.key, key) };
        let surname = Parts::of(&right.key).surname;
        // Whoever is named in full under this name is somebody of this name.
        let elsewhere = full && is_known(draft, base, key)?;
        let somebody = !full && self.outer.contains(key);
        // In the lists of two teams, or of one, both stand: they are two players.
        let listed = |key: &str| self.uses(key).iter().any(|name| is_listed(draft, name));
        let both = !full && listed(key) && listed(surname);
        let known = self.places(if full { &right.key } else { surname });
        let together = !self.places(key).is_disjoint(&known);
        // A surname that stands alone more often than the one of the full name: the full name is the slip.
        let most = !full && self.count(key) > self.ends.get(surname).copied().unwrap_or_default();
        Ok(Some(Slip {
            right,
            known: attested(draft, base, &here, &right.key)?,
            two: somebody || together || both,
            elsewhere,
            outnumbered: most && attested(draft, base, &right.key, &here)?.is_none(),
            reported: false,
            here,
        }))
    }

    /// A full name that the base or most of the article has otherwise, at each of its places: it, and how it should be.
    fn otherwise(&self, rule: &Rule, (wrong, right): (&NameUse, &NameUse), known: &[Proof]) -> Vec<Diagnostic> {
        let diagnose = |name: &&NameUse| {
            let block = self.draft.article.blocks.get(name.block)?;
            let span = differing_word(block, name, &right.key).filter(|_| block.is_own_word(name.tokens.start))?;
            let message = format!("elsewhere this article has {}, not {}", right.written, name.written);
            let other = self.draft.cite(right.span, "the other spelling");
            let proofs = known.iter().cloned().chain([other]).collect();
            self.draft.finding(rule, Severity::Warning, message, span, proofs)
        };
        self.uses(&wrong.key).iter().filter_map(diagnose).collect()
    }
}

/// Whether a declared name, as an adjective or as it is, stands right before a name: "American Beauty".
fn is_behind_entity(draft: &Draft<'_>, name: &NameUse) -> bool {
    let Some(read) = draft.reading.blocks.get(name.block) else { return false };
    let declared =
        |kind: KindId| draft.packs.kind(kind).is_some_and(|kind| matches!(kind.like, Like::Entity) && !kind.free_case);
    // A declared name is all of its mention.
    read.ending(name.tokens.start).any(|mention| declared(mention.kind))
}

/// Whether a name is a member of a list and no more: nothing but marks stand around it.
fn is_listed(draft: &Draft<'_>, name: &NameUse) -> bool {
    let Some(block) = draft.article.blocks.get(name.block) else { return false };
    let mark = |token: Option<&Token>| token.is_none_or(|token| token.kind == TokenKind::Mark);
    let before = name.tokens.start.checked_sub(1).and_then(|at| block.tokens.get(at));
    let after = block.tokens.get(name.tokens.end);
    let number = after.is_some_and(|token| token.kind == TokenKind::Number);
    mark(before) && (mark(after) || number)
}

/// Whether another article has somebody of this full name: he is somebody else, and no slip.
fn is_known(draft: &Draft<'_>, base: &dyn Base, key: &str) -> Result<bool, BaseError> {
    for known in base.names(surname(key))?.iter().filter(|known| known.key == key) {
        if known.witnesses.read()?.iter().any(|witness| witness.may_judge(&draft.key)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A name in ordinary case, with no hyphen between its words.
fn is_plain(name: &NameUse) -> bool {
    let capitals = name.written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    !name.title_case && !capitals && !name.written.contains('-')
}

/// Hashes of folded words that the article writes without a capital letter too: they are no names.
fn lower_words(draft: &Draft<'_>) -> HashSet<u64> {
    let blocks = draft.article.blocks.iter().zip(&draft.reading.blocks);
    let words = blocks.flat_map(|(block, read)| block.tokens.iter().zip(&read.own.hashes));
    let lower = |token: &Token| token.shape == Shape::Lower && token.kind == TokenKind::Word;
    words.filter(|(token, _)| lower(token)).map(|(_, hash)| *hash).collect()
}

/// Whether a name may be a slip of a full one: a bare surname one letter away, or one word of a full name.
fn is_slip_of(draft: &Draft<'_>, own: &Parts<'_>, known: &Parts<'_>) -> bool {
    let Some(given) = known.given else { return false };
    let tuning = &draft.tuning.slip;
    let apart = |a: &str, b: &str, least: usize| is_letter_apart(a, b, least, &draft.packs.grammar);
    match own.given {
        // "Africa" and "African": a word and what is made of it.
        None => !begins(own.surname, known.surname) && apart(own.surname, known.surname, tuning.letters_alone),
        Some(own_given) if own.surname == known.surname => {
            !begins(own_given, given) && apart(own_given, given, tuning.given)
        }
        Some(own_given) => own_given == given && apart(own.surname, known.surname, tuning.letters),
    }
}

/// Whether two words of so many letters differ in one of them, and not as spellings of one name or plurals do.
fn is_letter_apart(a: &str, b: &str, least: usize, grammar: &Grammar) -> bool {
    let plural = || grammar.differ_in_number(a, b);
    let letter = |slip| matches!(slip, Apart::Letter | Apart::Longer | Apart::Swapped);
    is_initial(a, b) && shorter(a, b) >= least && !plural() && slip(a, b).is_some_and(letter)
}
