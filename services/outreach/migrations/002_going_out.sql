-- 声かけ・見回り (T-30): public places and days, no person.
CREATE TABLE rounds (
  round_id       uuid PRIMARY KEY,
  place          text NOT NULL,
  nurse_district text,
  planned_on     date,
  made_on        date,
  gathered       int,
  heard          text,
  called_off_on  date
);
CREATE INDEX rounds_planned ON rounds (planned_on) WHERE made_on IS NULL AND called_off_on IS NULL;
CREATE INDEX rounds_made ON rounds (made_on DESC) WHERE made_on IS NOT NULL;

-- 把握 (T-30, N-08). name, town and place are emptied when the lead, or the case it belongs to, is forgotten.
CREATE TABLE leads (
  lead_id        uuid PRIMARY KEY,
  position       bigint NOT NULL,
  noticed_on     date NOT NULL,
  source         text,
  round_id       uuid,
  catchment      text,
  nurse_district text,
  keep_until     date NOT NULL,
  name           text,
  town           text,
  place          text,
  contacts       int NOT NULL DEFAULT 0,
  last_on        date,
  last_met       bool,
  request_id     uuid,
  case_id        uuid,
  proposal_id    uuid,
  standing       text NOT NULL DEFAULT 'open'
                 CHECK (standing IN ('open', 'proposed', 'joined', 'expired')),
  expired_on     date
);
CREATE INDEX leads_open ON leads (keep_until) WHERE standing = 'open';
CREATE INDEX leads_of_proposal ON leads (proposal_id) WHERE proposal_id IS NOT NULL;
CREATE INDEX leads_of_request ON leads (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX leads_of_case ON leads (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX leads_of_round ON leads (round_id) WHERE round_id IS NOT NULL;

CREATE TABLE lead_contacts (
  contact_id   uuid PRIMARY KEY,
  lead_id      uuid NOT NULL,
  contacted_on date NOT NULL,
  met          bool NOT NULL
);
CREATE INDEX contacts_of_lead ON lead_contacts (lead_id, contacted_on DESC);

-- 訪問の予定 (T-31), and how far trust has come. What it is for stays in the events.
CREATE TABLE planned_visits (
  planned_id uuid PRIMARY KEY,
  request_id uuid NOT NULL,
  planned_on date NOT NULL,
  method     text NOT NULL,
  staff      int NOT NULL,
  over_on    date
);
CREATE INDEX planned_visits_open ON planned_visits (request_id, planned_on) WHERE over_on IS NULL;
ALTER TABLE visits ADD COLUMN trust text;
