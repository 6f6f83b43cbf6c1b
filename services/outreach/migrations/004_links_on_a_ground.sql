-- On which ground an agency learned of a person (N-01); what it was told stays in the events.
ALTER TABLE links ADD COLUMN case_id uuid, ADD COLUMN basis text, ADD COLUMN withdrawn_on date;
UPDATE links l SET case_id = r.case_id FROM requests r WHERE r.request_id = l.request_id;
ALTER TABLE links ALTER COLUMN case_id SET NOT NULL;
CREATE INDEX links_of_case ON links (case_id, linked_on DESC);
-- What was noted for the safety of staff in an earlier request of the same case is shown again.
CREATE INDEX requests_of_case ON requests (case_id);
