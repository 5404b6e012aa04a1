"""The protocols through which rooms meet; bootstrap fills them."""
