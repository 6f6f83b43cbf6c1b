CREATE TABLE watches (case_id uuid PRIMARY KEY, counter text NOT NULL);
