"""The window process: the only room with Qt."""
