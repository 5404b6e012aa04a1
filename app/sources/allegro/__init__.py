"""Allegro: the servers, the session of the owner's own application, and ratings."""
