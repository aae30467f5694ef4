"""Phonemes to samples; knows no Qt and no book."""
