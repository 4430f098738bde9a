"""`grade new`: an assignment to start from, which grades its own solution to full points at once."""
