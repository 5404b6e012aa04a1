"""The tables of the archive, as numbered steps from an empty file to today's; never change a step that was released.

`mentions` and `texts` (kept apart so that lists read few pages), `earlier`, `cases`, `watch_states`, `hosts`, `polls` and `delivery`
(what became of a reply) are the listener's; `handling`, `rung`, `digested`, `corrections` and `outgoing` (the replies
themselves) are the desk's, and so is `forgotten`: bare fingerprints of mentions that the desk deleted, so that the next
poll does not hear them anew, and of who said what where, with until when in place of the words' print. `inbox` is derived from cases and handling by triggers: the few rows that some folder may
show. `search` is the full-text index; `texts` stay the only copy of a text. Changes of texts reach it by triggers, new
ones by storing.py: within a trigger FTS5 writes its buffer out at every row, which made storing four times slower.
`searchable` is our SQL function of search.py.
"""

from __future__ import annotations

NEVER = 9e99
"""Stands in `inbox.due` and `inbox.turn` where nothing is due, so that such rows sort last."""

_TABLES = """
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    watch_id TEXT NOT NULL,
    source TEXT NOT NULL,
    site TEXT NOT NULL,
    place TEXT NOT NULL,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    handle TEXT NOT NULL,
    identity_key TEXT NOT NULL,
    parent TEXT NOT NULL,
    thread TEXT NOT NULL,
    language TEXT NOT NULL,
    stars REAL,
    published REAL,
    at REAL NOT NULL,
    heard_at REAL NOT NULL,
    edited_at REAL,
    kind TEXT NOT NULL,
    score REAL NOT NULL,
    severity INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    own INTEGER NOT NULL,
    rings INTEGER NOT NULL,
    key_print INTEGER NOT NULL,
    address_print INTEGER NOT NULL,
    text_print INTEGER NOT NULL,
    thread_print INTEGER NOT NULL,
    repost_of INTEGER,
    case_id INTEGER REFERENCES cases (id)
) STRICT;
CREATE UNIQUE INDEX mention_key ON mentions (key_print) WHERE key_print <> 0;
CREATE INDEX mention_address ON mentions (address_print) WHERE address_print <> 0;
CREATE INDEX mention_text ON mentions (text_print) WHERE text_print <> 0;
CREATE INDEX mention_thread ON mentions (thread_print) WHERE thread_print <> 0 AND case_id IS NOT NULL;
CREATE INDEX mention_identity ON mentions (identity_key) WHERE identity_key <> '';
CREATE INDEX mention_order ON mentions (at);
CREATE INDEX mention_kind ON mentions (kind);
CREATE INDEX mention_heard ON mentions (heard_at);
CREATE INDEX mention_rings ON mentions (heard_at) WHERE rings = 1;
CREATE INDEX mention_case ON mentions (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX mention_repost ON mentions (repost_of) WHERE repost_of IS NOT NULL;

CREATE TABLE texts (
    id INTEGER PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    opened_at REAL NOT NULL,
    first_mention INTEGER NOT NULL,
    identity_key TEXT NOT NULL,
    due_at REAL
) STRICT;
CREATE INDEX case_identity ON cases (identity_key) WHERE identity_key <> '';
CREATE INDEX case_first ON cases (first_mention);

CREATE TABLE watch_states (
    watch_id TEXT PRIMARY KEY,
    bookmark TEXT NOT NULL,
    validators TEXT NOT NULL,
    moves TEXT NOT NULL,
    next_due REAL NOT NULL,
    polled_at REAL NOT NULL,
    heard_at REAL NOT NULL,
    new_at REAL NOT NULL,
    failures INTEGER NOT NULL,
    problem TEXT,
    signature TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    blocked_until REAL NOT NULL,
    strikes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE polls (
    id INTEGER PRIMARY KEY,
    watch_id TEXT NOT NULL,
    started REAL NOT NULL,
    finished REAL NOT NULL,
    problem TEXT NOT NULL
) STRICT;
CREATE INDEX poll_finished ON polls (finished);

CREATE TABLE handling (
    case_id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    kind TEXT,
    answered_at REAL,
    snoozed_until REAL,
    changed_at REAL NOT NULL
) STRICT;
CREATE INDEX handling_kind ON handling (case_id, kind) WHERE kind IS NOT NULL;

CREATE TABLE rung (
    mention_id INTEGER PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,
    at REAL NOT NULL
) STRICT;

CREATE TABLE forgotten (
    key_print INTEGER PRIMARY KEY,
    mention_id INTEGER NOT NULL,
    text_print INTEGER NOT NULL
) STRICT;
"""

