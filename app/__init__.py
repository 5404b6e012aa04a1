"""Counterbell: hears complaints about a small shop, rings once for each, keeps the customer's story on the laptop."""
