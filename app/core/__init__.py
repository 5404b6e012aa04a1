"""Values, rules and ports: standard library only, no input or output, no threads."""
