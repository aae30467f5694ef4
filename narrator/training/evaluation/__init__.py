"""The judge: who speaks, what is measured of it, and how it is shown."""
