"""Reading feeds: RSS, Atom and JSON Feed as bytes in, mentions out."""
