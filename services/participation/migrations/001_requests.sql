-- 依頼ごとの今. Names lie in handed_over, stories only in the events.
CREATE TABLE requests (
  request_id     uuid PRIMARY KEY,
  case_id        uuid NOT NULL,
  handover_id    uuid NOT NULL,
  nurse_district text,
  basis          text NOT NULL,
  requested_on   date NOT NULL,
  status         text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'running', 'concluded')),
  started_on     date,
  planned_on     date,
  menu           text,
  resource_id    uuid,
  matched_on     date,
  concluded_on   date,
  outcome        text
);
CREATE INDEX requests_open ON requests (requested_on) WHERE status <> 'concluded';
CREATE INDEX requests_concluded ON requests (concluded_on DESC) WHERE status = 'concluded';
CREATE INDEX requests_at_place ON requests (resource_id) WHERE resource_id IS NOT NULL;

CREATE TABLE followups (
  followup_id uuid PRIMARY KEY,
  request_id  uuid NOT NULL,
  position    bigint NOT NULL,
  followed_on date NOT NULL,
  relation    text NOT NULL,
  next_on     date
);
CREATE INDEX followups_of_request ON followups (request_id, followed_on DESC, position DESC);

-- 受け入れ先: what community told about its directory.
CREATE TABLE places (
  resource_id uuid PRIMARY KEY,
  name        text NOT NULL,
  search_key  text NOT NULL,
  kind        text NOT NULL,
  area        text,
  programme   text,
  listed_on   date NOT NULL,
  retired_on  date,
  reason      text
);
CREATE INDEX places_open ON places (area, name) WHERE retired_on IS NULL;

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
