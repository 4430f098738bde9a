import os


def himmelblau(u, v):
    for number in range(20):
        os.makedirs(f"closed{number}/inside")
        open(f"closed{number}/inside/file", "w").write("x")
    os.umask(0)
    for number, mode in enumerate((0o000, 0o300, 0o111, 0o400)):
        os.mkdir(f"mode{number}", mode)
        os.rename("closed0", f"mode{number}/inside") if mode == 0o300 else None