_SEARCH = """
CREATE VIEW folded_texts AS
    SELECT id, searchable(title) AS title, searchable(author) AS author, searchable(text) AS text FROM texts;
CREATE VIRTUAL TABLE search USING fts5 (
    title, author, text,
    content = 'folded_texts', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2', detail = none, columnsize = 0
);
CREATE TRIGGER text_out AFTER DELETE ON texts BEGIN
    INSERT INTO search (search, rowid, title, author, text)
    VALUES ('delete', old.id, searchable(old.title), searchable(old.author), searchable(old.text));
END;
CREATE TRIGGER text_changed AFTER UPDATE ON texts BEGIN
    INSERT INTO search (search, rowid, title, author, text)
    VALUES ('delete', old.id, searchable(old.title), searchable(old.author), searchable(old.text));
    INSERT INTO search (rowid, title, author, text)
    VALUES (new.id, searchable(new.title), searchable(new.author), searchable(new.text));
END;
"""

_INBOX = """
CREATE TABLE inbox (
    case_id INTEGER PRIMARY KEY,
    mention_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    open INTEGER NOT NULL,
    due REAL NOT NULL,
    opened_at REAL NOT NULL,
    snoozed_until REAL NOT NULL
) STRICT;
CREATE INDEX inbox_folder ON inbox (kind, due, opened_at DESC, case_id DESC, snoozed_until, mention_id) WHERE open = 1;
CREATE INDEX inbox_due ON inbox (due) WHERE open = 1 AND due < 9e99;
CREATE INDEX inbox_snoozed ON inbox (snoozed_until, mention_id) WHERE snoozed_until > 0;

CREATE VIEW standing AS
    SELECT c.id AS case_id, c.first_mention AS mention_id, ifnull(h.kind, c.kind) AS kind,
        ifnull(h.state, 'new') AS state, iif(h.answered_at IS NULL, ifnull(c.due_at, 9e99), 9e99) AS due,
        c.opened_at AS opened_at, ifnull(h.snoozed_until, 0.0) AS snoozed_until
    FROM cases c LEFT JOIN handling h ON h.case_id = c.id
    UNION ALL
    SELECT h.case_id, m.id, ifnull(h.kind, m.kind), h.state, 9e99, m.heard_at, ifnull(h.snoozed_until, 0.0)
    FROM handling h JOIN mentions m ON m.id = -h.case_id WHERE h.case_id < 0;
CREATE VIEW inbox_now AS
    SELECT case_id, mention_id, kind, state IN ('new', 'in_work') AS open, due, opened_at, snoozed_until
    FROM standing
    WHERE state IN ('new', 'in_work') OR (snoozed_until > 0 AND state IN ('waiting', 'answered'));

CREATE TRIGGER case_in AFTER INSERT ON cases BEGIN
    INSERT OR REPLACE INTO inbox SELECT * FROM inbox_now WHERE case_id = new.id;
END;
CREATE TRIGGER case_changed AFTER UPDATE ON cases BEGIN
    DELETE FROM inbox WHERE case_id = new.id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE case_id = new.id;
END;
CREATE TRIGGER case_out AFTER DELETE ON cases BEGIN
    DELETE FROM inbox WHERE case_id = old.id;
END;
CREATE TRIGGER handling_in AFTER INSERT ON handling BEGIN
    DELETE FROM inbox WHERE case_id = new.case_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE case_id = new.case_id;
END;
CREATE TRIGGER handling_changed AFTER UPDATE ON handling BEGIN
    DELETE FROM inbox WHERE case_id = new.case_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE case_id = new.case_id;
END;
CREATE TRIGGER handling_out AFTER DELETE ON handling BEGIN
    DELETE FROM inbox WHERE case_id = old.case_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE case_id = old.case_id;
END;
"""

