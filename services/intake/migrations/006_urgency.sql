-- 緊急度 (S-01): urgent consultations stand out in the lists.
ALTER TABLE consultations ADD COLUMN urgency text;
