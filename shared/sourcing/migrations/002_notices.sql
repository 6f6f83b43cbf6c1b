-- Which office was told by mail on which day that something waits for it (F-24).
CREATE TABLE notices (
  day       date NOT NULL,
  recipient text NOT NULL,
  PRIMARY KEY (day, recipient)
);