_LEARNING = """
ALTER TABLE mentions ADD COLUMN cause TEXT NOT NULL DEFAULT '';
CREATE INDEX mention_digest ON mentions (heard_at) WHERE rings = 2;
DROP INDEX mention_heard;
CREATE INDEX mention_heard ON mentions (heard_at, score) WHERE repost_of IS NULL;

CREATE TABLE digested (
    mention_id INTEGER PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,
    at REAL NOT NULL
) STRICT;

CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    at REAL NOT NULL,
    title TEXT NOT NULL,
    stars REAL,
    language TEXT NOT NULL,
    score REAL,
    mention_id INTEGER REFERENCES mentions (id) ON DELETE SET NULL,
    author TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX correction_mention ON corrections (mention_id) WHERE mention_id IS NOT NULL;
CREATE INDEX correction_order ON corrections (at);
"""
"""`mentions.rings` is 1 for the bell and 2 for the daily digest. `mention_heard` serves the preview of the bands too."""

_OUTBOX = """
ALTER TABLE mentions ADD COLUMN gone_at REAL;
ALTER TABLE mentions ADD COLUMN ours INTEGER NOT NULL DEFAULT 0;
CREATE INDEX mention_ours ON mentions (heard_at) WHERE ours = 1;

CREATE TABLE outgoing (
    id TEXT PRIMARY KEY,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    watch_id TEXT NOT NULL,
    text TEXT NOT NULL,
    wish TEXT NOT NULL,
    created REAL NOT NULL,
    not_before REAL NOT NULL,
    ordered INTEGER NOT NULL,
    cancelled_at REAL,
    said_at REAL,
    contact TEXT NOT NULL,
    logged_at REAL,
    told TEXT NOT NULL,
    closed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outgoing_mention ON outgoing (mention_id);
CREATE INDEX outgoing_open ON outgoing (created) WHERE closed = 0;
CREATE INDEX outgoing_order ON outgoing (created);

CREATE TABLE delivery (
    id TEXT PRIMARY KEY REFERENCES outgoing (id) ON DELETE CASCADE,
    stand TEXT NOT NULL,
    ordered INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    unsure INTEGER NOT NULL,
    looks INTEGER NOT NULL,
    begun REAL NOT NULL,
    at REAL NOT NULL,
    next_at REAL,
    place TEXT NOT NULL,
    there_at REAL,
    problem TEXT
) STRICT, WITHOUT ROWID;
"""
"""`outgoing.closed` is 1 for a reply at rest: nothing is to be done or told any more."""

_LEVELS = """
ALTER TABLE mentions ADD COLUMN level REAL NOT NULL DEFAULT 0;
UPDATE mentions SET level = score;
DROP INDEX mention_heard;
CREATE INDEX mention_heard ON mentions (heard_at, level) WHERE repost_of IS NULL;
"""
"""`mentions.level` is what the bell goes by, see core.verdict.Verdict."""

_QUICK_SEARCH = """
INSERT INTO search (search, rank) VALUES ('automerge', 8);
INSERT INTO search (search, rank) VALUES ('hashsize', 4194304);
"""
"""FTS5 merges its segments less often and keeps a whole batch in memory: storing a rush takes a quarter less time for it."""

_DUE_BY_OWNER = """
ALTER TABLE handling ADD COLUMN due_at REAL;
DROP VIEW standing;
CREATE VIEW standing AS
    SELECT c.id AS case_id, c.first_mention AS mention_id, ifnull(h.kind, c.kind) AS kind,
        ifnull(h.state, 'new') AS state, iif(h.answered_at IS NULL, coalesce(c.due_at, h.due_at, 9e99), 9e99) AS due,
        c.opened_at AS opened_at, ifnull(h.snoozed_until, 0.0) AS snoozed_until
    FROM cases c LEFT JOIN handling h ON h.case_id = c.id
    UNION ALL
    SELECT h.case_id, m.id, ifnull(h.kind, m.kind), h.state, iif(h.answered_at IS NULL, ifnull(h.due_at, 9e99), 9e99),
        m.heard_at, ifnull(h.snoozed_until, 0.0)
    FROM handling h JOIN mentions m ON m.id = -h.case_id WHERE h.case_id < 0;
"""
"""`handling.due_at` is the target of what only the owner calls a complaint."""

