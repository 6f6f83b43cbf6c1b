-- 見直しの日: what is to be looked at again, and when. Plans and policies themselves lie in the events.
CREATE TABLE plan_reviews (
  case_id        uuid NOT NULL,
  kind           text NOT NULL,   -- plan (支援プラン), policy (支援方針, never counted as a plan)
  item_id        uuid NOT NULL,
  round          int,
  agreed_on      date NOT NULL,
  next_review_on date,            -- NULL while the case rests
  review_on      date NOT NULL,   -- as it was agreed
  evaluated_on   date,
  contact_every  text,            -- after the end: how often 主担当 and we talk
  contact_until  date,
  closed_on      date,
  shared_on      date,            -- after the end: when we last did
  PRIMARY KEY (case_id, kind)
);
CREATE INDEX plan_reviews_due ON plan_reviews (next_review_on) WHERE next_review_on IS NOT NULL;
