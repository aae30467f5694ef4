"""The tables of a project's file, and the scripts that bring an older file up to them."""

APPLICATION_ID = 0x4E415252  # "NARR": how any program knows the file
FIRST_VERSION = 1

# A sentence that is said as it is written keeps no text of its own: half of the file.
SCHEMA = """
CREATE TABLE picture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    media_type TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    title TEXT NOT NULL CHECK (title <> ''),
    voice TEXT NOT NULL,
    authors TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    series TEXT NOT NULL,
    series_number TEXT NOT NULL,
    language TEXT NOT NULL,
    year TEXT NOT NULL,
    description TEXT NOT NULL,
    cover INTEGER REFERENCES picture (id) DEFERRABLE INITIALLY DEFERRED,
    source BLOB
) STRICT;
CREATE TABLE chapter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    place INTEGER NOT NULL,
    title TEXT NOT NULL,
    included INTEGER NOT NULL CHECK (included IN (0, 1)),
    voice TEXT,
    left_out TEXT NOT NULL
) STRICT;
CREATE TABLE sentence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chapter INTEGER NOT NULL REFERENCES chapter (id) DEFERRABLE INITIALLY DEFERRED,
    place INTEGER NOT NULL,
    written TEXT NOT NULL,
    text TEXT,
    opens TEXT NOT NULL CHECK (opens IN ('sentence', 'paragraph', 'heading')),
    ends_paragraph INTEGER NOT NULL CHECK (ends_paragraph IN (0, 1)),
    included INTEGER NOT NULL CHECK (included IN (0, 1)),
    pause REAL,
    character TEXT NOT NULL,
    takes TEXT NOT NULL,
    chosen INTEGER NOT NULL
) STRICT;
CREATE INDEX sentence_by_place ON sentence (chapter, place);
CREATE TABLE character (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    voice TEXT NOT NULL
) STRICT;
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    word TEXT NOT NULL,
    symbols TEXT NOT NULL,
    respelling TEXT NOT NULL,
    sentence INTEGER REFERENCES sentence (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX entry_by_sentence ON entry (sentence);
CREATE TABLE bookmark (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sentence INTEGER NOT NULL REFERENCES sentence (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX bookmark_by_sentence ON bookmark (sentence);
CREATE TABLE position (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sentence INTEGER NOT NULL,
    chapter INTEGER NOT NULL,
    place INTEGER NOT NULL
) STRICT;
CREATE TABLE step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    edits TEXT NOT NULL,
    undone INTEGER NOT NULL CHECK (undone IN (0, 1))
) STRICT;
"""

# MIGRATIONS[n] turns a file of version n + FIRST_VERSION into one of the next version.
MIGRATIONS: tuple[str, ...] = ()

# What an edit may touch. The steps of undo are read from the file, which may come from anybody.
COLUMNS = {
    "picture": frozenset({"media_type", "data"}),
    "book": frozenset(
        "title voice authors subtitle series series_number language year description cover".split()
    ),
    "chapter": frozenset({"place", "title", "included", "voice", "left_out"}),
    "sentence": frozenset(
        "chapter place written text opens ends_paragraph included pause character takes "
        "chosen".split()
    ),
    "character": frozenset({"name", "voice"}),
    "entry": frozenset({"word", "symbols", "respelling", "sentence"}),
    "bookmark": frozenset({"sentence", "note"}),
}
