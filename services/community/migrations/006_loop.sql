-- 足りない社会資源: until when something is to happen (F-07), and on which days somebody was matched with a
-- place, so that a match that was told before the place was said to be open still ends the loop (N-07).
ALTER TABLE gaps ADD COLUMN due_on date;
CREATE TABLE place_uses (
  resource_id uuid,
  used_on     date,
  PRIMARY KEY (resource_id, used_on)
);
