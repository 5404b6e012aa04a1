"""Tables of mentions: read from whatever a spreadsheet writes, and written so that they can be read again."""
