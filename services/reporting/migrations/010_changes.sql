-- A figure that changed after its month was over, or was put right, says so (遅れて届いた記録, 訂正).
ALTER TABLE observations ADD COLUMN corrects boolean NOT NULL DEFAULT false;

-- Per indicator and year: how many facts came after the end of the month they count in, how many corrected another, and
-- when the last of them was recorded. Corrections of before this migration are known after the next rebuild.
CREATE TABLE changed (
  indicator   text NOT NULL,
  version     int NOT NULL,
  fiscal_year int NOT NULL,
  late        bigint NOT NULL,
  corrected   bigint NOT NULL,
  last_on     date,
  PRIMARY KEY (indicator, version, fiscal_year)
);
INSERT INTO changed
SELECT indicator, version, fiscal_year, count(DISTINCT fact_id), 0, max(recorded::date)
FROM (SELECT *, uuid_extract_timestamp(fact_id) AT TIME ZONE 'UTC' AS recorded FROM observations) AS dated
WHERE recorded >= date_trunc('month', day) + interval '1 month'
GROUP BY indicator, version, fiscal_year;
