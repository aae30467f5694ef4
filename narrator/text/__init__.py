"""Written words to phonemes."""
