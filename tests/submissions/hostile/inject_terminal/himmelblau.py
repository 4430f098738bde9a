import sys

CODES = "\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil.example\x1b\\click\x1b[1A\x1b[2K\r40 of 40 points\x9b2J\x08\x7f"
print(CODES)
sys.stderr.write(CODES * 100)


def himmelblau(u, v):
    print(CODES)
    raise ValueError(CODES)


def gradient(u, v):
    return CODES
