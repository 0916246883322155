-- Version 2: how many independent witnesses something has is counted once, by `learn`, as checking counts them. SQL cannot: two
-- places are one voice where they share a sentence or a group of near-duplicates, and so are all that follow from each other.

ALTER TABLE statements ADD COLUMN witnesses INTEGER NOT NULL DEFAULT 0;

-- The answers to a question that was answered in more than one way.
CREATE TABLE sides (
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  witnesses INTEGER NOT NULL,               -- independent ones of all statements that answer so
  PRIMARY KEY (question, answer)
) WITHOUT ROWID;

DROP VIEW disputes;
DROP VIEW facts;

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
  statements.witnesses
FROM statements
JOIN claims ON claims.statement_id = statements.id
JOIN articles ON articles.id = claims.article_id
GROUP BY statements.id;

-- Where the corpus contradicts itself: two answers to one question whose times overlap. An office that changed hands
-- between two dates is no dispute.
CREATE VIEW disputes AS
WITH said AS (
  SELECT
    sides.question,
    sides.answer,
    sides.witnesses,
    first_value(facts.name) OVER (
      PARTITION BY sides.question, sides.answer
      ORDER BY facts.articles DESC, facts.name
    ) AS text,
    articles.date
  FROM sides
  JOIN answers ON answers.question = sides.question AND answers.answer = sides.answer
  JOIN facts ON facts.id = answers.statement_id
  JOIN claims ON claims.statement_id = facts.id
  JOIN articles ON articles.id = claims.article_id
),
dated AS (
  SELECT
    question,
    answer,
    witnesses,
    text,
    min(date) AS first_date,
    max(date) AS last_date,
    sum(date IS NULL) > 0 AS undated
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
FROM dated AS strong
JOIN dated AS weak ON weak.question = strong.question AND weak.answer <> strong.answer
WHERE
  (strong.witnesses > weak.witnesses OR (strong.witnesses = weak.witnesses AND strong.answer < weak.answer))
  AND (
    strong.undated OR weak.undated
    OR NOT (strong.last_date < weak.first_date OR weak.last_date < strong.first_date)
  );
