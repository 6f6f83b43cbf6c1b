-- Which consultations after the end ask whether to resume: one that was linked by mistake goes again.
ALTER TABLE cases ADD COLUMN came_back_by uuid[] NOT NULL DEFAULT '{}';
