"""The nursery's own root: what can be named in it, what cannot, and where it is not to be had."""

from __future__ import annotations

import errno
import importlib
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import limits, lockdown, namespaces, syscalls

READ_ROOTS = lockdown.read_roots()
UID = 61000

pytestmark = pytest.mark.skipif(
    not namespaces.possible(sys.prefix), reason="this machine gives no namespaces to this user"
)
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a worker a uid of its own")


def enter(place: Any) -> tuple[str, ...]:
    """Enter the root that a nursery here would have."""
    return namespaces.enter(READ_ROOTS, str(place.base))


def refused(function: Callable[[], object]) -> str:
    """Return how a function fails."""
    try:
        function()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "done"


def test_secrets_have_no_name(place: Any, in_child: Callable[..., Any]) -> None:
    """A hidden file, the checkout, /proc and the temporary directory's other files do not exist there."""
    hidden = [place.secret, place.outside, Path(__file__)]
    names = [*hidden, *map(Path, ("/proc/self", "/proc/1", "/dev/shm"))]  # noqa: S108 - must not exist

    def look() -> list[bool]:
        enter(place)
        return [name.exists() for name in names]

    assert in_child(look).value == [False] * len(names)


def test_entering_is_seen(place: Any, in_child: Callable[..., Any]) -> None:
    """`enter` names its layer, and `entered` can tell."""

    def look() -> list[Any]:
        before = namespaces.entered()
        return [before, enter(place), namespaces.entered()]

    assert in_child(look).value == [False, ["namespaces"], True]


@needs_root
def test_another_user_can_read_python(place: Any, in_child: Callable[..., Any]) -> None:
    """A worker with a uid of its own imports lazily, though Python be installed below a private home."""

    def worker() -> list[str]:
        enter(place)
        os.setgroups([])
        os.setresgid(UID, UID, UID)
        os.setresuid(UID, UID, UID)
        for name in ("wave", "csv"):
            sys.modules.pop(name, None)
        return [str(importlib.import_module(name).__file__) for name in ("wave", "csv")]

    assert [Path(path).name for path in in_child(worker).value] == ["wave.py", "csv.py"]


def test_only_scratch_can_be_written(place: Any, in_child: Callable[..., Any]) -> None:
    """Files are made below the scratch base and nowhere else, not by root either."""
    places = [
        place.base,
        Path("/"),
        Path(sys.base_prefix),
        Path(os.__file__).parent,
        Path("/dev"),
        Path("/usr/lib"),
    ]

    def write() -> list[str]:
        enter(place)
        return [refused((directory / "new").touch) for directory in places]

    assert in_child(write).value == ["done", *["EROFS"] * (len(places) - 1)]


def test_the_sealing_cannot_be_undone(place: Any, in_child: Callable[..., Any]) -> None:
    """After entering, no mount can be made or changed, and the old root cannot be come by."""
    remount_writable, detach = 32 | 4096, 2

    def try_it() -> list[str]:
        enter(place)
        return [
            refused(lambda: syscalls.call("mount", 0, b"/", 0, remount_writable, 0)),
            refused(lambda: syscalls.call("umount2", b"/usr/lib", detach)),
            refused(lambda: syscalls.call("unshare", 0x20000)),
            refused(lambda: syscalls.call("chroot", b"/usr/lib")),
            "old root" if Path("/../.old").exists() else "no old root",
        ]

    assert in_child(try_it).value == [*["EPERM"] * 4, "no old root"]


def test_devices_work(place: Any, in_child: Callable[..., Any]) -> None:
    """The four devices can be used, and there are no others."""

    def use() -> list[Any]:
        enter(place)
        return [
            Path(os.devnull).write_bytes(b"x"),
            len(Path("/dev/zero").open("rb").read(3)),
            len(Path("/dev/urandom").open("rb").read(3)),
            sorted(path.name for path in Path("/dev").iterdir()),
        ]

    assert in_child(use).value == [1, 3, 3, ["null", "random", "urandom", "zero"]]


