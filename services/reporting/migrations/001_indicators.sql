-- What the reporting service keeps: one row per countable thing, and the monthly table made from it.

-- A countable thing, as one fact told it. `item` numbers the things of one fact (a consultation with three issues).
-- The key is also the order in which a page lists the facts behind a figure; a fact applied twice breaks it loudly.
CREATE TABLE observations (
  indicator   text NOT NULL,
  version     int NOT NULL,
  fiscal_year int NOT NULL,
  day         date NOT NULL,
  source      text NOT NULL,
  position    bigint NOT NULL,
  item        smallint NOT NULL,
  fact_id     uuid NOT NULL,
  case_id     uuid,
  dims        text[] NOT NULL,
  number      bigint NOT NULL,
  note        text,
  whole       boolean NOT NULL,
  thing       uuid,
  PRIMARY KEY (indicator, version, fiscal_year, day, source, position, item)
);

-- The texts of a text indicator, each thing's newest first (X-28).
CREATE INDEX observations_texts ON observations (indicator, version, fiscal_year, thing) WHERE thing IS NOT NULL;

-- Sums of `number` per month: dim '' is the total, 'issue:i05' one part of it.
CREATE TABLE indicator_values (
  indicator   text NOT NULL,
  version     int NOT NULL,
  fiscal_year int NOT NULL,
  month       smallint NOT NULL CHECK (month BETWEEN 1 AND 12),
  dim         text NOT NULL,
  value       bigint NOT NULL,
  PRIMARY KEY (indicator, version, fiscal_year, month, dim)
) WITH (fillfactor = 50);

-- The kind of every social resource and the last record of every activity, because the fact that ends or corrects one
-- names only the thing (remembering.py).
CREATE TABLE remembered (
  thing uuid PRIMARY KEY,
  kept  text NOT NULL
);
