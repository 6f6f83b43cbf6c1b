-- What was decided up to a day (N-03): each target as it stood at the end of a day, each edition of a closing. So far only the newest
-- of them was kept; the earlier ones lie in the events.
ALTER TABLE targets DROP CONSTRAINT targets_pkey;
ALTER TABLE targets ADD PRIMARY KEY (indicator, fiscal_year, set_on);
INSERT INTO targets (indicator, fiscal_year, baseline, target, set_on, reason)
SELECT DISTINCT ON (1, 2, 5)
       data->>'indicator', (data->>'fiscal_year')::int, (data->>'baseline')::double precision,
       (data->>'target')::double precision, (data->>'set_on')::date, data->>'reason'
FROM events WHERE type = 'target.Targeted' ORDER BY 1, 2, 5, position DESC
ON CONFLICT DO NOTHING;

ALTER TABLE closed_years DROP CONSTRAINT closed_years_pkey;
ALTER TABLE closed_years ADD PRIMARY KEY (fiscal_year, edition);
INSERT INTO closed_years (fiscal_year, edition, closed_on)
SELECT (data->>'fiscal_year')::int, (data->>'edition')::int, (data->>'closed_on')::date
FROM events WHERE type = 'year.YearClosed' ON CONFLICT DO NOTHING;
