"""The engine: schedule, poll, sift, and what follows."""
