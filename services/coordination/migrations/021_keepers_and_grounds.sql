-- 担当者: who of the coordinating office keeps the case in mind.
ALTER TABLE cases ADD COLUMN keeper text, ADD COLUMN keeper_name text;
CREATE INDEX cases_of_keeper ON cases (keeper) WHERE keeper IS NOT NULL;

-- A request whose consent went, and why; NULL again when it goes on another ground or ends.
ALTER TABLE requests ADD COLUMN lost_on date, ADD COLUMN lost_why text;
CREATE INDEX requests_without_ground ON requests (lost_on) WHERE lost_on IS NOT NULL;
CREATE INDEX requests_on_consent ON requests (case_id) WHERE basis = 'consent' AND status <> 'ended';
