-- Finding a case by name, whatever the kana and the form of the kanji: one row per place where the
-- name was told. Empty again when the subject is forgotten.
CREATE TABLE case_keys (
  case_id uuid NOT NULL,
  told_in uuid NOT NULL,   -- the hand-over or the application
  key     text NOT NULL,
  grams   text[] NOT NULL,
  PRIMARY KEY (case_id, told_in)
);
CREATE INDEX case_keys_by_grams ON case_keys USING gin (grams);
CREATE INDEX cases_by_review ON cases (review_on NULLS FIRST, case_id);
