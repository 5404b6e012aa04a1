"""Real servers on loopback, spoken to through the program as its users start it: `make real`."""
