"""Voice profiles: whose voice it is, what the speaker agreed to, and how one is made."""
