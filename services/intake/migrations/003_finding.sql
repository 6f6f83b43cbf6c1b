-- People are found by their town too, and proposed as the same person by name and town (F-20).
ALTER TABLE consultations ADD COLUMN town text;
CREATE INDEX consultations_by_town ON consultations (town, received_on DESC, position DESC)
  WHERE town IS NOT NULL;
