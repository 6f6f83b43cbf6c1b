-- How many rows of `observations` make a value, so that a page need not count a million of them.
ALTER TABLE indicator_values ADD COLUMN facts bigint NOT NULL DEFAULT 0;
UPDATE indicator_values v SET facts = counted.facts
FROM (
  SELECT indicator, version, fiscal_year, extract(month FROM day)::smallint AS month, dim, count(*) AS facts
  FROM observations, unnest(CASE WHEN whole THEN dims || '{""}'::text[] ELSE dims END) AS dim
  GROUP BY 1, 2, 3, 4, 5
) AS counted
WHERE (v.indicator, v.version, v.fiscal_year, v.month, v.dim)
  = (counted.indicator, counted.version, counted.fiscal_year, counted.month, counted.dim);

-- The last day of each team on which something counted was (データの時点).
CREATE TABLE last_days (
  source text PRIMARY KEY,
  day    date NOT NULL
);
INSERT INTO last_days SELECT source, max(day) FROM observations GROUP BY source;
