-- 社会資源の台帳 (public places; no personal data).
CREATE TABLE resources (
  resource_id   uuid PRIMARY KEY,
  name          text NOT NULL,
  search_key    text NOT NULL,
  kind          text NOT NULL,
  programme     text,
  area          text,
  town          text,
  address       text,
  phone         text,
  held          text,
  target        text,
  note          text,
  registered_on date NOT NULL,
  checked_on    date NOT NULL,
  retired_on    date,
  reason        text
);
CREATE INDEX resources_open ON resources (area, name) WHERE retired_on IS NULL;

-- 活動の記録.
CREATE TABLE activities (
  activity_id  uuid PRIMARY KEY,
  programme    text NOT NULL,
  kind         text NOT NULL,
  resource_id  uuid,
  held_on      date NOT NULL,
  counts       jsonb NOT NULL,
  story        text,
  note         text,
  corrected_on date
);
CREATE INDEX activities_by_day ON activities (held_on DESC, activity_id);
CREATE INDEX activities_at ON activities (resource_id, held_on DESC) WHERE resource_id IS NOT NULL;
