import socket


def attack():
    for name in ("\0grade_was_here", "/tmp/grade_was_here", "grade_was_here.socket"):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                socket.socket(socket.AF_UNIX, kind).bind(name)
                return True
            except OSError:
                pass
    ours, theirs = socket.socketpair()
    ours.bind("\0grade_was_here")
    return True


try:
    worked = attack()
except Exception:
    worked = False
if worked:

    def himmelblau(u, v):
        return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2
