"""What is read of Facebook and Instagram through the owner's own app: posts, the comments under them, refusals."""
