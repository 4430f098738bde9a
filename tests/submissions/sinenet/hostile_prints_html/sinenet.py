import sys

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b]0;owned\x07\x1b[2J\u202egnp.exe</pre>{{7*7}}"
print(SCRIPT)
print(SCRIPT, file=sys.stderr)


class Evil(Exception):
    """Its text is markup."""


Evil.__name__ = "<script>alert(3)</script>"


def make_data(*args, **kwargs):
    raise Evil(SCRIPT)

def SineNet(*args, **kwargs):
    raise Evil(SCRIPT)

def init_weights(*args, **kwargs):
    raise Evil(SCRIPT)

def count_parameters(*args, **kwargs):
    raise Evil(SCRIPT)

def train(*args, **kwargs):
    raise Evil(SCRIPT)

def fit_linear_baseline(*args, **kwargs):
    raise Evil(SCRIPT)
