"""Tacotron 2, the reference that FastSpeech 2 is measured against; no part of the program."""
