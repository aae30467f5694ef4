"""The windows in which a user says how words are said."""