_SATISFACTION = """
ALTER TABLE handling ADD COLUMN resolved_at REAL;
ALTER TABLE handling ADD COLUMN satisfaction TEXT;
UPDATE handling SET resolved_at = changed_at WHERE state = 'resolved';
UPDATE handling SET snoozed_until = NULL WHERE snoozed_until <= changed_at;
CREATE INDEX handling_resolved ON handling (resolved_at) WHERE resolved_at IS NOT NULL;
"""
"""`handling.satisfaction` is the mark of a resolved case. When older ones were resolved only their last change says.

The end of a snooze was not written down before: where something was decided after it, nobody has to be told of it.
"""

_BACK = """
ALTER TABLE handling ADD COLUMN back_at REAL;
ALTER TABLE inbox ADD COLUMN turn REAL NOT NULL DEFAULT 9e99;
DROP VIEW inbox_now;
DROP VIEW standing;
CREATE VIEW standing AS
    SELECT c.id AS case_id, c.first_mention AS mention_id, ifnull(h.kind, c.kind) AS kind,
        ifnull(h.state, 'new') AS state, iif(h.answered_at IS NULL, coalesce(c.due_at, h.due_at, 9e99), 9e99) AS due,
        c.opened_at AS opened_at, ifnull(h.snoozed_until, 0.0) AS snoozed_until, ifnull(h.back_at, 9e99) AS back_at
    FROM cases c LEFT JOIN handling h ON h.case_id = c.id
    UNION ALL
    SELECT h.case_id, m.id, ifnull(h.kind, m.kind), h.state, iif(h.answered_at IS NULL, ifnull(h.due_at, 9e99), 9e99),
        m.heard_at, ifnull(h.snoozed_until, 0.0), ifnull(h.back_at, 9e99)
    FROM handling h JOIN mentions m ON m.id = -h.case_id WHERE h.case_id < 0;
CREATE VIEW inbox_now AS
    SELECT case_id, mention_id, kind, state IN ('new', 'in_work') AS open, due, opened_at, snoozed_until,
        min(due, back_at) AS turn
    FROM standing
    WHERE state IN ('new', 'in_work') OR (snoozed_until > 0 AND state IN ('waiting', 'answered'));
UPDATE inbox SET turn = due;
DROP INDEX inbox_folder;
CREATE INDEX inbox_folder ON inbox (kind, turn, opened_at DESC, case_id DESC, snoozed_until, mention_id) WHERE open = 1;
"""
"""`inbox.turn` is by what a folder is sorted: when a case is due, or when a bell brought it back where that came first."""

_EARLIER = """
CREATE TABLE earlier (
    id INTEGER PRIMARY KEY,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    until REAL NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    score REAL NOT NULL,
    identity_key TEXT NOT NULL
) STRICT;
CREATE INDEX earlier_mention ON earlier (mention_id, until);
CREATE INDEX earlier_identity ON earlier (identity_key) WHERE identity_key <> '';
CREATE INDEX forgotten_mention ON forgotten (mention_id);
ALTER TABLE mentions ADD COLUMN body_print INTEGER NOT NULL DEFAULT 0;
CREATE INDEX mention_body ON mentions (body_print) WHERE body_print <> 0;
"""
"""`earlier` holds what a mention said before it was edited, and how that was judged; `until` is when the edit was noticed.

`mentions.body_print` is that of a long text without its title; mentions heard before have none.
"""

_HEARD_AS = """
ALTER TABLE watch_states ADD COLUMN heard_as TEXT NOT NULL DEFAULT '';
"""
"""Which signature of a watch `heard_at` belongs to; «» where that was not kept yet: then it is that of the last poll."""

