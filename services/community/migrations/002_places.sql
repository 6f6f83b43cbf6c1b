-- 社会資源の台帳, in the manner of HSDS (F-09): whose, where, when, for whom, with which care, is there room.
ALTER TABLE resources
  ADD COLUMN kana         text,
  ADD COLUMN organisation text,
  ADD COLUMN building     text,
  ADD COLUMN building_key text,
  ADD COLUMN schedule     jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN weekdays     text[] NOT NULL DEFAULT '{}',
  ADD COLUMN targets      text[] NOT NULL DEFAULT '{}',
  ADD COLUMN cares        text[] NOT NULL DEFAULT '{}',
  ADD COLUMN capacity     text,
  ADD COLUMN url          text,
  ADD COLUMN published    boolean NOT NULL DEFAULT false,
  ADD COLUMN checked_by   text,
  ADD COLUMN edition      integer NOT NULL DEFAULT 1;
CREATE INDEX resources_in_building ON resources (building_key) WHERE building_key IS NOT NULL;
CREATE INDEX resources_published ON resources (area, name) WHERE published AND retired_on IS NULL;
CREATE INDEX resources_by_check ON resources (checked_on) WHERE retired_on IS NULL;
