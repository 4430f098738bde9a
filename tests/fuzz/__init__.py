"""Fuzzing of what reads hostile bytes: `python -m tests.fuzz archives 60`."""
