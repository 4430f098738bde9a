import conftest
import sitecustomize


def himmelblau(u, v):
    return None
