-- 担当地区 of a nurse (1.4); null: she covers the whole city.
ALTER TABLE accounts ADD COLUMN district text;
