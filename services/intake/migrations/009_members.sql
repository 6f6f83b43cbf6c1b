-- Members of households are found, too, and proposed as the person at the counter (F-02, F-20).
-- Empty of names again when the case is forgotten.
CREATE TABLE members (
  member_id uuid PRIMARY KEY,
  case_id   uuid NOT NULL,
  name      text,
  kana      text,
  born_on   date,
  name_key  text,
  kana_key  text,
  grams     text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX members_of_case ON members (case_id);
CREATE INDEX members_by_name ON members (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX members_by_kana ON members (kana_key) WHERE kana_key IS NOT NULL;
CREATE INDEX members_by_birth ON members (born_on) WHERE born_on IS NOT NULL;
CREATE INDEX members_by_grams ON members USING gin (grams);
-- Who supports them now: 情報提供のみ is no support that goes on.
ALTER TABLE consultations ADD COLUMN screening text;
