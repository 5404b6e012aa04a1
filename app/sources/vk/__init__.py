"""What is read of VK: searches, the wall of a community, the comments under its posts."""
