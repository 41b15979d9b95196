"""Making, updating and removing the runtime's own environment; standard library only, in whatever Python was found."""
