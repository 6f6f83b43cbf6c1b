-- 守秘義務の確認, person by person: agency and who, as `domain/minuted.py` writes it (M-1).
CREATE TABLE oaths (
  meeting_id uuid NOT NULL,
  who        text NOT NULL,
  PRIMARY KEY (meeting_id, who)
);
