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

-- Append a group of commands in the caller's transaction.
-- Command k = 1..n brings counts[k] events for streams[k] if that stream is at expected[k]; ids[k] (may be null) is its id.
-- Event i belongs to command owners[i] as its nths[i]-th event; fact_types[i] is null where nothing is told.
-- answers[k]: last position of an accepted command; null when the stream has moved; -position when the id is known.
CREATE FUNCTION append_group(
  streams uuid[], expected int[], counts int[], ids uuid[],
  owners int[], nths int[], event_ids uuid[], types text[], datas json[], metas json[], digests bytea[],
  fact_types text[], fact_cases uuid[], fact_datas json[], fact_days date[], fact_metas json[], at timestamptz,
  OUT answers bigint[], OUT base bigint, OUT fact_base bigint
) LANGUAGE plpgsql AS $$
DECLARE
  link bytea; links bytea[]; accepted bytea[]; one bytea; told int; added int;
  oks bool[]; befores int[];
BEGIN
  PERFORM pg_advisory_xact_lock(7220);  -- taken before the first snapshot: what follows sees the last commit
  SELECT position, fact_position, chain INTO base, fact_base, link FROM head;

  SELECT array_agg(known.position IS NULL AND c.e = coalesce(cur.v, 0) ORDER BY c.k),
         array_agg(coalesce(cur.v, 0) ORDER BY c.k),
         array_agg(-known.position ORDER BY c.k)
    INTO oks, befores, answers
    FROM unnest(streams, expected, ids) WITH ORDINALITY AS c(s, e, id, k)
    LEFT JOIN commands known ON known.command_id = c.id
    LEFT JOIN LATERAL (SELECT version AS v FROM events WHERE stream = c.s ORDER BY version DESC LIMIT 1) cur ON true;

  SELECT array_agg(d ORDER BY i) INTO accepted
    FROM unnest(owners, digests) WITH ORDINALITY AS e(owner, d, i)
    JOIN unnest(oks) WITH ORDINALITY AS g(ok, k) ON g.k = e.owner AND g.ok;
  added := coalesce(cardinality(accepted), 0);
  FOR i IN 1..added LOOP
    link := sha256(link || accepted[i]);
    links[i] := link;
  END LOOP;

  IF added > 0 THEN
    WITH mine AS (
      SELECT row_number() OVER (ORDER BY e.i) AS n, g.s, g.v + e.nth AS version, e.*
        FROM unnest(owners, nths, event_ids, types, datas, metas, digests) WITH ORDINALITY
          AS e(owner, nth, event_id, type, data, meta, digest, i)
        JOIN unnest(streams, befores, oks) WITH ORDINALITY AS g(s, v, ok, k) ON g.k = e.owner AND g.ok
    )
    INSERT INTO events (position, stream, version, event_id, type, data, meta, recorded_at, digest, chain)
    SELECT base + m.n, m.s, m.version, m.event_id, m.type, m.data, m.meta, at, m.digest, l.chain
      FROM mine m JOIN unnest(links) WITH ORDINALITY AS l(chain, n) ON l.n = m.n;

    WITH mine AS (
      SELECT row_number() OVER (ORDER BY f.i) AS event_n, f.*
        FROM unnest(owners, event_ids, fact_metas, fact_types, fact_cases, fact_datas, fact_days) WITH ORDINALITY
          AS f(owner, event_id, meta, type, case_id, data, day, i)
        JOIN unnest(oks) WITH ORDINALITY AS g(ok, k) ON g.k = f.owner AND g.ok
    )
    INSERT INTO facts (position, fact_id, type, case_id, data, occurred_on, meta, event_position)
    SELECT fact_base + row_number() OVER (ORDER BY m.i), m.event_id, m.type, m.case_id, m.data, m.day, m.meta, base + m.event_n
      FROM mine m WHERE m.type IS NOT NULL;
    GET DIAGNOSTICS told = ROW_COUNT;

    UPDATE head SET position = base + added, fact_position = fact_base + told, chain = link;
    IF told > 0 THEN
      PERFORM pg_notify('facts', '');
    END IF;
  END IF;

  WITH placed AS (
    SELECT k, ok, s, id, v + c AS version, base + sum(CASE WHEN ok THEN c ELSE 0 END) OVER (ORDER BY k) AS position
      FROM unnest(streams, counts, ids, befores, oks) WITH ORDINALITY AS g(s, c, id, v, ok, k)
  ), kept AS (
    INSERT INTO commands (command_id, stream, version, position, recorded_at)
    SELECT id, s, version, position, at FROM placed WHERE ok AND id IS NOT NULL
  )
  SELECT array_agg(CASE WHEN p.ok THEN p.position ELSE answers[p.k] END ORDER BY p.k) INTO answers FROM placed p;
END $$;
