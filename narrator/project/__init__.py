"""The work on a book, kept in one file: what is said, by whom and how; every edit can be undone."""
