-- The last activities of one programme: a statement of its own for each question, an index for each.
CREATE INDEX activities_of_programme ON activities (programme, held_on DESC, activity_id DESC);
