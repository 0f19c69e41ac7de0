-- What a Guard cluster keeps in PostgreSQL 12 or later. Applying it again changes nothing that stands.

-- Orleans asks here how to do what it needs: it gives parameters and reads columns by their names.
CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);

-- A cluster; every change of its members raises the version, so that of two changes at once one has to look again.
CREATE TABLE IF NOT EXISTS guard_cluster
(
    id text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed timestamptz NOT NULL DEFAULT now()
);

-- A start of a silo: its address, its port and the moment of its start tell it from all others.
CREATE TABLE IF NOT EXISTS guard_silo
(
    cluster text NOT NULL REFERENCES guard_cluster (id) ON DELETE CASCADE,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    name text NOT NULL,
    host text NOT NULL,
    status integer NOT NULL,
    gateway integer NOT NULL,
    suspicions text,
    started timestamptz NOT NULL,
    alive timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

CREATE TABLE IF NOT EXISTS guard_reminder
(
    service text NOT NULL,
    grain text NOT NULL,
    name text NOT NULL,
    hash integer NOT NULL,
    start timestamptz NOT NULL,
    period bigint NOT NULL,
    version integer NOT NULL DEFAULT 0,
    PRIMARY KEY (service, grain, name)
);

CREATE INDEX IF NOT EXISTS guard_reminder_hash ON guard_reminder (service, hash);

-- Models, thresholds, state of grains, decisions. A version is given out once and never again.
CREATE SEQUENCE IF NOT EXISTS guard_artifact_version;

CREATE TABLE IF NOT EXISTS guard_artifact
(
    path text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL DEFAULT nextval('guard_artifact_version'),
    content bytea NOT NULL
);

-- State is compressed or random already; to try it again costs time.
ALTER TABLE guard_artifact ALTER COLUMN content SET STORAGE EXTERNAL;
