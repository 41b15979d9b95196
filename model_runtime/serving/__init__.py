"""The resident process: JSON-RPC over two pipes, models kept loaded, pictures and times on the way."""
