"""The wall: a nursery, locked-down workers, and the wire to them. It knows nothing of grading."""
