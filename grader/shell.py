"""What stands in for IPython's shell while a notebook runs: what a cell asks of it, beside Python.

Runs in the worker, beside submitted code. Magics mean what they mean in Jupyter as far as they hold Python
(`%%time`, `%timeit`, `%%capture`, ...) or write and run files of the notebook's own (`%%writefile`, `%run`);
whatever else a cell asks of its shell (`!pip`, `%cd`, `%%bash`) does nothing, and never fails.
"""

from __future__ import annotations
import __future__

import ast
import functools
import importlib
import inspect
import re
import runpy
import shlex
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

PYTHON_MAGICS = {"capture", "debug", "memit", "prun", "python", "python3", "time", "timeit", "wandb"}
"""Cell magics whose body is Python; the body of any other is skipped."""

_OPTIONS = {
    "time": r"--[\w-]+",
    "timeit": r"-[nrpv]\s*\S+|-[tcqo]\b",
    "prun": r"-[DlsT]\s*\S+|-[rq]\b",
    "memit": r"-[rti]\s*\S+|-[co]\b",
}
"""The line magics that run a statement, and what may stand before it."""

_FUTURE_FLAGS = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
_PYLAB = (
    "import numpy, matplotlib\nfrom matplotlib import pylab, mlab, pyplot\n"
    "np, plt = numpy, pyplot\nfrom pylab import *\nfrom numpy import *\n"
)


@functools.cache
def _translator() -> Callable[[str], str]:
    """Make IPython's own translator of magics, but one that keeps every statement on its line."""
    from IPython.core.inputtransformer2 import TransformerManager

    class LineKeeper(TransformerManager):
        def do_one_token_transform(self, lines: list[str]) -> tuple[bool, list[str]]:
            changed, new = super().do_one_token_transform(lines)  # type: ignore[no-untyped-call]  # theirs
            joined = len(lines) - len(new)  # a magic continued by backslashes becomes one line
            if joined <= 0:
                return changed, new
            first = next(number for number, line in enumerate(new) if line != lines[number])
            return changed, [*new[: first + 1], *["\n"] * joined, *new[first + 1 :]]

    translate: Callable[[str], str] = LineKeeper().transform_cell  # type: ignore[no-untyped-call]  # theirs
    return translate


class _Nothing(tuple[object, ...]):
    """Be empty, and answer every attribute and call with itself."""

    def __getattr__(self, name: str) -> _Nothing:
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: object, **__: object) -> _Nothing:
        return self


class Shell:
    """Stand in for IPython's shell: what holds Python runs in the module, everything else does nothing."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.user_ns = namespace
        self._futures = 0
        self._place = "notebook"
        self._above = 0  # lines of the cell that lie above the body of the cell magics now running

    def __getattr__(self, name: str) -> _Nothing:
        return _Nothing().__getattr__(name)

    def run_source(self, source: str, place: str, above: int = 0) -> None:
        """Execute a cell, or the body of a cell magic that begins `above` lines below the top of its cell."""
        blank = source[: len(source) - len(source.lstrip())].count("\n")  # IPython drops empty lines on top
        before = self._place, self._above
        self._place, self._above = place, above + blank
        try:
            try:
                code = self._compile("\n" * above + source, place)
            except SyntaxError:  # what is Python already, IPython would leave as it is, but slowly
                code = self._compile("\n" * self._above + _translator()(source), place)
            self._evaluate(code, self.user_ns)
        finally:
            self._place, self._above = before

    def run_cell_magic(self, name: str, line: str, body: str) -> None:
        """Run the body of a cell magic once if it is Python, write it where it is a file, and skip it otherwise."""
        if name in ("writefile", "file"):
            _write_file(line, body)
        if name not in PYTHON_MAGICS:
            return
        if name == "timeit":  # what follows the options is the set-up
            self._statement(name, line, sys._getframe(1))
        if name != "capture":
            self.run_source(body, self._place, self._above + 1)
            return
        from IPython.utils.capture import capture_output

        target = next((word for word in line.split() if word.isidentifier()), None)
        with capture_output(display=False) as captured:
            self.run_source(body, self._place, self._above + 1)
        if target:
            self.user_ns[target] = captured

    def run_line_magic(self, name: str, line: str, *_: object) -> object:
        """Run the statement of a timing magic, or a file, and ignore all others."""
        if name == "pylab":
            exec(_PYLAB, self.user_ns)  # noqa: S102 - a constant of ours
        if name == "run":
            self._run_file(line)
        if name not in _OPTIONS:
            return None
        start = time.perf_counter()
        value = self._statement(name, line, sys._getframe(1))
        took = time.perf_counter() - start
        if name == "timeit":
            return types.SimpleNamespace(average=took, best=took, worst=took, stdev=0.0, all_runs=[took])
        return value if name == "time" else None

    def system(self, *_: object) -> list[str]:
        """Run no command."""
        return []

    getoutput = system

    def _run_file(self, line: str) -> None:
        """Run a Python file as a program, and take over the names that it defines; a file that is not there, not."""
        words = _words(line)
        path = None if "-m" in words else _own_path(next((word for word in words if not word.startswith("-")), ""))
        if path is not None and path.suffix == ".py" and path.is_file():
            found = runpy.run_path(str(path), run_name="__main__")
            self.user_ns.update({name: value for name, value in found.items() if not name.startswith("__")})

    def _statement(self, magic: str, line: str, caller: types.FrameType) -> object:
        """Run a magic's statement where it stands, with caller's variables; give its value."""
        text = re.sub(rf"^(\s*({_OPTIONS[magic]}))*(\s+|$)", "", line)
        source, place = "\n" * (caller.f_lineno - 1) + text, caller.f_code.co_filename
        try:
            code = self._compile(source, place, "eval")
        except SyntaxError:
            code = self._compile(source, place)
        return self._evaluate(code, caller.f_locals)

    def _compile(self, source: str, place: str, mode: str = "exec") -> types.CodeType:
        """Compile with top-level `await`, and with what earlier cells took from `__future__`."""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | self._futures
        code: types.CodeType = compile(source, place, mode, flags, dont_inherit=True)
        self._futures |= code.co_flags & _FUTURE_FLAGS
        return code

    def _evaluate(self, code: types.CodeType, variables: dict[str, Any]) -> object:
        value = eval(code, self.user_ns, variables)  # noqa: S307 - submitted code, in the worker
        if not code.co_flags & inspect.CO_COROUTINE:
            return value
        import asyncio

        return asyncio.run(value)


def _write_file(line: str, body: str) -> None:
    """Write a cell as `%%writefile [-a] NAME` does in Jupyter, where NAME is below the working directory."""
    words = _words(line)
    names = [word for word in words if word not in ("-a", "--append")]
    path = _own_path(names[0]) if len(names) == 1 else None
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)  # a `!mkdir` before it did nothing
    with path.open("a" if len(words) > len(names) else "w", encoding="utf-8") as file:
        file.write(body)
    importlib.invalidate_caches()  # or an import right after it may not see it


def _own_path(name: str) -> Path | None:
    path = Path(name)
    return None if not path.name or path.is_absolute() or ".." in path.parts else path


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # a quotation mark alone
        return line.split()
