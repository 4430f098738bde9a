"""`grade check`: the public checks on a student's own file, on the student's own machine: no wall, no solution.

Nothing on this path needs what only one operating system has.
"""
