"""The face without a screen: results on standard output, everything else on standard error."""
