-- 窓口から窓口への紹介. Text stays in the events; here is who owes whom an answer, and until when.
CREATE TABLE referrals (
  referral_id     uuid PRIMARY KEY,
  consultation_id uuid NOT NULL,
  from_counter    text NOT NULL,
  to_counter      text NOT NULL,
  basis           text NOT NULL,
  stage           text NOT NULL,
  sent_on         date NOT NULL,
  answer_by       date NOT NULL,
  reminded_on     date,
  answered_on     date,
  ended_on        date,
  reason          text,
  outcome         text
);
CREATE INDEX referrals_of_consultation ON referrals (consultation_id);
CREATE INDEX referrals_to ON referrals (to_counter, stage, answer_by);
CREATE INDEX referrals_from ON referrals (from_counter, stage, answer_by);
