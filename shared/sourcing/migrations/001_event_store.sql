-- The event store of one service: one database, one head row, positions without holes.

-- One row. Its position is handed out under the append lock and committed with the events, so commit order is
-- position order and a hole means damage. The same row carries the hash chain's head and the store's epoch.
CREATE TABLE head (
  one           bool PRIMARY KEY DEFAULT true CHECK (one),
  position      bigint NOT NULL DEFAULT 0,
  fact_position bigint NOT NULL DEFAULT 0,
  chain         bytea NOT NULL DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000',
  epoch         uuid NOT NULL DEFAULT gen_random_uuid()
) WITH (fillfactor = 10);
INSERT INTO head DEFAULT VALUES;

CREATE TABLE events (
  position    bigint PRIMARY KEY,
  stream      uuid NOT NULL,
  version     int NOT NULL,
  event_id    uuid NOT NULL UNIQUE,
  type        text NOT NULL,
  data        json NOT NULL,
  meta        json NOT NULL,
  recorded_at timestamptz NOT NULL,
  digest      bytea NOT NULL,
  chain       bytea NOT NULL,
  UNIQUE (stream, version)
);

-- What this team tells the others, in order, for ever. fact_id is the id of the event it translates, which is
-- unique there; another index here would only cost every append.
CREATE TABLE facts (
  position       bigint PRIMARY KEY,
  fact_id        uuid NOT NULL,
  type           text NOT NULL,
  case_id        uuid,
  data           json NOT NULL,
  occurred_on    date NOT NULL,
  meta           json NOT NULL,
  event_position bigint NOT NULL
);

-- A command that carried its id, with the answer it got: asked again, it gets the same answer.
CREATE TABLE commands (
  command_id  uuid PRIMARY KEY,
  stream      uuid NOT NULL,
  version     int NOT NULL,
  position    bigint NOT NULL,
  recorded_at timestamptz NOT NULL
);

-- The last applied position of every source this service listens to.
CREATE TABLE consumed (
  source   text PRIMARY KEY,
  position bigint NOT NULL DEFAULT 0,
  epoch    uuid
) WITH (fillfactor = 10);

-- Facts that could not be applied, and later facts of the same case waiting behind them.
CREATE TABLE parked (
  source      text NOT NULL,
  position    bigint NOT NULL,
  fact_id     uuid NOT NULL,
  type        text NOT NULL,
  case_id     uuid,
  envelope    json NOT NULL,
  error       text NOT NULL,
  parked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  released_at timestamptz,
  PRIMARY KEY (source, position)
);
CREATE INDEX parked_cases ON parked (case_id) WHERE released_at IS NULL;

-- Keys that encrypt the personal fields, one per subject, wrapped by a master key that is not in PostgreSQL.
CREATE TABLE subject_keys (
  subject    uuid PRIMARY KEY,
  wrapped    bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE shred_ledger (
  subject      uuid PRIMARY KEY,
  forgotten_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Sealed personal parts on their way to another team; `sealed` becomes null after the receipt.
CREATE TABLE handovers (
  handover_id uuid PRIMARY KEY,
  case_id     uuid NOT NULL,
  to_team     text NOT NULL,
  sealed      bytea,
  basis       json NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  sent_at     timestamptz,
  received_at timestamptz
);
CREATE INDEX handovers_open ON handovers (created_at) WHERE received_at IS NULL;

-- Every sight of personal data, written before the page is sent.
CREATE TABLE access_log (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  seen_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id text NOT NULL,
  agency   text,
  subject  uuid NOT NULL,
  what     text NOT NULL,
  basis    text
);
CREATE INDEX access_of_subject ON access_log (subject, seen_at);

-- History is added to, never rewritten.
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: history is append-only', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON events EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER facts_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON facts EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER access_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log EXECUTE FUNCTION refuse_rewriting();

-- Append a group of commands, all of it or nothing, in one call: what is told and the read models go with it.
-- Command k brings events for streams[k] if that stream is at expected[k]. Nothing is stored when a stream has moved
-- (moved: those k) or a command id is known (known: those k); the caller answers these and sends the others again.
-- Arrays of one kind have one length: per command, per event, per fact, per command id (`heirs`: its k; `lasts`: the
-- number of its last event), per write. A write is a statement whose $1 is json rows.
CREATE FUNCTION append_group(
  streams uuid[], expected int[],
  owners uuid[], versions int[], event_ids uuid[], types text[], datas json[], metas json[], digests bytea[],
  tellers int[], fact_types text[], fact_cases uuid[], fact_datas json[], fact_days date[], fact_metas json[],
  ids uuid[], heirs int[], id_versions int[], lasts int[],
  writes text[], rows json[], at timestamptz,
  OUT base bigint, OUT fact_base bigint, OUT moved int[], OUT known int[]
) LANGUAGE plpgsql AS $$
DECLARE
  link bytea; links bytea[]; digest bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(7220);  -- taken before the first snapshot: what follows sees the last commit
  SELECT position, fact_position, chain INTO base, fact_base, link FROM head;

  IF ids <> '{}' THEN
    SELECT array_agg(i.k) INTO known FROM unnest(ids, heirs) AS i(id, k) JOIN commands c ON c.command_id = i.id;
  END IF;
  SELECT array_agg(c.k) INTO moved
    FROM unnest(streams, expected) WITH ORDINALITY AS c(s, e, k)
    WHERE e <> coalesce((SELECT version FROM events WHERE stream = s ORDER BY version DESC LIMIT 1), 0);
  IF known IS NOT NULL OR moved IS NOT NULL THEN
    RETURN;
  END IF;

  IF owners <> '{}' THEN
    FOREACH digest IN ARRAY digests LOOP
      link := sha256(link || digest);
      links := links || link;
    END LOOP;
    INSERT INTO events (position, stream, version, event_id, type, data, meta, recorded_at, digest, chain)
    SELECT base + e.n, e.stream, e.version, e.event_id, e.type, e.data, e.meta, at, e.digest, e.chain
      FROM unnest(owners, versions, event_ids, types, datas, metas, digests, links) WITH ORDINALITY
        AS e(stream, version, event_id, type, data, meta, digest, chain, n);
    IF tellers <> '{}' THEN
      INSERT INTO facts (position, fact_id, type, case_id, data, occurred_on, meta, event_position)
      SELECT fact_base + f.n, event_ids[f.teller], f.type, f.case_id, f.data, f.day, f.meta, base + f.teller
        FROM unnest(tellers, fact_types, fact_cases, fact_datas, fact_days, fact_metas) WITH ORDINALITY
          AS f(teller, type, case_id, data, day, meta, n);
      PERFORM pg_notify('facts', '');
    END IF;
    UPDATE head SET position = base + cardinality(owners), fact_position = fact_base + cardinality(tellers), chain = link;
    FOR i IN 1..cardinality(writes) LOOP
      EXECUTE writes[i] USING rows[i];
    END LOOP;
  END IF;

  IF ids <> '{}' THEN
    INSERT INTO commands (command_id, stream, version, position, recorded_at)
    SELECT c.id, streams[c.k], c.version, base + c.last, at
      FROM unnest(ids, heirs, id_versions, lasts) AS c(id, k, version, last);
  END IF;
END $$;
