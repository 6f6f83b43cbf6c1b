-- The list of many thousand cases is read in its order from an index: since when a case waits and who
-- referred it stand on its row, so that neither is looked up of every case to show fifty.
ALTER TABLE cases ADD COLUMN waiting_since date,
  ADD COLUMN referrers text[] NOT NULL DEFAULT '{}';
UPDATE cases c SET waiting_since = s.since, referrers = s.counters
FROM (SELECT case_id, min(escalated_on) FILTER (WHERE status = 'waiting') AS since,
             array_agg(DISTINCT counter ORDER BY counter) AS counters
      FROM escalations GROUP BY case_id) s
WHERE s.case_id = c.case_id;

-- INCLUDE: a page far on counts its way through the index alone.
CREATE INDEX cases_in_order ON cases
  (waiting_since, (phase <> 'open'), review_on NULLS FIRST, case_id)
  INCLUDE (phase, nurse_district, came_back_on, look_on);
CREATE INDEX cases_of_phase_in_order ON cases
  (phase, waiting_since, review_on NULLS FIRST, case_id)
  INCLUDE (nurse_district, came_back_on, look_on);
CREATE INDEX cases_by_age ON cases ((coalesce(waiting_since, opened_on, closed_on)), case_id)
  INCLUDE (waiting_since, opened_on, closed_on, phase, nurse_district);
CREATE INDEX cases_asked_again ON cases (case_id)
  WHERE phase = 'closed' AND (waiting_since IS NOT NULL OR came_back_on IS NOT NULL);
CREATE INDEX cases_referred_by ON cases USING gin (referrers);
CREATE INDEX cases_led_by ON cases (lead_agency) WHERE lead_agency IS NOT NULL;
DROP INDEX cases_by_phase, cases_by_review;

-- 終結後の連絡: found by the day it is due, however many cases rest.
CREATE INDEX cases_promised ON cases (contact_every, (coalesce(shared_on, closed_on)))
  WHERE phase = 'closed' AND contact_every IS NOT NULL;
