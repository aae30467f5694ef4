"""The work on a book; window and command line are two ways in."""
