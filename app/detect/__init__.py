"""Text in, verdict out: what a mention is, how sure that is, how bad, and the words that decided."""
