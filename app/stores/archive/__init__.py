"""The archive: one SQLite file of what was heard and where it stands, with full-text search; see open.py."""
