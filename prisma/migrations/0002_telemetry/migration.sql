-- Measures live in a schema of their own, which Prisma does not manage: the tables are partitioned by day, so that old
-- days are dropped rather than deleted row by row.
CREATE SCHEMA telemetry;

-- One row a replica and scrape: cumulative numbers as the replica reports them, histograms as arrays of cumulative
-- bucket counts (lib/observability/buckets.ts gives the bounds). A counter that falls means a new process.
CREATE TABLE telemetry.replica_sample (
  at             timestamptz(3)   NOT NULL,
  deployment_id  uuid             NOT NULL,
  project_id     uuid             NOT NULL,
  revision       integer          NOT NULL,
  replica        text             NOT NULL,
  state          text             NOT NULL,
  requests       jsonb            NOT NULL, -- by status code
  errors         jsonb            NOT NULL, -- by cause
  latency        bigint[]         NOT NULL,
  latency_sum    double precision NOT NULL,
  queue          bigint[]         NOT NULL,
  queue_sum      double precision NOT NULL,
  compute        bigint[]         NOT NULL,
  compute_sum    double precision NOT NULL,
  cpu_seconds    double precision,
  rss_bytes      bigint,
  queue_depth    integer          NOT NULL,
  in_flight      integer          NOT NULL,
  PRIMARY KEY (deployment_id, at, replica)
) PARTITION BY RANGE (at);

-- Increases within a step, by revision, over all its replicas: what quantiles and rates need, and nothing else.
CREATE TABLE telemetry.rollup (
  step_seconds   integer          NOT NULL, -- 60 or 900
  at             timestamptz(3)   NOT NULL, -- start of the step
  deployment_id  uuid             NOT NULL,
  project_id     uuid             NOT NULL,
  revision       integer          NOT NULL,
  requests       jsonb            NOT NULL,
  errors         jsonb            NOT NULL,
  latency        bigint[]         NOT NULL,
  latency_sum    double precision NOT NULL,
  queue          bigint[]         NOT NULL,
  queue_sum      double precision NOT NULL,
  compute        bigint[]         NOT NULL,
  compute_sum    double precision NOT NULL,
  cpu_seconds    double precision,           -- increase
  rss_bytes      bigint,                     -- highest, summed over replicas
  queue_depth    double precision NOT NULL,  -- mean
  in_flight      double precision NOT NULL,  -- mean
  replicas_ready double precision NOT NULL,  -- mean
  PRIMARY KEY (step_seconds, deployment_id, at, revision)
) PARTITION BY RANGE (at);

CREATE INDEX ON telemetry.replica_sample (at);
CREATE INDEX ON telemetry.rollup (step_seconds, project_id, at);

-- How far the roll-up of a step has come. One row a step.
CREATE TABLE telemetry.rollup_progress (
  step_seconds integer PRIMARY KEY,
  done_until   timestamptz(3) NOT NULL
);

-- The role that runs owns nothing and so may not create or drop a partition: these two functions, owned by the role that
-- migrates, are all it may do.
CREATE FUNCTION telemetry.ensure_partitions(from_day date, days integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  d date; t text; part text;
BEGIN
  IF days NOT BETWEEN 1 AND 31 THEN RAISE EXCEPTION 'days must be 1 to 31'; END IF;
  PERFORM pg_advisory_xact_lock(727101);
  FOREACH t IN ARRAY ARRAY['replica_sample', 'rollup'] LOOP
    FOR i IN 0 .. days - 1 LOOP
      d := from_day + i;
      part := t || '_' || to_char(d, 'YYYYMMDD');
      IF to_regclass('telemetry.' || part) IS NULL THEN
        EXECUTE format('CREATE TABLE telemetry.%I PARTITION OF telemetry.%I FOR VALUES FROM (%L) TO (%L)', part, t,
          d::text || ' 00:00:00+00', (d + 1)::text || ' 00:00:00+00');
      END IF;
    END LOOP;
  END LOOP;
END $$;

CREATE FUNCTION telemetry.drop_partitions(kind text, before_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p record; n integer := 0;
BEGIN
  IF kind NOT IN ('replica_sample', 'rollup') THEN RAISE EXCEPTION 'unknown kind %', kind; END IF;
  FOR p IN
    SELECT c.relname FROM pg_catalog.pg_inherits i
    JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
    JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
    JOIN pg_catalog.pg_namespace s ON s.oid = parent.relnamespace
    WHERE s.nspname = 'telemetry' AND parent.relname = kind
      AND to_date(right(c.relname, 8), 'YYYYMMDD') < before_day
  LOOP
    EXECUTE format('DROP TABLE telemetry.%I', p.relname);
    n := n + 1;
  END LOOP;
  RETURN n;
END $$;

REVOKE ALL ON FUNCTION telemetry.ensure_partitions(date, integer), telemetry.drop_partitions(text, date) FROM PUBLIC;

SELECT telemetry.ensure_partitions(((now() AT TIME ZONE 'UTC')::date - 1), 4);
