-- やること: why no area is known (G-3, V-1), and when the sheet was last put right.
ALTER TABLE consultations ADD COLUMN place_note text, ADD COLUMN corrected_on date;
UPDATE consultations SET place_note = 'unassigned-nurse-district'
  WHERE catchment IS NOT NULL AND nurse_district IS NULL;
CREATE INDEX consultations_urgent ON consultations (urgency, counter) WHERE status = 'open' AND urgency IS NOT NULL;
CREATE INDEX consultations_returned ON consultations (counter) WHERE status = 'returned';
CREATE INDEX consultations_unplaced ON consultations (place_note, counter) WHERE place_note IS NOT NULL;
