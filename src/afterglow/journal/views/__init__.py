"""Pages of the journal: writing, reading one entry, looking for entries."""
