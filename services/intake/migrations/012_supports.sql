-- Who supports them now: 参加支援 and アウトリーチ tell when they begin and end (T-20, T-24, T-32).
CREATE TABLE supports (
  request_id uuid PRIMARY KEY,
  case_id    uuid NOT NULL,
  by_team    text NOT NULL,
  since_on   date NOT NULL,
  until_on   date
);
CREATE INDEX supports_of_case ON supports (case_id);
