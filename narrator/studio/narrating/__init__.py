"""A book becomes files: the order, the pass over its chapters, the formats."""
