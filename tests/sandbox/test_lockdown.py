"""The wall as a whole: what a locked worker cannot do, what it still can, what a failing layer does."""

from __future__ import annotations

import errno
import os
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.sandbox import landlock, lockdown, probes, seccomp, syscalls

GIVEN = frozenset(lockdown.available())
USER = 65533

ROOTS_ALONE = {
    "become_root", "bpf", "change_root", "chown_secret", "device", "exchange_roots", "host_name", "io_uring",
    "kernel_log", "kernel_module", "mount", "new_mount", "new_user_namespace", "open_by_handle", "page_faults",
    "performance", "raw_packets", "see_processes", "trace", "watch_machine", "write_kernel_setting", "write_python",
}  # fmt: skip
"""What an ordinary user may not do on every machine, with no wall at all."""

MAY_BE_MISSING = {
    "compare": "kcmp", "io_uring": "io_uring_setup", "kernel_aio": "io_setup", "kernel_module": "finit_module",
    "keys": "keyctl", "bpf": "bpf", "page_faults": "userfaultfd", "performance": "perf_event_open",
    "posix_queue": "mq_open", "secret_memory": "memfd_secret", "watch_machine": "fanotify_init",
}  # fmt: skip
"""Calls that a kernel may be built without."""

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a worker a uid of its own")


def attack(place: Any, layers: frozenset[str], process: int) -> list[str]:
    """Lock, and return the probes that succeed."""
    if layers:
        place.lock(layers)
    return probes.run(place.targets(process))


def lacks(call: str) -> bool:
    """Say whether this kernel was built without a call."""
    try:
        syscalls.call(call, -1, -1, -1, -1, -1)
    except OSError as failure:
        return failure.errno == errno.ENOSYS
    return False


def become(uid: int) -> None:
    """Turn this child of root's into an ordinary user's process."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    set_dumpable = 4  # else /proc/self stays root's, as after every change of user
    syscalls.call("prctl", set_dumpable, 1, 0, 0, 0)


def test_no_probe_succeeds_behind_all_layers(
    place: Any, in_child: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every layer this machine gives, no probe succeeds but those that are known to."""
    monkeypatch.setenv("GRADER_TEST_TOKEN", "planted")
    grader = os.getpid()

    ended = in_child(lambda: attack(place, GIVEN, grader))

    assert (ended.error, set(ended.value) - probes.unavoidable(GIVEN)) == ("", set())


