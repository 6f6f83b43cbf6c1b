-- 招集: a meeting to come, with its members and agenda, until it is held or called off.
CREATE TABLE callings (
  meeting_id uuid PRIMARY KEY,
  kind       text NOT NULL,
  planned_on date NOT NULL,
  place      text NOT NULL,
  rules      text NOT NULL,
  status     text NOT NULL DEFAULT 'called' CHECK (status IN ('called', 'held', 'off')),
  invited    text[] NOT NULL DEFAULT '{}',
  accepted   text[] NOT NULL DEFAULT '{}'   -- agencies that accepted secrecy (M-1)
);
CREATE INDEX callings_to_come ON callings (planned_on) WHERE status = 'called';
CREATE TABLE called_cases (
  meeting_id uuid NOT NULL,
  case_id    uuid NOT NULL,
  off        text,                          -- why it left the agenda
  PRIMARY KEY (meeting_id, case_id)
);
CREATE INDEX called_cases_of_case ON called_cases (case_id);

-- 今後のアクション: who does what by when; the words lie in the events.
CREATE TABLE tasks (
  task_id    uuid PRIMARY KEY,
  meeting_id uuid NOT NULL,
  case_id    uuid NOT NULL,
  agency     text NOT NULL,
  given_on   date NOT NULL,
  due_on     date NOT NULL,
  done_on    date
);
CREATE INDEX tasks_open ON tasks (agency, due_on) WHERE done_on IS NULL;
CREATE INDEX tasks_of_case ON tasks (case_id);

-- 不足する社会資源 (N-07).
CREATE TABLE missed_resources (
  missed_id  uuid PRIMARY KEY,
  meeting_id uuid NOT NULL,
  case_id    uuid NOT NULL,
  resource   text NOT NULL,
  catchment       text,
  missed_on  date NOT NULL
);
CREATE INDEX missed_resources_of_case ON missed_resources (case_id);

-- M-2: with consent the material of a 支援会議 goes with the case.
ALTER TABLE agenda ADD COLUMN opened_on date;

-- 同意の範囲: empty means all.
ALTER TABLE cases ADD COLUMN consent_until date,
  ADD COLUMN consent_purposes text[] NOT NULL DEFAULT '{}',
  ADD COLUMN consent_recipients text[] NOT NULL DEFAULT '{}';
