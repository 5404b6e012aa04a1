"""One file per source; each offers `SOURCE`, and its file name is the source's id."""
