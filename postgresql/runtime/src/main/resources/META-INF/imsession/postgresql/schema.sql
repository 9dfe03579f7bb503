-- The tables of quarkus-imsession, version 1.

-- A session. No column of an index changes while a session is used, so that its versions stay in one page.
CREATE TABLE IF NOT EXISTS ${schema}${prefix}session (
    version       bigint      NOT NULL,
    revoked       bigint      NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL,
    -- The client is told this time; the session is kept 10 seconds longer.
    expires_at    timestamptz NOT NULL,
    -- When clean-up looks at the session next.
    cleanup_at    timestamptz NOT NULL,
    renewed_at    timestamptz,
    grace_ends_at timestamptz,
    timeout_ms    bigint,
    indexed       integer     NOT NULL DEFAULT 0,
    previous_kind smallint    NOT NULL DEFAULT 1,
    id            text COLLATE "C" NOT NULL,
    -- A hash; empty if another session has replaced this one.
    token         text COLLATE "C" NOT NULL,
    previous      text COLLATE "C",
    dropped       text COLLATE "C",
    attributes    json        NOT NULL,
    data          json        NOT NULL,
    CONSTRAINT ${prefix}session_pk PRIMARY KEY (id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.1, vacuum_truncate = false,
    toast.autovacuum_vacuum_scale_factor = 0.05, toast.vacuum_truncate = false);

CREATE INDEX IF NOT EXISTS ${prefix}session_cleanup ON ${schema}${prefix}session (cleanup_at);

-- The values by which sessions are found.
CREATE TABLE IF NOT EXISTS ${schema}${prefix}reference (
    session_id text COLLATE "C" NOT NULL,
    field      text COLLATE "C" NOT NULL,
    value      text COLLATE "C" NOT NULL,
    CONSTRAINT ${prefix}reference_pk PRIMARY KEY (session_id, field),
    CONSTRAINT ${prefix}reference_fk FOREIGN KEY (session_id) REFERENCES ${schema}${prefix}session (id) ON DELETE CASCADE
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, vacuum_truncate = false);

CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}reference_value ON ${schema}${prefix}reference (field, value, session_id);

-- Names that are reserved for a time, such as that of a log-out that must not be repeated.
CREATE TABLE IF NOT EXISTS ${schema}${prefix}claim (
    ends_at   timestamptz NOT NULL,
    name_hash text COLLATE "C" NOT NULL,
    holder    text COLLATE "C" NOT NULL,
    CONSTRAINT ${prefix}claim_pk PRIMARY KEY (name_hash)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, vacuum_truncate = false);

CREATE INDEX IF NOT EXISTS ${prefix}claim_end ON ${schema}${prefix}claim (ends_at);

-- What happened to the sessions of a user. The newest entry has the greatest number.
CREATE TABLE IF NOT EXISTS ${schema}${prefix}journal (
    number      bigint      GENERATED ALWAYS AS IDENTITY,
    happened_at timestamptz NOT NULL,
    field       text COLLATE "C" NOT NULL,
    value       text COLLATE "C" NOT NULL,
    entry       json        NOT NULL,
    CONSTRAINT ${prefix}journal_pk PRIMARY KEY (field, value, number)
) WITH (autovacuum_vacuum_scale_factor = 0.05, vacuum_truncate = false);

CREATE INDEX IF NOT EXISTS ${prefix}journal_time ON ${schema}${prefix}journal (happened_at);

COMMENT ON TABLE ${schema}${prefix}session IS 'quarkus-imsession 1';
