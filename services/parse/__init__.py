"""parse: find the form in a stream of blocks: metadata, sections, the three tables."""
