"""The inaudible mark: how it is written, what it says, how it is found again."""
