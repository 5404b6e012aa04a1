"""Is there a newer version of this program? Asked once a day at most, and only where the owner lets it."""
