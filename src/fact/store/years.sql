-- Version 3: what an article says of another year than its own ("In 2019, Prime Minister …") is a statement of that year.

ALTER TABLE statements ADD COLUMN year INTEGER;   -- NULL: of the time of its articles

-- Older versions left such claims out, so every document is read again.
UPDATE documents SET reading = 0;

DROP VIEW facts;

-- What the corpus says: each statement with how long and by how many.
CREATE VIEW facts AS
SELECT
  statements.id,
  statements.relation,
  statements.name,
  statements.time,
  statements.year,
  min(articles.date) AS first_date,
  max(articles.date) AS last_date,
  count(DISTINCT articles.id) AS articles,
  statements.witnesses
FROM statements
JOIN claims ON claims.statement_id = statements.id
JOIN articles ON articles.id = claims.article_id
GROUP BY statements.id;
