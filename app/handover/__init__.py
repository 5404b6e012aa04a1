"""Handing over: ways to pass a case on to somebody outside. One file each in the catalog."""
