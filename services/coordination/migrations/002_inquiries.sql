-- 照会: who was asked for what, and until when. Question and answer lie only in the events.
CREATE TABLE inquiries (
  inquiry_id  uuid PRIMARY KEY,
  case_id     uuid NOT NULL,
  kind        text NOT NULL,
  agency      text NOT NULL,
  basis       text NOT NULL,
  meeting_id  uuid,
  stage       text NOT NULL,
  asked_on    date NOT NULL,
  answer_by   date NOT NULL,
  reminded_on date,
  answered_on date
);
CREATE INDEX inquiries_of_case ON inquiries (case_id);
CREATE INDEX inquiries_of_agency ON inquiries (agency, stage, answer_by);
CREATE INDEX inquiries_waiting ON inquiries (answer_by) WHERE stage = 'asked';
