-- Since when a proposal waits for its answer (N-04).
ALTER TABLE leads ADD COLUMN proposed_on date;
UPDATE leads l SET proposed_on = p.proposed_on
FROM (
  SELECT DISTINCT ON (stream) stream, (data->>'proposed_on')::date AS proposed_on
  FROM events WHERE type = 'lead.Proposed' ORDER BY stream, version DESC
) p
WHERE l.lead_id = p.stream;
