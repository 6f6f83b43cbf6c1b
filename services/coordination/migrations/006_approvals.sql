-- 決裁: what was asked to be signed, and whose turn it is. Who and what was said lies in the events.
CREATE TABLE approvals (
  approval_id uuid PRIMARY KEY,
  case_id     uuid NOT NULL,
  kind        text NOT NULL,
  steps       text[] NOT NULL,
  signed      int NOT NULL DEFAULT 0,
  since       date NOT NULL,
  ended       boolean NOT NULL DEFAULT false
);
CREATE INDEX approvals_waiting ON approvals (since) WHERE NOT ended AND signed < cardinality(steps);
