"""The command line: one file a command; errors become one sentence and an exit status."""
