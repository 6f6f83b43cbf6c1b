-- 予定の催し: what is still to come (public notices; no personal data).
CREATE TABLE occasions (
  occasion_id  uuid PRIMARY KEY,
  title        text NOT NULL,
  held_on      date NOT NULL,
  starts       text,
  ends         text,
  resource_id  uuid,
  programme    text,
  about        text,
  published    boolean NOT NULL,
  announced_on date NOT NULL,
  cancelled_on date,
  edition      integer NOT NULL DEFAULT 1
);
CREATE INDEX occasions_by_day ON occasions (held_on, starts, occasion_id);
