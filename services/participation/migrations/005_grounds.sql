-- The consent a request rests on is gone since, and nobody has decided; NULL again afterwards (F-03).
ALTER TABLE requests ADD COLUMN ground_lost_on date, ADD COLUMN ground_lost_why text;
