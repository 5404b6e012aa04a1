"""Web pages without a feed: their elements, the lists on them, and what the entries of a list say."""
