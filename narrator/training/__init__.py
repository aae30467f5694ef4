"""How the weights are made; not needed to narrate."""
