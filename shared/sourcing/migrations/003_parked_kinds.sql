-- What was parked kept the words of its error. They may quote a personal value, which forgetting does not find there.
UPDATE parked SET error = substring(error FROM '^\w+:') || ' not applied'
WHERE source <> 'handover' AND error ~ '^\w+:';
