"""Finding watches: what each kind of place makes of an address, a handle or a name."""
