"""How much a voice that was heard, or enrolled, is like its speaker."""
