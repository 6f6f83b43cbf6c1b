-- What community tells of a place beyond its name, to propose it with reasons (T-22).
ALTER TABLE places ADD COLUMN weekdays text[] NOT NULL DEFAULT '{}',
  ADD COLUMN targets text[] NOT NULL DEFAULT '{}',
  ADD COLUMN cares text[] NOT NULL DEFAULT '{}',
  ADD COLUMN capacity text;

-- 見学・体験 before a match: the newest stands on the request.
ALTER TABLE requests ADD COLUMN tried_on date,
  ADD COLUMN tried_place uuid,
  ADD COLUMN trial_result text,
  -- after the end (T-24): how often we stay in touch, until when, and when we last did
  ADD COLUMN contact_every text,
  ADD COLUMN contact_until date,
  ADD COLUMN contacted_on date;
