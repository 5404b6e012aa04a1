"""One file per way to pass a case on; each offers `link`, and its file name is the target's id."""
