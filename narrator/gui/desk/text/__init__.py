"""The text of a chapter, as a page to read and as a table of sentences."""
