"""Run `grade run` again and again in forks of one warm process, and kill something of it at a random moment.

`python -m tests.gradebook.kills SEED KILLS CLASS OUT [options of grade run]` prints, as JSON, what was killed when.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.command import MINI

KINDS = ("everything", "grade", "grade", "a job", "a nursery", "a worker", "Ctrl-C")
"""What is killed; `everything` is what is left of a run when the power fails."""


def main(seed: int, kills: int, submissions: str, out: str, *options: str) -> None:
    """Kill until a run has got to its end, then begin anew in another folder, until there were enough kills."""
    from grader.sandbox import nursery

    nursery.warm(notebooks=True)
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    said: list[dict[str, object]] = []
    round_ = 0
    length = _timed(["run", "mini", submissions, "-o", f"{out}/undisturbed", "--course", str(MINI), *options])
    while len(said) < kills:
        arguments = ["run", "mini", submissions, "-o", f"{out}/{round_}", "--course", str(MINI), *options]
        for _ in range(4):
            kind, moment = chance.choice(KINDS), chance.uniform(0.0, length)
            said.append({"kind": kind, "moment": moment, "code": _disturbed(arguments, kind, moment, chance)})
        _timed(arguments)
        round_ += 1
    print(json.dumps({"length": length, "rounds": round_, "kills": said}))  # noqa: T201 - it is asked for


def _timed(arguments: list[str]) -> float:
    start = time.monotonic()
    code = os.waitstatus_to_exitcode(os.waitpid(_start(arguments), 0)[1])
    assert code == 0, code
    return time.monotonic() - start


def _disturbed(arguments: list[str], kind: str, moment: float, chance: random.Random) -> int:
    """Start a run, kill some of it, and say how it ended."""
    pid = _start(arguments)
    time.sleep(moment)
    for victim in _victims(pid, kind, chance):
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGINT if kind == "Ctrl-C" else signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _start(arguments: list[str]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            sys.argv = ["grade", *arguments]
            from grader.cli import main as command

            command()
        except SystemExit as error:
            code = int(error.code or 0)
        finally:
            os._exit(code)
    return pid


def _victims(pid: int, kind: str, chance: random.Random) -> list[int]:
    """Choose processes by what they are in the tree of a run: a worker is a child of a nursery, which has the uid."""
    children = _children(pid)
    workers = [grandchild for child in children for grandchild in _children(child)]
    nurseries = [child for child in children if _children(child)]
    others = [child for child in children if child not in nurseries]
    pool = {"a job": others, "a nursery": nurseries, "a worker": workers}.get(kind)
    if pool is not None:
        return [chance.choice(pool)] if pool else []
    return [pid, *children, *workers] if kind == "everything" else [pid]


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
