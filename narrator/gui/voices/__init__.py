"""The windows in which voices are made, listed, renewed and withdrawn."""
