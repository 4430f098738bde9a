"""What grading costs: `make bench`."""
