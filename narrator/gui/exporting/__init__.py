"""Exports in the window: what is to be written, and the queue of what is being written."""
