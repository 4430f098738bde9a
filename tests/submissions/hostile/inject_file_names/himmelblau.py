import os

NAME = os.path.join(os.getcwd(), "<img src=x onerror=alert(1)>\n\x1b[31m\u202e.py")
exec(compile("def fail(*args, **kwargs):\n    raise ValueError('<script>alert(1)</script>')", NAME, "exec"))
for name in ("a\n<b>.py", "\x1b]0;owned\x07", "-rf", "..\\..\\x", "con", os.fsdecode(b"\xff\xfe"), "x" * 255):
    open(name, "w").close()
himmelblau = gradient = optimize = plot_trajectories = fail
