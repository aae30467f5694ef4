"""Reader's mode: a book's text in large type and a few big buttons, for those who listen."""
