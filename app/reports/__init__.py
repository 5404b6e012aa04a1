"""Reports: what the archive tells of a stretch of time, as tables. One file each in the catalog."""
