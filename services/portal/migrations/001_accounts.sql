-- Local sign-ins: a hash, never a password; failures slow the next attempt down.
CREATE TABLE accounts (
  login text PRIMARY KEY,
  staff_id text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL,
  agency text,
  password_hash text NOT NULL,
  failures integer NOT NULL DEFAULT 0,
  closed_until timestamptz,
  last_signed_in_at timestamptz,
  active boolean NOT NULL DEFAULT true
);
