"""Painters of rows in lists."""
