"""Preferences: what the user may set for all books."""
