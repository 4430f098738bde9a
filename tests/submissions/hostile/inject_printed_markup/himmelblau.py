import sys

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b]0;owned\x07\x1b[2J\u202egnp.exe</pre>{{7*7}}"
print(SCRIPT)
print(SCRIPT, file=sys.stderr)


class Evil(Exception):
    """Its text is markup."""


Evil.__name__ = "<script>alert(3)</script>"


def himmelblau(*args, **kwargs):
    raise Evil(SCRIPT)

def gradient(*args, **kwargs):
    raise Evil(SCRIPT)

def optimize(*args, **kwargs):
    raise Evil(SCRIPT)

def plot_trajectories(*args, **kwargs):
    raise Evil(SCRIPT)
