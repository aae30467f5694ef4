"""The studio window's parts: the text as a page and as a table, the transport, finding."""
