-- One team: its role, its database, and nobody else's eyes on it (architecture 1). Runs again without harm.
-- psql variables: team, and the environment variable TSUNAGU_ROLE_PASSWORD (never on a command line).
\set ON_ERROR_STOP on
\getenv password TSUNAGU_ROLE_PASSWORD
SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', 'tsunagu_' || :'team')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tsunagu_' || :'team') \gexec
SELECT format('ALTER ROLE %I PASSWORD %L', 'tsunagu_' || :'team', :'password') \gexec
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING %L LOCALE_PROVIDER builtin BUILTIN_LOCALE %L LOCALE %L',
              'tsunagu_' || :'team', 'tsunagu_' || :'team', 'UTF8', 'C.UTF-8', 'C')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'tsunagu_' || :'team') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', 'tsunagu_' || :'team') \gexec
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
