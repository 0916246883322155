-- The fact base of factlint, version 1. Ids are hashes of what they name, so that the order of learning leaves no trace.

-- A file of the corpus.
CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,                -- from the folder of this base, with forward slashes
  content INTEGER NOT NULL,                 -- hash of its bytes
  reading INTEGER NOT NULL                  -- hash of the packs and settings that it was read with
);

-- An article; one file may hold several.
CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,                  -- from 0, in the order of the file
  title TEXT NOT NULL,                      -- its headline, or its first words
  date TEXT,                                -- 2025-08-17
  outlet TEXT,
  words INTEGER NOT NULL,                   -- hash of its words: copies have the same
  near_duplicates INTEGER NOT NULL,         -- its group: the least `words` among its near-duplicates
  sketch BLOB NOT NULL                      -- the least hashes of its five-word runs, 8 bytes each
);
CREATE INDEX articles_of_document ON articles (document_id);

-- A sentence that says something.
CREATE TABLE sentences (
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,                  -- from 0, in the order of the article
  line INTEGER NOT NULL,                    -- from 1
  "column" INTEGER NOT NULL,                -- from 1, in code points
  "start" INTEGER NOT NULL,                 -- byte offsets into the file as UTF-8
  "end" INTEGER NOT NULL,
  first_character INTEGER NOT NULL,         -- `start` in code points
  text TEXT NOT NULL,
  PRIMARY KEY (article_id, number)
) WITHOUT ROWID;

-- Somebody or something that claims speak of.
CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                       -- person, place, office, …
  key TEXT NOT NULL,                        -- the folded name
  name TEXT NOT NULL
);

-- The words by which an entity is found.
CREATE TABLE entity_words (
  word TEXT NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  PRIMARY KEY (word, entity_id)
) WITHOUT ROWID;
CREATE INDEX words_of_entity ON entity_words (entity_id);

-- The slots of relations.
CREATE TABLE slots (
  id INTEGER PRIMARY KEY,
  relation TEXT NOT NULL,
  name TEXT NOT NULL
);

-- What is said, once for all who say it.
CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  relation TEXT NOT NULL,
  time TEXT NOT NULL,                       -- present, or former: it held and holds no longer
  name TEXT NOT NULL                        -- as a sentence
);

-- The values of a statement.
CREATE TABLE statement_slots (
  statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  slot_id INTEGER NOT NULL REFERENCES slots (id),
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  name TEXT NOT NULL,                       -- as articles name it
  PRIMARY KEY (statement_id, slot_id)
) WITHOUT ROWID;
CREATE INDEX statements_of_entity ON statement_slots (entity_id, slot_id);

-- The questions that a statement answers: statements with other answers to one question cannot both hold at one time.
CREATE TABLE answers (
  statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (statement_id, question)
) WITHOUT ROWID;
CREATE INDEX answers_to_question ON answers (question, answer);

-- A statement at one place.
CREATE TABLE claims (
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,                  -- from 0, in the order of the article
  statement_id INTEGER NOT NULL REFERENCES statements (id),
  sentence INTEGER NOT NULL,
  line INTEGER NOT NULL,
  "start" INTEGER NOT NULL,                 -- byte offsets into the file as UTF-8
  "end" INTEGER NOT NULL,
  words INTEGER NOT NULL,                   -- hash of the sentence's words: equal sentences are one witness
  PRIMARY KEY (article_id, number),
  FOREIGN KEY (article_id, sentence) REFERENCES sentences (article_id, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX claims_of_statement ON claims (statement_id, article_id, line, words);

-- Where the values of a claim stand.
CREATE TABLE claim_slots (
  article_id INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  slot_id INTEGER NOT NULL REFERENCES slots (id),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (article_id, claim, slot_id),
  FOREIGN KEY (article_id, claim) REFERENCES claims (article_id, number) ON DELETE CASCADE
) WITHOUT ROWID;

-- A way to write somebody's name.
CREATE TABLE names (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,                        -- folded
  name TEXT NOT NULL                        -- as it is written
);

-- The words by which a name is found.
CREATE TABLE name_words (
  word TEXT NOT NULL,
  name_id INTEGER NOT NULL REFERENCES names (id) ON DELETE CASCADE,
  PRIMARY KEY (word, name_id)
) WITHOUT ROWID;
CREATE INDEX words_of_name ON name_words (name_id);

-- The first place in each article that writes a name so.
CREATE TABLE mentions (
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  name_id INTEGER NOT NULL REFERENCES names (id),
  sentence INTEGER NOT NULL,
  line INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  words INTEGER NOT NULL,
  PRIMARY KEY (article_id, name_id),
  FOREIGN KEY (article_id, sentence) REFERENCES sentences (article_id, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX mentions_of_name ON mentions (name_id, article_id, line, words);

-- What the corpus says: each statement with how long and by how many.
CREATE VIEW facts AS
SELECT
  statements.id,
  statements.relation,
  statements.name,
  statements.time,
  min(articles.date) AS first_date,
  max(articles.date) AS last_date,
  count(DISTINCT articles.id) AS articles,
  min(count(DISTINCT articles.near_duplicates), count(DISTINCT claims.words)) AS witnesses
FROM statements
JOIN claims ON claims.statement_id = statements.id
JOIN articles ON articles.id = claims.article_id
GROUP BY statements.id;

-- Who says it: one row a place.
CREATE VIEW support AS
SELECT
  claims.statement_id,
  statements.name,
  documents.path,
  claims.line,
  articles.date,
  articles.outlet,
  sentences.text AS sentence,
  articles.near_duplicates
FROM claims
JOIN statements ON statements.id = claims.statement_id
JOIN sentences ON sentences.article_id = claims.article_id AND sentences.number = claims.sentence
JOIN articles ON articles.id = claims.article_id
JOIN documents ON documents.id = articles.document_id;

-- Where the corpus contradicts itself: two answers to one question whose times overlap. An office that changed hands
-- between two dates is no dispute.
CREATE VIEW disputes AS
WITH said AS (
  SELECT
    answers.question,
    answers.answer,
    first_value(statements.name) OVER (
      PARTITION BY answers.question, answers.answer
      ORDER BY facts.articles DESC, statements.name
    ) AS text,
    claims.words,
    articles.date,
    articles.near_duplicates
  FROM answers
  JOIN statements ON statements.id = answers.statement_id
  JOIN facts ON facts.id = statements.id
  JOIN claims ON claims.statement_id = statements.id
  JOIN articles ON articles.id = claims.article_id
),
sides AS (
  SELECT
    question,
    answer,
    text,
    min(date) AS first_date,
    max(date) AS last_date,
    sum(date IS NULL) > 0 AS undated,
    min(count(DISTINCT near_duplicates), count(DISTINCT words)) AS witnesses
  FROM said
  GROUP BY question, answer
)
SELECT
  strong.question AS name,
  strong.text AS fact,
  strong.witnesses,
  strong.first_date,
  strong.last_date,
  weak.text AS against,
  weak.witnesses AS witnesses_against,
  weak.first_date AS first_date_against,
  weak.last_date AS last_date_against
FROM sides AS strong
JOIN sides AS weak ON weak.question = strong.question AND weak.answer <> strong.answer
WHERE
  (strong.witnesses > weak.witnesses OR (strong.witnesses = weak.witnesses AND strong.answer < weak.answer))
  AND (
    strong.undated OR weak.undated
    OR NOT (strong.last_date < weak.first_date OR weak.last_date < strong.first_date)
  );

-- What this base is.
CREATE TABLE base (
  key TEXT PRIMARY KEY,
  value NOT NULL
) WITHOUT ROWID;
