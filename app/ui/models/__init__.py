"""Item models: given whole rows, they never ask anybody."""
