"""narrator turns a book into narrated audio on the user's own machine, offline."""