def test_there_is_no_network(place: Any, in_child: Callable[..., Any]) -> None:
    """Nothing can be reached, this machine itself included."""

    def connect() -> list[Any]:
        enter(place)
        with socket.socket() as client:
            return [
                refused(lambda: client.connect(("127.0.0.1", 9))),
                [name for _, name in socket.if_nameindex()],
            ]

    reached, devices = in_child(connect).value

    assert reached == "ENETUNREACH"
    assert "eth0" not in devices


def test_privileges_are_dropped(place: Any, in_child: Callable[..., Any]) -> None:
    """Root keeps what it takes to give a worker its uid and to end it; an ordinary user keeps nothing."""

    def held() -> int:
        enter(place)
        return limits.held_capabilities()

    kept = sum(1 << one for one in limits.FOR_FORKING_WORKERS) if os.geteuid() == 0 else 0
    assert in_child(held).value == kept


@needs_root
def test_an_ordinary_user_enters_too(place: Any, in_child: Callable[..., Any]) -> None:
    """Where user namespaces are open to all, an ordinary user's nursery hides files as root's does."""
    place.give_to(UID)

    def user() -> list[Any]:
        os.setgroups([])
        os.setresgid(UID, UID, UID)
        os.setresuid(UID, UID, UID)
        syscalls.call("prctl", 4, 1, 0, 0, 0)  # PR_SET_DUMPABLE, which the change of user took away
        if not namespaces.possible("/usr/lib"):
            return []
        return [
            *enter(place),
            refused((place.scratch / "new").touch),
            limits.held_capabilities(),
            place.secret.exists(),
        ]

    ended = in_child(user)
    if ended.value == []:
        pytest.skip("this machine gives ordinary users no namespaces")

    assert (ended.error, ended.value) == ("", ["namespaces", "done", 0, False])


def test_a_refusal_changes_nothing(place: Any, in_child: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine refuses namespaces, `enter` returns nothing and the process is as before."""
    call = syscalls.call

    def docker(name: str, *arguments: Any) -> int:
        if name == "unshare":
            raise PermissionError(errno.EPERM, name)
        return call(name, *arguments)

    monkeypatch.setattr(syscalls, "call", docker)

    def look() -> list[Any]:
        before = limits.held_capabilities()
        return [
            enter(place),
            limits.held_capabilities() == before,
            place.base.exists(),
            Path("/proc/self").exists(),
        ]

    assert in_child(look).value == [[], True, True, True]


def test_half_a_move_is_an_error(place: Any, in_child: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A move that fails half-way raises SandboxError, so that the nursery ends."""

    def broken(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(namespaces, "_furnish", broken)

    ended = in_child(lambda: enter(place))

    assert ended.error.startswith("SandboxError: ")
    assert "No space left" in ended.error


def test_scratch_lies_apart_from_what_is_read(place: Any, in_child: Callable[..., Any]) -> None:
    """A scratch base inside a read root, or round one, is refused: one could not be what it must."""
    inside = in_child(lambda: namespaces.enter((str(place.base),), str(place.scratch)))
    round_it = in_child(lambda: namespaces.enter((str(place.scratch),), str(place.base)))

    assert "must lie apart" in inside.error
    assert "must lie apart" in round_it.error


def test_plan_follows_links(tmp_path: Path) -> None:
    """Links on the way are noted with their targets as they are; what is bound are the real paths."""
    top = tmp_path.resolve()
    (top / "usr" / "lib" / "deep").mkdir(parents=True)
    (top / "file").touch()
    (top / "lib").symlink_to("usr/lib")
    (top / "current").symlink_to(top / "lib" / ".." / "lib" / "deep")

    links, binds = namespaces.plan([f"{top}/current", f"{top}/file", f"{top}/missing"])

    assert links == {f"{top}/current": f"{top}/lib/../lib/deep", f"{top}/lib": "usr/lib"}
    assert binds == (f"{top}/file", f"{top}/usr/lib/deep")


def test_plan_leaves_out_what_lies_below_another_path(tmp_path: Path) -> None:
    """A path below another one comes with it, and so does a link."""
    top = tmp_path.resolve()
    (top / "a" / "b").mkdir(parents=True)
    (top / "a" / "link").symlink_to("b")

    assert namespaces.plan([f"{top}/a/link", f"{top}/a"]) == ({}, (f"{top}/a",))
