-- A notice is claimed first and sent outside of any transaction; who died in between is followed by another after a while.
ALTER TABLE notices
  ADD COLUMN claimed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ADD COLUMN sent_at timestamptz;
UPDATE notices SET sent_at = claimed_at;
