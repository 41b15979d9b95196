"""Training of the embedded model on simulated scenes."""
