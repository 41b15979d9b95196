"""The sheet of evidence: what the embedded model can do, in numbers and pictures, made by one command."""
