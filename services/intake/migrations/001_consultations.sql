-- The list of consultations. Empty of names again when the subject is forgotten.
-- told_under: the case whose key encrypts what was told; case_id: the case it belongs to now.
CREATE TABLE consultations (
  consultation_id uuid PRIMARY KEY,
  case_id         uuid NOT NULL,
  told_under      uuid NOT NULL,
  position        bigint NOT NULL,
  received_on     date NOT NULL,
  counter         text NOT NULL,
  channel         text NOT NULL,
  source          text NOT NULL,
  age_band        text NOT NULL,
  household_size  int,
  issues          text[] NOT NULL,
  main_issue      text,
  catchment       text,
  nurse_district  text,
  came_back       bool NOT NULL,
  status          text NOT NULL DEFAULT 'open',
  escalation_id   uuid,
  name            text,
  kana            text,
  born_on         date,
  name_key        text,
  kana_key        text,
  phone_key       text,
  -- Pairs of neighbouring characters of name, kana and phone. Japanese surnames often have two
  -- characters, for which trigrams find nothing.
  grams           text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX consultations_newest ON consultations (received_on DESC, position DESC);
CREATE INDEX consultations_of_counter ON consultations (counter, received_on DESC, position DESC);
CREATE INDEX consultations_by_status ON consultations (status, received_on DESC, position DESC);
CREATE INDEX consultations_of_case ON consultations (case_id);
CREATE INDEX consultations_told_under ON consultations (told_under) WHERE told_under <> case_id;
CREATE INDEX consultations_by_name ON consultations (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX consultations_by_kana ON consultations (kana_key) WHERE kana_key IS NOT NULL;
CREATE INDEX consultations_by_phone ON consultations (phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX consultations_by_birth ON consultations (born_on) WHERE born_on IS NOT NULL;
CREATE INDEX consultations_by_grams ON consultations USING gin (grams);

-- Every escalation to 多機関協働, so that an answer finds its consultation.
CREATE TABLE escalations (
  escalation_id   uuid PRIMARY KEY,
  consultation_id uuid NOT NULL,
  case_id         uuid NOT NULL,
  handover_id     uuid NOT NULL,
  reasons         text[] NOT NULL,
  basis           text NOT NULL,
  escalated_on    date NOT NULL,
  accepted_on     date,
  returned_on     date,
  return_reason   text
);
CREATE INDEX escalations_of_consultation ON escalations (consultation_id);

-- What this team was handed, with the name that lists show. Empty again when the subject is forgotten.
CREATE TABLE handed_over (
  handover_id uuid PRIMARY KEY,
  case_id     uuid NOT NULL,
  received_on date NOT NULL,
  basis       text NOT NULL,
  name        text,
  kana        text
);
CREATE INDEX handed_over_of_case ON handed_over (case_id);

-- Cases that 多機関協働 closed (closed_on set) or resumed after a closure (closed_on null).
CREATE TABLE case_standing (
  case_id     uuid PRIMARY KEY,
  closed_on   date,
  lead_agency text
);
