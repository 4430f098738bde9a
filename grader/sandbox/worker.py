"""The locked-down process that runs one submission's code: it answers requests, one at a time.

    Ready, then one reply to each request, until the requests end:
    Load -> Loaded | Raised;  Call, Operate, Take -> Returned | Raised;  Unpack -> Unpacked | Raised

It imports `wire`, `values`, `operations`, `archives` and `notebook` and a few of ours; it holds no secret, and
nothing that it says is believed. Everything here runs in the same interpreter as the submitted code and can
be tampered with by it: that only changes what it claims.
"""

from __future__ import annotations

import contextlib
import importlib.machinery
import importlib.util
import linecache
import os
import random
import struct
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from grader import notebook
from grader.errors import Rejected
from grader.sandbox import archives, operations, unpacking, values, wire
from grader.sandbox.plots import PLOTS
from grader.sandbox.source import require_text

REQUESTS, REPLIES = 3, 4
"""File descriptors of the two pipes."""

_MAX_FRAMES = 12
PLOTS.prepare()
RC_PARAMS = PLOTS.settings()
_CUT = 2000


class Missing(Exception):  # noqa: N818 - never shown; it marks the reply
    """A name that the submission does not define."""


class Worker:
    """The state of one worker: the module that was imported, and what its handles stand for."""

    def __init__(self) -> None:
        self.module = types.ModuleType("submission")
        self.handles: dict[int, object] = {}
        self.files: tuple[str, ...] = ()
        self.rc_params = RC_PARAMS
        self.unpacked: list[bytes] = []

    def answer(self, request: wire.Request) -> wire.Reply:
        """Do what one request asks; whatever submitted code raises becomes a `Raised`."""
        try:
            match request:
                case wire.Load():
                    return self._load(request)
                case wire.Call():
                    self._put_back(request.reset)
                    return self._call(request)
                case wire.Operate():
                    self._put_back(request.reset)
                    return self._operate(request)
                case unpacking.Unpack():
                    return self._unpack(request)
                case unpacking.Take():
                    data = self.unpacked[request.number][request.start : request.start + unpacking.PART]
                    return wire.Returned(request.id, wire.Bytes(data))
        except Missing as error:
            return wire.Raised(request.id, "NameError", str(error), missing=True)
        except Rejected as error:
            return wire.Raised(request.id, type(error).__name__, str(error)[: wire.MAX_TEXT], rejected=True)
        except BaseException as error:  # noqa: BLE001 - the edge: submitted code may raise anything at all
            return self._raised(request.id, error)

    def student(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Enter submitted code: the one place where that happens, so that a benchmark can time it."""
        return function(*args, **kwargs)

    def _load(self, request: wire.Load) -> wire.Loaded | wire.Raised:
        self.handles.clear()
        reset(request.seed, RC_PARAMS)
        sys.argv = [request.main]
        if "" not in sys.path:
            sys.path.insert(0, "")
        main = Path(request.main)
        faults: tuple[wire.CellFault, ...] = ()
        if main.suffix.lower() == ".ipynb":
            cells = notebook.parse(main.read_bytes())
            faults = self._import_notebook(main, request.module, cells)
        else:
            self._import_file(main, request.module)
        self.rc_params = PLOTS.settings()  # what a submission sets for its figures at the top level holds
        names = (name for name in vars(self.module) if isinstance(name, str) and not name.startswith("_"))
        short = tuple(name for name in names if len(name) <= wire.MAX_NAME)
        return wire.Loaded(request.id, short[: wire.MAX_NAMES], faults)

    def _import_notebook(self, main: Path, name: str, cells: list[notebook.Cell]) -> tuple[wire.CellFault, ...]:
        self.module = sys.modules[name] = types.ModuleType(name)
        self.files = (main.name, str(Path.cwd()))  # its cells, and what they write and import
        self.module.__file__ = str(main)
        faults = self.student(notebook.run, cells, vars(self.module), main.name)
        return tuple(
            wire.CellFault(f.cell, f.line, f.type_name[:80], f.message[:_CUT], f.source_line[:_CUT])
            for f in faults[:50]
        )

    def _import_file(self, main: Path, name: str) -> None:
        self.files = (str(Path.cwd()),)
        data = main.read_bytes()
        require_text(data, str(main))
        loader = importlib.machinery.SourceFileLoader(name, str(main.absolute()))
        spec = importlib.util.spec_from_loader(name, loader)
        assert spec is not None
        self.module = sys.modules[name] = importlib.util.module_from_spec(spec)
        if b"get_ipython" in data:
            notebook.provide_shell(vars(self.module))  # a notebook that was exported as a .py
        self.student(loader.exec_module, self.module)

    def _unpack(self, request: unpacking.Unpack) -> unpacking.Unpacked:
        with Path(request.file).open("rb") as source:
            files = archives.unpack(source, request)
        self.unpacked = [data for _, data in files]
        return unpacking.Unpacked(request.id, tuple(unpacking.Entry(name, len(data)) for name, data in files))

    def _put_back(self, seed: int | None) -> None:
        if seed is not None:
            self.handles.clear()
            reset(seed, self.rc_params)

    def _call(self, request: wire.Call) -> wire.Returned:
        function: Any = self._resolve(request.target)
        args = [values.decode(item, self._resolve) for item in request.args]
        kwargs = {key: values.decode(item, self._resolve) for key, item in request.kwargs.items()}
        with _inference(request.inference), torch.no_grad() if request.no_grad else contextlib.nullcontext():
            returned = self.student(function, *args, **kwargs)
        after = (*args, *kwargs.values()) if request.keep_args else None
        return wire.Returned(
            request.id,
            self._encode(returned),
            None if after is None else tuple(self._encode(item) for item in after),
        )

    def _operate(self, request: wire.Operate) -> wire.Returned:
        function = operations.OPERATIONS[request.operation]
        arguments = {key: values.decode(item, self._resolve) for key, item in request.args.items()}
        found = self.student(function, self._resolve(request.target), **arguments)
        return wire.Returned(request.id, self._encode(found))

    def _resolve(self, value: wire.Value) -> object:
        if isinstance(value, wire.Name):
            found = getattr(self.module, value.name, _MISSING)
            if found is _MISSING:
                raise Missing(value.name)
            return found
        if isinstance(value, wire.Handle):
            return self.handles[value.id]
        if isinstance(value, wire.Spec):
            return values.build(value)
        raise TypeError(f"{type(value).__name__} is not for a worker")

    def _encode(self, value: object) -> wire.Value:
        return values.encode(value, self._keep)

    def _keep(self, value: object) -> wire.Value:
        number = len(self.handles) + 1
        self.handles[number] = value
        return wire.Handle(number, operations.kind_of(value), type(value).__name__[:80])

    def _raised(self, number: int, error: BaseException) -> wire.Raised:
        try:
            frames = tuple(self._frames(error))[-_MAX_FRAMES:]
        except Exception:  # noqa: BLE001 - its file may be in a coding that Python cannot show a line of
            frames = ()
        return wire.Raised(number, type(error).__name__[:80], _text_of(error), frames)

    def _frames(self, error: BaseException) -> Iterator[wire.Frame]:
        for entry in traceback.extract_tb(error.__traceback__):
            if entry.filename.startswith(self.files):
                source = (entry.line or "")[:300]
                yield wire.Frame(_label(entry.filename), entry.lineno or 0, entry.name[:80], source)
        if isinstance(error, SyntaxError) and error.filename and error.filename.startswith(self.files):
            line = error.text or linecache.getline(error.filename, error.lineno or 0)
            yield wire.Frame(_label(error.filename), error.lineno or 0, "", line.strip()[:300])


_MISSING = object()


def _inference(wanted: bool) -> contextlib.AbstractContextManager[object]:
    """Switch inference mode, where that is needed: it takes as long as many a call."""
    return torch.inference_mode(wanted) if wanted or torch.is_inference_mode_enabled() else contextlib.nullcontext()


def _label(filename: str) -> str:
    here = f"{Path.cwd()}{os.sep}"
    return filename.removeprefix(here)[:200]


def _text_of(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)[:_CUT]
    try:
        return str.encode(str(error), errors="replace").decode()[:_CUT]  # a subclass of str, a lone surrogate
    except BaseException:  # noqa: BLE001 - a student's __str__ may raise anything
        return "(its text could not be read)"


def reset(seed: int, rc_params: dict[Any, Any]) -> None:
    """Put back what submitted code or a check may have changed, and seed every stream."""
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.set_num_threads(1)
    PLOTS.put_back(rc_params)
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.default_generator.manual_seed(seed)  # torch.manual_seed also formats a stack for CUDA: 1 ms


def serve(ready: wire.Ready) -> None:
    """Answer requests until the trusted side closes the pipe."""
    worker = Worker()
    _send(ready)
    while (body := _receive()) is not None:
        request = wire.decode_request(body)
        reply = worker.answer(request)
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        try:
            _send(reply)
        except wire.WireError as error:
            _send(wire.Raised(request.id, "OverflowError", str(error)))


def _receive() -> bytes | None:
    header = _read_exactly(4)
    return None if header is None else _read_exactly(struct.unpack("<I", header)[0])


def _read_exactly(count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        data = os.read(REQUESTS, min(count - len(parts), 1 << 20))
        if not data:
            return None
        parts += data
    return bytes(parts)


def _send(reply: wire.Reply) -> None:
    data = memoryview(wire.frame(reply))
    while data:
        data = data[os.write(REPLIES, data) :]