_TURNED = """
ALTER TABLE mentions ADD COLUMN turned_at REAL;
UPDATE mentions SET turned_at = edited_at WHERE rings > 0 AND edited_at <= heard_at + 604800.0 AND NOT EXISTS (
    SELECT 1 FROM earlier e WHERE e.mention_id = mentions.id AND e.until = mentions.edited_at AND e.kind = 'complaint'
) AND NOT EXISTS (SELECT 1 FROM rung r WHERE r.mention_id = mentions.id AND r.at < mentions.edited_at);
CREATE INDEX mention_turned ON mentions (turned_at) WHERE turned_at IS NOT NULL;
"""
"""`mentions.turned_at` is when an edit was noticed for which a mention rings, or is in the digest, however old it is.

Before that only an edit in the week after a mention was heard could ring, and only of what had not rung.
"""

_WEIGHT = """
ALTER TABLE inbox ADD COLUMN severity INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN said_at REAL NOT NULL DEFAULT 0.0;
DROP VIEW inbox_now;
DROP VIEW standing;
CREATE VIEW standing AS
    SELECT c.id AS case_id, c.first_mention AS mention_id, ifnull(h.kind, c.kind) AS kind,
        ifnull(h.state, 'new') AS state, iif(h.answered_at IS NULL, coalesce(c.due_at, h.due_at, 9e99), 9e99) AS due,
        c.opened_at AS opened_at, ifnull(h.snoozed_until, 0.0) AS snoozed_until, ifnull(h.back_at, 9e99) AS back_at,
        ifnull(m.severity, 0) AS severity, ifnull(m.at, c.opened_at) AS said_at
    FROM cases c LEFT JOIN handling h ON h.case_id = c.id LEFT JOIN mentions m ON m.id = c.first_mention
    UNION ALL
    SELECT h.case_id, m.id, ifnull(h.kind, m.kind), h.state, iif(h.answered_at IS NULL, ifnull(h.due_at, 9e99), 9e99),
        m.heard_at, ifnull(h.snoozed_until, 0.0), ifnull(h.back_at, 9e99), m.severity, m.at
    FROM handling h JOIN mentions m ON m.id = -h.case_id WHERE h.case_id < 0;
CREATE VIEW inbox_now AS
    SELECT case_id, mention_id, kind, state IN ('new', 'in_work') AS open, due, opened_at, snoozed_until,
        min(due, back_at) AS turn, severity, said_at
    FROM standing
    WHERE state IN ('new', 'in_work') OR (snoozed_until > 0 AND state IN ('waiting', 'answered'));
CREATE TRIGGER mention_weighed AFTER INSERT ON mentions WHEN new.case_id IS NOT NULL BEGIN
    UPDATE inbox SET severity = new.severity, said_at = new.at WHERE case_id = new.case_id AND mention_id = new.id;
END;
CREATE TRIGGER mention_weighed_anew AFTER UPDATE OF severity, at ON mentions
WHEN new.severity <> old.severity OR new.at <> old.at BEGIN
    UPDATE inbox SET severity = new.severity, said_at = new.at
    WHERE case_id IN (new.case_id, -new.id) AND mention_id = new.id;
END;
UPDATE inbox SET (severity, said_at) = (SELECT m.severity, m.at FROM mentions m WHERE m.id = inbox.mention_id)
WHERE mention_id IN (SELECT id FROM mentions);
DROP INDEX inbox_folder;
CREATE INDEX inbox_folder ON inbox (
    kind, turn, iif(turn < 9e99, -severity, 0), iif(turn < 9e99, said_at, -opened_at),
    iif(turn < 9e99, case_id, -case_id), snoozed_until, mention_id
) WHERE open = 1;
DROP INDEX inbox_due;
CREATE INDEX inbox_due ON inbox (due, severity DESC, said_at, case_id) WHERE open = 1 AND due < 9e99;
"""
"""Of cases that are due at one time, as all are after a night, the worse stands first, then what was said longest ago.

Where nothing is due the newest stands first.
"""

