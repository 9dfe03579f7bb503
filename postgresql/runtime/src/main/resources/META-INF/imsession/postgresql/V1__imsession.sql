-- The tables of quarkus-imsession, version 1.

-- A session. No column of an index changes while a session is used, so that its versions stay in one page.
CREATE TABLE IF NOT EXISTS imsession_session (
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
    CONSTRAINT imsession_session_pk PRIMARY KEY (id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.1, vacuum_truncate = false,
    toast.autovacuum_vacuum_scale_factor = 0.05, toast.vacuum_truncate = false);

CREATE INDEX IF NOT EXISTS imsession_session_cleanup ON imsession_session (cleanup_at);

-- The values by which sessions are found.
CREATE TABLE IF NOT EXISTS imsession_reference (
    session_id text COLLATE "C" NOT NULL,
    field      text COLLATE "C" NOT NULL,
    value      text COLLATE "C" NOT NULL,
    CONSTRAINT imsession_reference_pk PRIMARY KEY (session_id, field),
    CONSTRAINT imsession_reference_fk FOREIGN KEY (session_id) REFERENCES imsession_session (id) ON DELETE CASCADE
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, vacuum_truncate = false);

CREATE UNIQUE INDEX IF NOT EXISTS imsession_reference_value ON imsession_reference (field, value, session_id);

-- Names that are reserved for a time, such as that of a log-out that must not be repeated.
CREATE TABLE IF NOT EXISTS imsession_claim (
    ends_at   timestamptz NOT NULL,
    name_hash text COLLATE "C" NOT NULL,
    holder    text COLLATE "C" NOT NULL,
    CONSTRAINT imsession_claim_pk PRIMARY KEY (name_hash)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, vacuum_truncate = false);

CREATE INDEX IF NOT EXISTS imsession_claim_end ON imsession_claim (ends_at);

-- What happened to the sessions of a user. The newest entry has the greatest number.
CREATE TABLE IF NOT EXISTS imsession_journal (
    number      bigint      GENERATED ALWAYS AS IDENTITY,
    happened_at timestamptz NOT NULL,
    field       text COLLATE "C" NOT NULL,
    value       text COLLATE "C" NOT NULL,
    entry       json        NOT NULL,
    CONSTRAINT imsession_journal_pk PRIMARY KEY (field, value, number)
) WITH (autovacuum_vacuum_scale_factor = 0.05, vacuum_truncate = false);

CREATE INDEX IF NOT EXISTS imsession_journal_time ON imsession_journal (happened_at);

COMMENT ON TABLE imsession_session IS 'quarkus-imsession 1';
