# SPDX-License-Identifier: EUPL-1.2
"""Version 1: the journal, its openings, its events, its signed checkpoints and its signed erasures."""

STATEMENTS = (
    """CREATE TABLE journal (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        public_key BLOB NOT NULL,
        kiosk TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE boot (
        epoch INTEGER PRIMARY KEY,
        kiosk TEXT NOT NULL,
        started TEXT NOT NULL,
        first_seq INTEGER NOT NULL,
        settled INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE event (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        kiosk TEXT NOT NULL,
        boot INTEGER NOT NULL REFERENCES boot (epoch),
        session TEXT NOT NULL,
        time TEXT NOT NULL,
        type TEXT NOT NULL,
        payload TEXT,
        salt BLOB,
        commitment BLOB NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL,
        CHECK ((payload IS NULL) = (salt IS NULL))
    ) STRICT""",
    """CREATE TABLE checkpoint (
        number INTEGER PRIMARY KEY,
        seq INTEGER NOT NULL,
        hash BLOB NOT NULL,
        boot INTEGER NOT NULL REFERENCES boot (epoch),
        time TEXT NOT NULL,
        kind TEXT NOT NULL,
        signature BLOB NOT NULL
    ) STRICT""",
    # scope: event type -> number of the last row of that type whose payload is erased; each record holds
    # the whole of it, so that the last one says everything.
    """CREATE TABLE retention (
        number INTEGER PRIMARY KEY,
        time TEXT NOT NULL,
        scope TEXT NOT NULL,
        signature BLOB NOT NULL
    ) STRICT""",
    # INSERT OR REPLACE would delete a row without firing a delete trigger: only the next number may come in.
    """CREATE TRIGGER event_in_order BEFORE INSERT ON event
        WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM event), 0) + 1
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    # The one way through: a signed retention record that covers the row, and nothing changed but payload and
    # salt, which become NULL.
    """CREATE TRIGGER event_unchanged BEFORE UPDATE ON event
        WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL
          OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.kiosk IS NOT OLD.kiosk
          OR NEW.boot IS NOT OLD.boot OR NEW.session IS NOT OLD.session OR NEW.time IS NOT OLD.time
          OR NEW.type IS NOT OLD.type OR NEW.commitment IS NOT OLD.commitment
          OR NEW.prev IS NOT OLD.prev OR NEW.hash IS NOT OLD.hash
          OR OLD.seq > coalesce((SELECT json_extract(scope, '$."' || OLD.type || '"')
                                 FROM retention ORDER BY number DESC LIMIT 1), 0)
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    """CREATE TRIGGER checkpoint_in_order BEFORE INSERT ON checkpoint
        WHEN NEW.number IS NOT coalesce((SELECT max(number) FROM checkpoint), 0) + 1
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "CREATE TRIGGER checkpoint_kept BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER checkpoint_unchanged BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    """CREATE TRIGGER retention_in_order BEFORE INSERT ON retention
        WHEN NEW.number IS NOT coalesce((SELECT max(number) FROM retention), 0) + 1
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "CREATE TRIGGER retention_kept BEFORE DELETE ON retention BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER retention_unchanged BEFORE UPDATE ON retention BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    """CREATE TRIGGER journal_once BEFORE INSERT ON journal
        WHEN EXISTS (SELECT 1 FROM journal) BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER boot_kept BEFORE DELETE ON boot BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)
