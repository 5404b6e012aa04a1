"""Makes the detector's weights from labelled texts; no part of the installed program."""
