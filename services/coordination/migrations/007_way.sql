-- What the way of a case depends on beside its phase: `domain/way.py` reads these.
ALTER TABLE cases
  ADD COLUMN given_back_on date,   -- ends a round: what was held or decided before counts no more
  ADD COLUMN look_on       date,   -- after a return: when the referrer is asked how it goes
  ADD COLUMN resumed_on    date,   -- until the plan was looked at again
  ADD COLUMN contact_until date,   -- after the end: until when 主担当 and we talk
  ADD COLUMN shared_on     date;   -- after the end: when we last did
-- Kept with the case, for one may be closed without a plan or a policy.
ALTER TABLE plan_reviews DROP COLUMN contact_every, DROP COLUMN contact_until, DROP COLUMN shared_on;
