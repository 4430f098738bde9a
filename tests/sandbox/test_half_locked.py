"""A layer that fails while a real worker is locked down: the worker dies by itself, before any submitted code."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.sandbox import host, messages, namespaces, syscalls
from grader.sandbox.start import LOCKDOWN_FAILED
from grader.sandbox.watcher import Limits

CALL = syscalls.call


def _refuse(*_: object) -> None:
    raise PermissionError(errno.EPERM, "refused half-way")


def _refuse_as_python_does(*_: object) -> None:
    raise ValueError("not allowed to raise maximum limit")


def _fake(*_: object) -> int:
    return 0


def _call_with(name: str, answer: Callable[..., Any], first: int | None = None) -> Callable[..., Any]:
    """Make system calls as ever, but for one."""

    def call(called: str, *arguments: Any) -> Any:
        meant = called == name and (first is None or arguments[0] == first)
        return (answer if meant else CALL)(called, *arguments)

    return call


NO_NEW_PRIVS, END_WITH_PARENT = 38, 1
FAILURES = [
    pytest.param("namespaces", namespaces, "entered", lambda: False, "no file system of its own", id="namespaces"),
    pytest.param("rlimits", resource, "setrlimit", _refuse_as_python_does, "not allowed", id="rlimits refused"),
    pytest.param("rlimits", resource, "setrlimit", _fake, "not in force", id="rlimits faked"),
    pytest.param("setuid", os, "setgroups", _refuse, "refused half-way", id="setgroups refused"),
    pytest.param("setuid", os, "setresgid", _refuse, "refused half-way", id="setresgid refused"),
    pytest.param("setuid", os, "setresuid", _refuse, "refused half-way", id="setresuid refused"),
    pytest.param("setuid", os, "setresuid", _fake, "change of user back", id="setresuid faked"),
    *(
        pytest.param(layer, syscalls, "call", _call_with(name, answer, first), said, id=f"{name} {answer.__name__}")
        for layer, name, answer, first, said in (
            ("no_new_privs", "prctl", _refuse, NO_NEW_PRIVS, "refused half-way"),
            ("no_new_privs", "prctl", _fake, NO_NEW_PRIVS, "kept from gaining privileges"),
            ("no_new_privs", "prctl", _refuse, END_WITH_PARENT, "refused half-way"),
            ("landlock", "landlock_create_ruleset", _refuse, None, "no Landlock"),
            ("landlock", "landlock_add_rule", _refuse, None, "refused half-way"),
            ("landlock", "landlock_restrict_self", _refuse, None, "refused half-way"),
            ("landlock", "landlock_restrict_self", _fake, None, "Landlock rules of a worker are not in force"),
            ("seccomp", "seccomp", _refuse, None, "refused half-way"),
            ("seccomp", "seccomp", _fake, None, "not in force"),
        )
    ),
]


@pytest.mark.parametrize(("layer", "module", "name", "broken", "said"), FAILURES)
def test_a_layer_that_fails_half_way_ends_the_worker(
    nursery_handle: host.NurseryHandle,
    monkeypatch: pytest.MonkeyPatch,
    layer: str,
    module: Any,
    name: str,
    broken: Callable[..., Any],
    said: str,
) -> None:
    """No worker goes on with less than was promised, whether a call is refused or only looks as if it succeeded."""
    if layer not in nursery_handle.layers:
        pytest.skip(f"this machine does not give {layer}")
    codes: list[int] = []
    reap = host.Sandbox._reap

    def reaped(self: host.Sandbox, *arguments: Any) -> messages.Reaped:
        answer = reap(self, *arguments)
        codes.append(answer.exit_code)
        return answer

    monkeypatch.setattr(host.Sandbox, "_reap", reaped)
    with monkeypatch.context() as patched:
        patched.setattr(module, name, broken)  # the nursery is forked with it
        handle = host.start_nursery(nursery_handle.layers)
    try:
        with pytest.raises(SandboxError, match="a worker could not be locked down") as failure:
            host.Sandbox(handle, Limits()).open({"sub.py": b""})

        assert said in str(failure.value)
        assert codes == [LOCKDOWN_FAILED]
        assert Path(f"/proc/{handle.pid}/task/{handle.pid}/children").read_text() == ""
        assert list(handle.scratch_base.iterdir()) == []
    finally:
        host.stop_nursery(handle)


@pytest.mark.parametrize("step", ["_furnish", "_seal"])
def test_namespaces_that_fail_half_way_end_the_nursery(
    nursery_handle: host.NurseryHandle, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A file system of its own that was not finished holds no worker."""
    if "namespaces" not in nursery_handle.layers:
        pytest.skip("this machine does not give namespaces")
    monkeypatch.setattr(namespaces, step, _refuse)

    with pytest.raises(SandboxError, match="could not make a file system of its own"):
        host.start_nursery(nursery_handle.layers)
