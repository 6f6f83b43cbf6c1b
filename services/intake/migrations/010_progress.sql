-- 支援経過: the newest entry of each case and the day that was agreed on. What was said lies in the events.
CREATE TABLE last_notes (
  case_id  uuid PRIMARY KEY,
  noted_on date NOT NULL,
  next_on  date
);
