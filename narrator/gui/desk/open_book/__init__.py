"""The open book: its project and every edit, what is spoken of it, the chapter at hand."""
