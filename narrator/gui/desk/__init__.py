"""The studio window, put together from the open book, its views and the work that is done on it."""
