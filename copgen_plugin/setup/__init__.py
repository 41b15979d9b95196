"""Setting up, proving, updating and removing the environment of the models."""
