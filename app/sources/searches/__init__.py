"""News searches: what they have in common."""
