"""The sample shop: its places are served from loopback inside the program, so it needs no network."""
