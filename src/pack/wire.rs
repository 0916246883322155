//! What may be written in a pack. These types are the pack format: the JSON Schema is made from them.

use super::decode::{At, wire};
use crate::text::Date;
use std::collections::BTreeMap;

wire! {
/// A pack: kinds, entities, relations, facts, rules and examples, in one TOML file.
PackFile {
    /// What the pack is. A project's own pack may leave it out.
    optional pack: Option<PackHead>,
    /// What a language pack tells the engine of a language.
    optional language: Option<LanguageTable>,
    /// Number words, hedges and what else stands around figures.
    optional numbers: Option<NumbersTable>,
    /// Days and spans of time.
    optional days: Option<DaysTable>,
    /// Who says what stands in quotation marks.
    optional speech: Option<SpeechTable>,
    /// Word classes by name, read in patterns as `<name>`.
    optional class: BTreeMap<String, ClassTable>,
    /// Mood words by name: "former", "acting", "-elect".
    optional mood: BTreeMap<String, MoodTable>,
    /// Kinds by name: what a slot holds, and how it is read.
    optional kind: BTreeMap<String, KindTable>,
    /// Known entities.
    optional entity: Vec<At<EntityTable>>,
    /// Relations by name: sorts of claims.
    optional relation: BTreeMap<String, RelationTable>,
    /// What is held to be so.
    optional fact: Vec<At<FactTable>>,
    /// Facts from tables.
    optional facts: Vec<At<FactsTable>>,
    /// What is reported, and how loudly.
    optional rule: Vec<At<RuleTable>>,
}

/// The head of a pack.
PackHead {
    /// Its name, as configurations and outputs use it.
    required name: String,
    /// What it holds, in a sentence.
    optional description: Option<String>,
    /// The language of its words, as a code such as "en".
    optional language: Option<String>,
    /// When somebody last looked at its facts.
    optional checked: Option<Date>,
    /// For how many days after `checked` its facts keep their full weight; 365 unless said otherwise.
    optional horizon: Option<u32>,
    /// A pack that is loaded before this one: a file or folder, from the folder of this pack, or a built-in name.
    optional extends: Option<At<String>>,
}

/// What reading needs to know of a language. Words are compared in any case, without dots and diacritics.
LanguageTable {
    /// Words that keep their dot and never end a sentence.
    optional abbreviations: Vec<String>,
    /// Articles that may stand before a noun phrase.
    optional determiners: Vec<String>,
    /// Prepositions: a noun phrase behind one is no subject.
    optional prepositions: Vec<String>,
    /// Conjunctions that join the members of a list.
    optional conjunctions: Vec<String>,
    /// Words that begin a new clause: "who", "that", "when".
    optional subordinators: Vec<String>,
    /// Further words that begin sentences and never names.
    optional function_words: Vec<String>,
    /// Pronouns for one person, as subjects.
    optional pronouns: Vec<String>,
    /// Names of the word classes that report speech: what follows them in a sentence is somebody's claim.
    optional reporting: Vec<At<String>>,
    /// Words that deny a claim.
    optional negations: Vec<String>,
    /// Words that make a claim a wish, a condition or a question.
    optional hypotheticals: Vec<String>,
    /// Words that put their sentence at another time or into a story: "ago", "film", "statue".
    optional elsewhen: Vec<String>,
    /// Words that forbid reading a list pairwise.
    optional respectively: Vec<String>,
    /// Words before a person's name that are no part of it.
    optional honorifics: Vec<String>,
    /// Small words inside surnames.
    optional particles: Vec<String>,
    /// Given names with what they are short for or are shortened to.
    optional nicknames: Vec<Vec<String>>,
    /// Letters, each with what newspapers that lack it write in names: "ö" as "oe".
    optional written_out: BTreeMap<String, String>,
    /// Words behind a name that belong to it.
    optional name_suffixes: Vec<String>,
    /// Words that turn the phrase before them into something else ("president's *office*", "*candidate*").
    optional head_nouns: Vec<String>,
    /// Acronyms that are common nouns and no names: "TV", "CEO".
    optional acronyms: Vec<String>,
    /// Common nouns at the end of names, which only say of what sort the same thing is ("Pacific *Ocean*"); an airport is
    /// another thing than its town.
    optional sort_nouns: Vec<String>,
    /// Nouns for marks and characters: in a sentence with one a mark may be talked about.
    optional mark_nouns: Vec<String>,
    /// Ranks that make another office of the one behind them: "deputy", "vice".
    optional ranks: Vec<String>,
    /// Words that make an adjective of the name they are joined to ("Trump-*led*"); others are part of it ("Jae-*in*").
    optional compounds: Vec<String>,
    /// Endings of inflected words, the longest first: two words are one without them.
    optional endings: Vec<String>,
    /// Whether common nouns have a capital letter.
    optional capital_nouns: bool,
    /// Endings of plurals in the order in which they are tried, each with what the singular has in its stead:
    /// `["ies", "y"]`, or nothing: `["s"]`.
    optional plurals: Vec<At<Vec<String>>>,
    /// What makes a possessive: with the apostrophe first (`'s`) behind any word, with the apostrophe last (`s'`) behind
    /// words that end so.
    optional possessives: Vec<At<String>>,
    /// The twelve months, each with its abbreviations.
    optional months: Vec<Vec<String>>,
    /// Lines such as "# minutes ago" that, behind an outlet's name, begin another article in the same file.
    optional article_ages: Vec<String>,
    /// Pairs of quotation marks, the opening one first: "“”". A mark that opens in one pair and closes in another does as in
    /// the first of them, unless it faces the other way.
    optional quotation_marks: Vec<At<String>>,
    /// Words that head a date line: "date", "published".
    optional date_labels: Vec<String>,
    /// What whole lines are by their look.
    optional line: Vec<LineTable>,
}

/// Number words, hedges and what else stands around figures.
NumbersTable {
    /// Words with their number: `seven = 7`.
    optional words: BTreeMap<String, u32>,
    /// Words with their power of ten: `million = 6`.
    optional powers: BTreeMap<String, u32>,
    /// The number words that take one of `ones` behind them: "twenty" in "twenty-five".
    optional tens: Vec<String>,
    /// The number words that stand behind `tens`: "five".
    optional ones: Vec<String>,
    /// Words between a hundred and what is added to it: "and" in "two hundred and three".
    optional joining: Vec<String>,
    /// Phrases before a power of ten that halve it: "half a" in "half a million".
    optional halves: Vec<String>,
    /// The mark before decimals. With it the pack says how numbers are written, whatever packs before it said.
    optional decimal: Option<At<char>>,
    /// The marks between groups of three digits.
    optional thousands: Vec<At<char>>,
    /// The signs of currencies that stand before the number: "$3".
    optional currency_before: Vec<char>,
    /// The signs of currencies that stand behind the number: "3 €".
    optional currency_behind: Vec<char>,
    /// The marks behind a figure that make it a percentage.
    optional percent_signs: Vec<char>,
    /// The marks between the ends of a range: "20–30".
    optional ranges: Vec<char>,
    /// The marks behind a figure that make it a lower bound: "30+".
    optional or_more: Vec<char>,
    /// Parts of one with what it is divided by: `third = 3`.
    optional parts: BTreeMap<String, u32>,
    /// Ordinals with their number: `first = 1`.
    optional ordinals: BTreeMap<String, u32>,
    /// What makes an ordinal of digits: "th". A dot does so of the day before its month.
    optional ordinal_endings: Vec<String>,
    /// Phrases for a lower bound: "at least".
    optional at_least: Vec<String>,
    /// Phrases for an upper bound: "at most".
    optional at_most: Vec<String>,
    /// Phrases for an approximation: "about".
    optional about: Vec<String>,
    /// Words behind a figure that make it a rough one: "odd".
    optional loose: Vec<String>,
    /// Phrases behind a figure that make it a percentage.
    optional percent: Vec<String>,
    /// Phrases behind a figure that make it percentage points.
    optional points: Vec<String>,
    /// Verbs with how many per cent of the first figure the second is: `doubled = 200`.
    optional multiples: BTreeMap<String, u32>,
    /// Nouns for a change: "increase".
    optional changes: Vec<String>,
    /// Words before the figure that changed: "from".
    optional from: Vec<String>,
    /// Words before the figure that it changed to: "to".
    optional to: Vec<String>,
    /// Phrases for a sum: "in total".
    optional totals: Vec<String>,
    /// Words that make a list a part of the whole: "including".
    optional partly: Vec<String>,
    /// Words that make a figure one of something else or of another time: "another", "earlier".
    optional others: Vec<String>,
    /// Nouns that say no more of what a figure counts than that it is people: "persons".
    optional persons: Vec<String>,
    /// Nouns for money, in the singular: "dollar".
    optional currencies: Vec<String>,
    /// What befell those whom a figure counts, each with its other words.
    optional fates: Vec<Vec<String>>,
}

/// Days and spans of time.
DaysTable {
    /// The days of the week, Monday first, each with its abbreviations.
    optional weekdays: Vec<Vec<String>>,
    /// Words for the day before the article's, its own, and the day after it.
    optional relative: Vec<Vec<String>>,
    /// Words for `day`, `week`, `month`, `year` and `decade`.
    optional units: BTreeMap<String, At<Vec<String>>>,
    /// What makes a decade of a year in digits: the "s" of "1980s".
    optional decades: Vec<String>,
    /// Words that count back from the article's date: "ago".
    optional ago: Vec<String>,
    /// Words for an anniversary.
    optional anniversary: Vec<String>,
    /// Words for a birth.
    optional born: Vec<String>,
    /// Words for a death: an age beside them is not today's.
    optional died: Vec<String>,
    /// Words before the first of two days.
    optional from: Vec<String>,
    /// Words before the second of two days.
    optional to: Vec<String>,
    /// Words for what happened once, so that articles of any day tell the same of it: "founded".
    optional standing: Vec<String>,
    /// Words behind the time of a clock: "GMT".
    optional clock: Vec<String>,
    /// Words beside an age.
    optional aged: Vec<String>,
    /// Words for another year or week than this: "next".
    optional shifted: Vec<String>,
    /// Words before the year or day at which something is so: "in", "during". "Since" and "until" leave it open.
    optional within: Vec<String>,
}

/// How a language says whose words stand in quotation marks. A cue is a word that ties them to who said them.
SpeechTable {
    /// Word classes of verbs that may stand on either side of the quotation, before or behind their subject: "said".
    optional verbs: Vec<At<String>>,
    /// Word classes of verbs that stand behind their subject and before an addressee: "told".
    optional addressing: Vec<At<String>>,
    /// Word classes of verbs that stand before the quotation alone: "called".
    optional depicting: Vec<At<String>>,
    /// Word classes of participles, whose subject is that of the clause before them: "adding".
    optional participles: Vec<At<String>>,
    /// Phrases before who is quoted: "according to".
    optional according: Vec<String>,
    /// Words that may stand between a verb and its subject: "also", "had".
    optional between: Vec<String>,
    /// Endings of further words that may stand there: "ly".
    optional between_endings: Vec<String>,
    /// Words before a verb whose subject does not speak: "was told".
    optional passive: Vec<String>,
    /// Words that begin a clause which only says when: "after".
    optional times: Vec<String>,
    /// Pronouns that may be quoted beside those for one person: "they", "who".
    optional pronouns: Vec<String>,
}

/// Lines of one field.
LineTable {
    /// The field: caption, credit, link line, metadata, boilerplate.
    required field: At<String>,
    /// How such lines look: `*` is any run of characters, `#` a number.
    required like: Vec<String>,
}

/// A word class.
ClassTable {
    /// Its words in all inflections.
    required words: Vec<String>,
    /// Those of its words that put a lasting state into the past ("was").
    optional past: Vec<String>,
}

/// A mood: words that change what a claim says of a time.
MoodTable {
    /// Words that stand before the noun phrase.
    optional before: Vec<String>,
    /// Words that stand behind it.
    optional after: Vec<String>,
    /// `present`: it holds now. `former`: it held, and holds no longer. `other`: at another time, or perhaps never.
    required frame: At<String>,
}

/// A kind of entity.
KindTable {
    /// How it is read: `name`, `entity`, `regex`, `date`, `quantity` or `quotation`.
    required like: At<String>,
    /// Whether its names are all known, so that an unknown one a slip away from a known one is a near-miss.
    optional closed: bool,
    /// `free` when its names are also written without capital letters.
    optional case: Option<At<String>>,
    /// For `like = "regex"`: what it looks like.
    optional regex: Option<At<String>>,
}

/// An entity that is known by name.
EntityTable {
    /// Its kind.
    required kind: At<String>,
    /// What it is called in messages.
    required name: At<String>,
    /// Other names of the same.
    optional also: Vec<At<String>>,
    /// Adjectives that stand for it ("Finnish").
    optional adjective: Vec<At<String>>,
    /// Its capital, a place of its own.
    optional capital: Option<At<String>>,
    /// Its acronyms, where `name` is the full form.
    optional acronym: Vec<At<String>>,
    /// What `name` stands for, where it is an acronym.
    optional expansion: Option<At<String>>,
    /// In one place and at one date a person holds one of this group.
    optional exclusive: Option<At<String>>,
    /// One person holds it in one place and at one date.
    optional unique: bool,
    /// The places where that is so, when it is not so everywhere.
    optional unique_in: Vec<At<String>>,
    /// Broader entities that agree with it.
    optional is_a: Vec<At<String>>,
}

/// A sort of claim.
RelationTable {
    /// Its slots, each with its kind or kinds: `"place | organisation"`.
    required slots: BTreeMap<String, At<String>>,
    /// Whether it happens once ("told", "was released"): then past tense and a year put it at no other time.
    optional event: bool,
    /// Whether its claims are quotations with those who say them, read wherever a sentence ties the one to the other. It
    /// has a slot for names and one for quotations.
    optional speech: bool,
    /// A claim of it as a plain sentence, with its slots in braces; `{mood}` is the mood word of another time, and a part
    /// in parentheses falls out where it lacks a value.
    optional says: Option<At<String>>,
    /// How it is worded.
    optional patterns: Vec<At<String>>,
    /// How it refers back to somebody already named.
    optional descriptions: Vec<At<String>>,
    /// When a claim and a fact conflict.
    optional conflict: Vec<ConflictTable>,
}

/// A claim and a fact conflict when they agree on `same`, differ in `differ`, at one date.
ConflictTable {
    /// Slots in which they agree.
    required same: Vec<At<String>>,
    /// The slot in which they differ, or `mood`.
    required differ: At<String>,
    /// `exclusive`: both values are of one exclusive group. `unique`: one holder at a time. `growing`: a later figure
    /// may be higher. Left out: always.
    optional when: Option<At<String>>,
    /// So many days may lie between two days that differ, or between the texts that give two figures: names of events
    /// come again.
    optional within: Option<u32>,
    /// What is said: `{slot}`, `{claim.slot}` and `{fact.slot}` are filled in.
    required message: At<String>,
}

/// A fact: a plain sentence, or a relation with its slots as further keys.
FactTable open rest {
    /// The fact as a sentence.
    optional says: Option<At<String>>,
    /// The slip that it rules out, as a sentence.
    optional not: Option<At<String>>,
    /// From when it holds.
    optional since: Option<Date>,
    /// Until when it holds.
    optional until: Option<Date>,
    /// Where it is from, where there really is a source.
    optional source: Option<String>,
    /// The relation, for the form without `says`.
    optional relation: Option<At<String>>,
    /// The slots, for the form without `says`.
    rest rest: BTreeMap<String, At<String>>,
}

/// Facts in bulk: one a row of a table, whose columns are named in its first row. In the texts `{column}` is filled in.
FactsTable {
    /// The table, as comma-separated values in UTF-8; its path starts at the folder of the pack.
    required csv: At<String>,
    /// The fact as a sentence.
    required says: At<String>,
    /// The slip that it rules out, as a sentence.
    optional not: Option<At<String>>,
    /// From when it holds: `{column}` or a date such as "2025-08-17". An empty cell is an open end.
    optional since: Option<At<String>>,
    /// Until when it holds.
    optional until: Option<At<String>>,
    /// Where it is from, where there really is a source.
    optional source: Option<At<String>>,
}

/// A rule.
RuleTable {
    /// Its id, which reads well after "allow".
    required id: At<String>,
    /// The kind of rule.
    required kind: At<String>,
    /// What it is for, in a sentence.
    optional description: Option<String>,
    /// A ceiling: `error`, `warning` or `info`; thin support lowers it.
    optional severity: Option<At<String>>,
    /// `trial`: it is reported, marked as on trial, and never fails a run. `active` unless said otherwise.
    optional status: Option<At<String>>,
    /// Who answers for it.
    optional owner: Option<String>,
    /// Why the desk has it.
    optional reason: Option<String>,
    /// Where it is from: a style guide, a correction, a decision.
    optional source: Option<String>,
    /// The day by which somebody looks at it again; a check of a later draft says that it is overdue.
    optional review: Option<Date>,
    /// For `relation`: which one.
    optional relation: Option<At<String>>,
    /// For `consistency`: lists of spellings of which an article has one.
    optional either: Vec<Vec<String>>,
    /// For `term`: the forms that are ruled out.
    optional avoid: Vec<At<String>>,
    /// For `term`: what to write instead.
    optional prefer: Option<String>,
    /// For `term`: only in a sentence with one of these words.
    optional near: Vec<String>,
    /// For `term` and `pattern`: only in this field.
    optional field: Option<At<String>>,
    /// For `term` and `pattern`: `narrator` leaves quotations out, `quotation` everything else.
    optional voice: Option<At<String>>,
    /// For `term`: whether case matters; it does unless said otherwise.
    optional any_case: bool,
    /// For `pattern`: the regular expression.
    optional regex: Option<At<String>>,
    /// For `term` and `pattern`: what is said.
    optional message: Option<String>,
    /// Examples, which are its tests.
    optional example: Vec<At<ExampleTable>>,
}

/// An example of a rule: `bad` (with `good`), `ok` or `text` with `learns`.
ExampleTable {
    /// The rule fires, exactly at the words in square brackets.
    optional bad: Option<At<String>>,
    /// What the fix gives; silent itself.
    optional good: Option<At<String>>,
    /// The rule is silent.
    optional ok: Option<At<String>>,
    /// A sentence of the corpus …
    optional text: Option<At<String>>,
    /// … from which this is learned.
    optional learns: Option<At<String>>,
    /// For `unsupported`: the texts of the sources.
    optional sources: Vec<String>,
    /// Sentences that are known as facts in this example.
    optional given: Vec<At<String>>,
    /// Sentences that are ruled out in this example, each beside the `given` of the same place.
    optional not: Vec<At<String>>,
    /// The date of the example.
    optional date: Option<Date>,
    /// Why it is so.
    optional why: Option<String>,
}
}

#[cfg(feature = "cli")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}
