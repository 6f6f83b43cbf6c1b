-- Where a place is, as far as the directory knows: its area is often no town (V-1).
ALTER TABLE places ADD COLUMN town text;

-- Whose contact goes on after the end (T-24): found by the day it is due, however long ago it ended.
CREATE INDEX requests_promised ON requests (concluded_on)
  WHERE status = 'concluded' AND contact_every IS NOT NULL;
