"""The networks: transformer, bundle on disk, published checkpoints."""