_WORST = """
CREATE INDEX mention_worst ON mentions (case_id, severity DESC, id)
WHERE case_id IS NOT NULL AND kind = 'complaint' AND ours = 0 AND repost_of IS NULL;
DROP VIEW inbox_now;
DROP VIEW standing;
CREATE VIEW standing AS
    SELECT c.id AS case_id, ifnull(m.id, c.first_mention) AS mention_id, ifnull(h.kind, c.kind) AS kind,
        ifnull(h.state, 'new') AS state, iif(h.answered_at IS NULL, coalesce(c.due_at, h.due_at, 9e99), 9e99) AS due,
        c.opened_at AS opened_at, ifnull(h.snoozed_until, 0.0) AS snoozed_until, ifnull(h.back_at, 9e99) AS back_at,
        ifnull(m.severity, 0) AS severity, ifnull(m.at, c.opened_at) AS said_at
    FROM cases c LEFT JOIN handling h ON h.case_id = c.id LEFT JOIN mentions m ON m.id = ifnull(iif(c.kind = 'complaint', (
        SELECT o.id FROM mentions o
        WHERE o.case_id = c.id AND o.case_id IS NOT NULL AND o.kind = 'complaint' AND o.ours = 0 AND o.repost_of IS NULL
            AND o.severity > ifnull((
                SELECT f.severity FROM mentions f WHERE f.id = c.first_mention AND f.kind = 'complaint' AND f.ours = 0
            ), -1)
        ORDER BY o.severity DESC, o.id LIMIT 1
    ), NULL), c.first_mention)
    UNION ALL
    SELECT h.case_id, m.id, ifnull(h.kind, m.kind), h.state, iif(h.answered_at IS NULL, ifnull(h.due_at, 9e99), 9e99),
        m.heard_at, ifnull(h.snoozed_until, 0.0), ifnull(h.back_at, 9e99), m.severity, m.at
    FROM handling h JOIN mentions m ON m.id = -h.case_id WHERE h.case_id < 0;
CREATE VIEW inbox_now AS
    SELECT case_id, mention_id, kind, state IN ('new', 'in_work') AS open, due, opened_at, snoozed_until,
        min(due, back_at) AS turn, severity, said_at
    FROM standing
    WHERE state IN ('new', 'in_work') OR (snoozed_until > 0 AND state IN ('waiting', 'answered'));
CREATE TRIGGER mention_worse AFTER INSERT ON mentions WHEN new.case_id IS NOT NULL AND new.kind = 'complaint' BEGIN
    INSERT OR REPLACE INTO inbox SELECT * FROM inbox_now WHERE case_id = new.case_id;
END;
CREATE TRIGGER mention_judged_anew AFTER UPDATE OF case_id, kind, severity, ours, repost_of ON mentions
WHEN (old.case_id, old.kind, old.severity, old.ours, old.repost_of)
    IS NOT (new.case_id, new.kind, new.severity, new.ours, new.repost_of) BEGIN
    INSERT OR REPLACE INTO inbox SELECT * FROM inbox_now WHERE case_id = old.case_id AND case_id > 0;
    INSERT OR REPLACE INTO inbox SELECT * FROM inbox_now WHERE case_id = new.case_id AND case_id > 0;
    INSERT OR REPLACE INTO inbox SELECT * FROM inbox_now WHERE case_id = -new.id;
END;
CREATE TRIGGER mention_out AFTER DELETE ON mentions WHEN old.case_id IS NOT NULL AND old.kind = 'complaint' BEGIN
    INSERT OR REPLACE INTO inbox SELECT * FROM inbox_now WHERE case_id = old.case_id;
END;
INSERT OR REPLACE INTO inbox SELECT * FROM inbox_now WHERE case_id IN (SELECT id FROM cases WHERE kind = 'complaint');
INSERT OR REPLACE INTO inbox SELECT * FROM inbox_now WHERE case_id < 0;
"""
"""For a case that is a complaint the worst one in it stands in the list, where that is worse than what it began with. What the shop says, and the
same words elsewhere, do not. What the owner has in hand without a case stands where its words by now belong.
"""

STEPS: tuple[str, ...] = (
    _TABLES + _SEARCH + _INBOX,
    _LEARNING,
    _OUTBOX,
    _LEVELS + _QUICK_SEARCH,
    _DUE_BY_OWNER,
    _SATISFACTION,
    _BACK,
    _EARLIER,
    _HEARD_AS,
    _TURNED,
    _WEIGHT,
    _WORST,
)
"""Step n brings a file from version n to n + 1."""
