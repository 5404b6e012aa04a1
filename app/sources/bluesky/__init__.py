"""What is read of Bluesky and other servers of the AT protocol."""
