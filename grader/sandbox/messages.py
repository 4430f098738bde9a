"""What the trusted side asks of a nursery, and what it answers.

(nothing)             -> Standing, or Broken      it has been set up
Spawn + 3 descriptors -> Spawned + a pidfd        fork a worker, lock it down
Reap                  -> Reaped                   wait for a worker that was killed or has ended
Clear                 -> Cleared                  kill and reap all workers (their job has died)
"""

from __future__ import annotations

import msgspec

MAX_MESSAGE = 65536


class Spawn(msgspec.Struct, tag="spawn", frozen=True):
    """Fork a worker that works in `scratch` (holding `work` and `home`), as `uid` where that is not None."""

    scratch: str
    uid: int | None
    memory: int
    cpu_seconds: int
    file_bytes: int
    threads: int
    probe: tuple[str, ...] | None = None


class Spawned(msgspec.Struct, tag="spawned", frozen=True):
    """The worker's process id; its pidfd comes along."""

    pid: int


class Reap(msgspec.Struct, tag="reap", frozen=True):
    """Wait for a worker to end."""

    pid: int


class Reaped(msgspec.Struct, tag="reaped", frozen=True):
    """How a worker ended (as from os.waitstatus_to_exitcode) and the CPU it used, in seconds."""

    exit_code: int
    cpu: float


class Clear(msgspec.Struct, tag="clear", frozen=True):
    """Kill and reap every worker; `token` marks the answer, as an owner that died may have left others unread."""

    token: int


class Cleared(msgspec.Struct, tag="cleared", frozen=True):
    """No worker is left."""

    token: int


class Broken(msgspec.Struct, tag="broken", frozen=True):
    """The nursery could not be set up; it has ended."""

    message: str


class Standing(msgspec.Struct, tag="standing", frozen=True):
    """The nursery is ready; `layers` are those it has taken itself."""

    layers: tuple[str, ...]


Order = Spawn | Reap | Clear
Answer = Standing | Spawned | Reaped | Cleared | Broken
orders = msgspec.msgpack.Decoder(Order)
answers = msgspec.msgpack.Decoder(Answer)
encode = msgspec.msgpack.encode
