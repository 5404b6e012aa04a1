"""One file per report; each offers `table`, and its file name is the report's id."""
