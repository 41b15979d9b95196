"""Finding, starting and talking to the model runtime, a process of its own."""
