-- Lists by urgency and by age, narrowed to an issue, a district or an urgency: each with its index.
ALTER TABLE consultations
  ADD COLUMN urgent bool NOT NULL GENERATED ALWAYS AS (coalesce(urgency = 'urgent', false)) STORED;
CREATE INDEX consultations_urgent_first ON consultations (urgent DESC, received_on DESC, position DESC);
CREATE INDEX consultations_urgent_first_of_counter
  ON consultations (counter, urgent DESC, received_on DESC, position DESC);
CREATE INDEX consultations_by_district ON consultations (nurse_district, received_on DESC, position DESC)
  WHERE nurse_district IS NOT NULL;
CREATE INDEX consultations_by_urgency ON consultations (urgency, received_on DESC, position DESC)
  WHERE urgency IS NOT NULL;
CREATE INDEX consultations_by_issues ON consultations USING gin (issues);
