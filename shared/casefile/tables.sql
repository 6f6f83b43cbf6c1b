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
