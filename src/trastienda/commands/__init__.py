"""The command groups of `cli.py`, one module for each."""
