"""The Processing provider: one file an algorithm, and what they share."""
