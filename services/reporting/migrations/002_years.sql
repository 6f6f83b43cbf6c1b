-- 目標値・基準値 per indicator and fiscal year (X-29).
CREATE TABLE targets (
  indicator   text NOT NULL,
  fiscal_year int NOT NULL,
  baseline    double precision,
  target      double precision,
  set_on      date NOT NULL,
  reason      text,
  PRIMARY KEY (indicator, fiscal_year)
);
-- 年度の締め: the newest edition of each year. Figures and signature lie in the events.
CREATE TABLE closed_years (
  fiscal_year int PRIMARY KEY,
  edition     int NOT NULL,
  closed_on   date NOT NULL
);
