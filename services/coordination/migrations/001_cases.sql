-- ケースごとの今. name and kana are those of the application; stories lie only in the events.
CREATE TABLE cases (
  case_id        uuid PRIMARY KEY,
  phase          text NOT NULL CHECK (phase IN ('waiting', 'open', 'returned', 'closed')),
  counter        text NOT NULL,
  age_band       text NOT NULL,
  household_size int,
  issues         text[] NOT NULL,
  catchment      text,
  nurse_district text,
  opened_on      date,
  applied_on     date,
  consent        text NOT NULL DEFAULT 'unknown',
  consent_on     date,
  consent_id     uuid,
  round          int NOT NULL DEFAULT 0,
  plan_id        uuid,
  planned_on     date,
  review_on      date,
  contact_desk   text,
  closure_id     uuid,
  closed_on      date,
  lead_agency    text,
  contact_every  text,
  came_back_on   date,
  name           text,
  kana           text
);
CREATE INDEX cases_by_phase ON cases (phase, review_on);
CREATE INDEX cases_of_district ON cases (nurse_district);

CREATE TABLE escalations (
  escalation_id uuid PRIMARY KEY,
  case_id       uuid NOT NULL,
  counter       text NOT NULL,
  reasons       text[] NOT NULL,
  basis         text NOT NULL,
  handover_id   uuid NOT NULL,
  escalated_on  date NOT NULL,
  status        text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'accepted', 'returned')),
  decided_on    date
);
CREATE INDEX escalations_of_case ON escalations (case_id);
CREATE INDEX escalations_waiting ON escalations (escalated_on) WHERE status = 'waiting';

-- 会議: one row per sitting (X-26), and the cases on its agenda.
CREATE TABLE meetings (
  meeting_id uuid PRIMARY KEY,
  kind       text NOT NULL,
  held_on    date NOT NULL,
  place      text NOT NULL,
  members    text[] NOT NULL,
  rules      text NOT NULL
);
CREATE TABLE agenda (
  meeting_id uuid NOT NULL,
  case_id    uuid NOT NULL,
  PRIMARY KEY (meeting_id, case_id)
);
CREATE INDEX agenda_of_case ON agenda (case_id);

-- 参加支援・アウトリーチへの依頼 and how far they are.
CREATE TABLE requests (
  request_id   uuid PRIMARY KEY,
  case_id      uuid NOT NULL,
  team         text NOT NULL,
  basis        text NOT NULL,
  requested_on date NOT NULL,
  status       text NOT NULL DEFAULT 'asked' CHECK (status IN ('asked', 'running', 'ended')),
  last_step    text,
  last_on      date,
  outcome      text
);
CREATE INDEX requests_of_case ON requests (case_id);

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
