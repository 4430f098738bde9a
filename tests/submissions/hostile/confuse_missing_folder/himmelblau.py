import os


def himmelblau(u, v):
    os.remove("himmelblau.py")
    os.rmdir(os.getcwd())
    raise ValueError("where am I?")
