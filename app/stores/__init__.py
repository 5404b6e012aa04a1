"""Everything that is kept: the archive, the customers' files, the shop file, secrets; only home of their libraries."""
