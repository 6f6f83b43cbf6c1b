-- 足りない社会資源 (N-07): from the day it was missed to the day somebody goes there.
CREATE TABLE gaps (
  gap_id      uuid PRIMARY KEY,
  kind        text NOT NULL,
  catchment   text,
  targets     text[] NOT NULL,
  note        text,
  source      text NOT NULL,
  status      text NOT NULL,
  missed      uuid[] NOT NULL,
  noted_on    date NOT NULL,
  plan        text,
  prepared_on date,
  resource_id uuid,
  opened_on   date,
  matched_on  date,
  reason      text,
  dropped_on  date
);
CREATE INDEX gaps_by_day ON gaps (noted_on DESC, gap_id);
CREATE INDEX gaps_waiting ON gaps (kind, catchment) WHERE status IN ('noted', 'preparing');
CREATE INDEX gaps_missed ON gaps USING gin (missed);
CREATE INDEX gaps_opened ON gaps (resource_id) WHERE resource_id IS NOT NULL;