def test_probes_succeed_without_layers(
    place: Any, in_child: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a wall the probes do what they try: a probe that always fails would prove nothing."""
    monkeypatch.setenv("GRADER_TEST_TOKEN", "planted")
    grader = os.getpid()
    elsewhere = {"descriptors", "raise_limits"}  # see the two tests below

    ended = in_child(lambda: attack(place, frozenset(), grader))

    not_theirs = ROOTS_ALONE if os.geteuid() != 0 else set()
    without = {probe for probe, call in MAY_BE_MISSING.items() if lacks(call)}
    assert set(probes.PROBES) - elsewhere - not_theirs - without - set(ended.value) == set()


def test_probe_finds_limits_that_can_be_raised(place: Any, in_child: Callable[..., Any]) -> None:
    """A limit that gives way is found; that the one told here was never set needs no privilege."""

    def unlimited() -> list[str]:
        resource.getrlimit = lambda _: (10, 20)
        return probes.run(place.targets(os.getppid()))

    assert "raise_limits" in in_child(unlimited).value


def test_probe_finds_what_was_inherited(place: Any, in_child: Callable[..., Any]) -> None:
    """A descriptor too many and a set-user-id way back to root are found."""

    def spoilt() -> list[str]:
        os.dup2(1, 7)
        if os.geteuid() == 0:
            os.setresuid(USER, USER, 0)
        return probes.run(place.targets(os.getppid()))

    ended = in_child(spoilt)

    assert {"descriptors"} | ({"become_root"} if os.geteuid() == 0 else set()) <= set(ended.value)


@needs_root
@pytest.mark.parametrize(
    "mask",
    [
        pytest.param({"namespaces"}, id="root in a container of Docker's default profile"),
        pytest.param({"namespaces", "landlock"}, id="the same on an old kernel"),
        pytest.param({"landlock"}, id="an old kernel"),
        pytest.param({"setuid"}, id="still root"),
    ],
)
def test_layers_make_up_for_each_other(place: Any, in_child: Callable[..., Any], mask: set[str]) -> None:
    """With a layer or two missing, just the probes succeed that are declared for it."""
    layers = GIVEN - mask
    grader = os.getpid()

    ended = in_child(lambda: attack(place, layers, grader))
    assert (ended.error, set(ended.value) - probes.unavoidable(layers)) == ("", set())


@needs_root
@pytest.mark.parametrize("with_namespaces", [True, False])
def test_ordinary_user(place: Any, in_child: Callable[..., Any], with_namespaces: bool) -> None:
    """An ordinary user's worker, of the same uid as the grader, is held by all but a uid of its own."""
    for path in (place.base, place.scratch, place.outside, place.secret.parent, place.secret):
        os.chown(path, USER, USER)

    def grader() -> Any:
        become(USER)
        given = frozenset(lockdown.available(mask=frozenset() if with_namespaces else frozenset({"namespaces"})))
        user = os.getpid()
        ended = in_child(lambda: attack(place, given, user))
        return sorted(given), [ended.error] if ended.error else ended.value

    given, succeeded = in_child(grader).value

    assert {"rlimits", "no_new_privs", "seccomp"} <= set(given)
    assert "setuid" not in given
    assert set(succeeded) - probes.unavoidable(given) == set()


@pytest.mark.skipif("landlock" not in GIVEN, reason="this kernel has no Landlock")
@pytest.mark.parametrize("version", range(1, 8))
def test_older_landlock(
    place: Any, in_child: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """What an older Landlock cannot forbid the other layers do, though the worker be the grader's own user."""
    if version > landlock.abi():
        pytest.skip("this kernel's Landlock is older")
    monkeypatch.setattr(landlock, "abi", lambda: version)
    layers = GIVEN - {"namespaces", "setuid"}
    grader = os.getpid()

    ended = in_child(lambda: attack(place, layers, grader))

    assert (ended.error, set(ended.value) - probes.unavoidable(layers)) == ("", set())


def test_available_has_the_order_of_the_layers_and_heeds_the_mask() -> None:
    """`available` answers in the order of LAYERS and leaves out what is masked."""
    given = lockdown.available()
    less = lockdown.available(mask=frozenset({"landlock", "namespaces"}))

    assert list(given) == [layer for layer in lockdown.LAYERS if layer in given]
    assert list(less) == [layer for layer in given if layer not in ("landlock", "namespaces")]


def test_available_leaves_this_process_as_it_was() -> None:
    """What is tried is tried in children only."""
    before = os.getuid(), Path("/proc/self/status").read_text(encoding="ascii").split("NoNewPrivs:")[1][:3]
    lockdown.available()
    after = os.getuid(), Path("/proc/self/status").read_text(encoding="ascii").split("NoNewPrivs:")[1][:3]

    assert before == after


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ({"landlock"}, "no Landlock"),
        ({"setuid"}, "cannot be given the user id None"),
        ({"namespaces"}, "no file system of its own"),
        ({"seccomp"}, "seccomp"),
        ({"firewall"}, "no layer called firewall"),
    ],
)
def test_a_demanded_layer_that_fails_stops_the_worker(
    place: Any, in_child: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, layers: set[str], said: str
) -> None:
    """A layer that is demanded and cannot be put in force raises before any other code runs."""
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    monkeypatch.setattr(seccomp, "install", lambda: None)
    policy = place.policy(frozenset(layers), uid=None)

    ended = in_child(lambda: lockdown.lock(policy))

    assert ended.exit_code != 0
    assert ended.error.startswith("SandboxError: ")
    assert said in ended.error


def test_a_worker_dies_with_its_nursery(place: Any, in_child: Callable[..., Any]) -> None:
    """A worker whose nursery ends is killed, and cannot ask not to be."""
    layers = GIVEN - {"namespaces"}
    reader, writer = os.pipe()

    def nursery() -> None:
        worker = os.fork()
        if worker == 0:
            place.lock(layers)
            os.write(3, b"{}")  # the report's pipe, which stays open as long as somebody holds it
            time.sleep(30)
            os._exit(0)
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)

    os.close(reader)
    os.close(writer)
    begun = time.monotonic()
    ended = in_child(nursery)

    assert ended.exit_code == -signal.SIGKILL
    assert time.monotonic() - begun < 15


def test_a_worker_forked_by_another_process_does_not_start(place: Any, in_child: Callable[..., Any]) -> None:
    """A worker whose parent is not the nursery, because that has ended, does not go on."""
    policy = place.policy(GIVEN - {"namespaces"})

    ended = in_child(lambda: lockdown.lock(policy, parent=1 << 22))

    assert "ended while it forked" in ended.error


def test_read_roots_hold_python_and_not_the_checkout() -> None:
    """A worker may read Python and its packages; the folder that a venv lies in is not among the roots."""
    roots = lockdown.read_roots()

    assert any(Path(os.__file__).is_relative_to(root) for root in roots)
    assert any(Path(pytest.__file__).is_relative_to(root) for root in roots)
    assert not any(Path(__file__).is_relative_to(root) for root in roots)
    assert all(Path(root).exists() for root in roots)


def test_assert_hidden_refuses_what_lies_under_a_root(tmp_path: Path) -> None:
    """A hidden path under a read root, also one reached by a link, stops the run; one beside it does not."""
    root, link = tmp_path / "venv", tmp_path / "link"
    (root / "solutions").mkdir(parents=True)
    link.symlink_to(root)

    lockdown.assert_hidden([tmp_path / "solutions", tmp_path], [str(root)])
    with pytest.raises(SandboxError, match="must stay hidden"):
        lockdown.assert_hidden([link / "solutions"], [str(root)])
    with pytest.raises(SandboxError, match="must stay hidden"):
        lockdown.assert_hidden([root / "solutions"], [str(link)])
