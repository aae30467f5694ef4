"""The prosody lane: the melody of one sentence, drawn as a curve and bent by hand."""
