"""Tests of `grader.notebook`: what a notebook's cells define, and what a broken one costs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import IPython
import IPython.core.getipython
import pytest

from grader import notebook
from grader.errors import Rejected
from grader.notebook import Cell, CellFault, parse, run


@pytest.fixture(autouse=True)
def own_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put IPython's own `get_ipython` back after each test: `run` replaces it for good."""
    for module in (IPython, IPython.core.getipython):
        monkeypatch.setattr(module, "get_ipython", IPython.get_ipython)


def code(source: str | list[str]) -> dict[str, Any]:
    """Make a code cell as Jupyter writes it."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}


def document(*cells: dict[str, Any], metadata: dict[str, Any] | None = None, minor: int = 4) -> bytes:
    """Make a notebook file of version 4."""
    parts = {"nbformat": 4, "nbformat_minor": minor, "metadata": metadata or {}, "cells": list(cells)}
    return json.dumps(parts).encode()


def execute(*sources: str) -> tuple[dict[str, Any], list[CellFault]]:
    """Run cells of these sources, as parsed from a file, in a fresh namespace."""
    namespace: dict[str, Any] = {"__name__": "submission"}
    faults = run(parse(document(*map(code, sources))), namespace, "sinenet.ipynb")
    return namespace, faults


def define(*sources: str) -> dict[str, Any]:
    """Run cells that must not fail, and return what they define."""
    namespace, faults = execute(*sources)

    assert not faults

    return namespace


# Reading


def test_code_cells_are_numbered_among_code_cells() -> None:
    """Cells are counted as the student counts them: code cells only, empty ones too."""
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Title"}
    raw = {"cell_type": "raw", "metadata": {}, "source": "x = 3"}

    cells = parse(document(text, code("x = 1"), raw, code(""), code(["y = 1\n", "z = 2"])))

    assert [Cell(1, "x = 1"), Cell(2, ""), Cell(3, "y = 1\nz = 2")] == cells


@pytest.mark.parametrize("minor", [0, 1, 2, 3, 4, 5])
def test_every_minor_version_is_read(minor: int) -> None:
    """A notebook of any minor of version 4 is read, with no warning and nothing on standard error."""
    assert [Cell(1, "x = 1")] == parse(document(code("x = 1"), minor=minor))


def test_old_notebooks_are_upgraded() -> None:
    """A notebook of version 3 gives its cells too."""
    cell = {"cell_type": "code", "input": "x = 1", "language": "python", "outputs": [], "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [cell]}]}

    assert [Cell(1, "x = 1")] == parse(json.dumps(old).encode())


def test_a_byte_order_mark_and_windows_lines_are_read() -> None:
    """A file that Windows wrote is read like any other."""
    assert [Cell(1, "x = 1\ny = 2\nz = 3")] == parse(b"\xef\xbb\xbf" + document(code("x = 1\r\ny = 2\rz = 3")))


def test_an_invalid_notebook_is_read_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    """A notebook that breaks its schema, as some tools write them, is read and nothing is printed."""
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1", "surplus": 1}

    assert [Cell(1, "x = 1")] == parse(document(cell, cell | {"id": "!?"}, minor=5))[:1]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x = 1\n",
        b"\xff\xfe{\x00}\x00",
        b"[1, 2]",
        b"3",
        b"null",
        b'"text"',
        b"{}",
        b'{"nbformat": 4}',
        b'{"nbformat": "four", "cells": []}',
        b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
        b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": {}}',
        b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [1]}',
        b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": []}',
        b'{"nbformat": 4, "nbformat_minor": 4, "metadata": 7, "cells": [{"cell_type": "markdown"}]}',
        b'{"nbformat": 3, "worksheets": 3}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        document(code(""), code("  \n")),
    ],
)
def test_what_is_no_notebook_is_rejected_in_one_sentence(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """Damaged, foreign, empty and hostile files are turned down with one sentence, and nothing is printed."""
    with pytest.raises(Rejected, match=r"^(The notebook|The file|The code cells)[^\n]*\.$"):
        parse(data)

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}, "R"),
        ({"kernelspec": {"name": "ir"}}, "ir"),
        ({"kernelspec": {"name": "julia-1.9", "display_name": "Julia 1.9"}}, "Julia 1.9"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"language_info": {"name": "c++\n<b>\ud800"}}, "c++b"),
    ],
)
def test_another_language_is_rejected_by_name(metadata: dict[str, Any], language: str) -> None:
    """A notebook of another language is turned down, and the sentence names the language."""
    with pytest.raises(Rejected) as caught:
        parse(document(code("x <- 1"), metadata=metadata))

    assert f"The notebook is written in {language}; hand in one that runs on a Python kernel." == str(caught.value)


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
        {"kernelspec": {"name": "conda-env-deep-py", "display_name": "deep"}},
        {"language_info": {"name": "ipython"}},
        {"kernelspec": "python", "language_info": None},
    ],
)
def test_python_kernels_and_silent_notebooks_are_read(metadata: dict[str, Any]) -> None:
    """A notebook that says Python, or says nothing, is taken."""
    assert parse(document(code("x = 1"), metadata=metadata))


# Running


def test_cells_share_one_module_in_order() -> None:
    """Later cells see and redefine what earlier ones defined."""
    assert define("x = 1", "def f():\n    return x + 1", "x = 2")["f"]() == 3


def test_a_cell_that_raises_costs_only_itself() -> None:
    """A raising cell keeps what it defined before, loses the rest, and later cells still run."""
    namespace, faults = execute("a = 1\n1 / 0\nb = 2", "c = 3")

    assert [CellFault(1, 2, "ZeroDivisionError", "division by zero", "1 / 0")] == faults
    assert {name: namespace[name] for name in ("a", "b", "c") if name in namespace} == {"a": 1, "c": 3}


def test_a_syntax_error_costs_only_its_cell() -> None:
    """A cell that does not compile is named with the line and what Python says."""
    namespace, faults = execute("a = 1\ndef f(:\n    pass", "c = 3")

    assert [CellFault(1, 2, "SyntaxError", "invalid syntax", "def f(:")] == faults
    assert "a" not in namespace
    assert namespace["c"] == 3


@pytest.mark.parametrize(
    ("source", "type_name"),
    [
        ("raise SystemExit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("exit()", "SystemExit"),
        ("def f(): f()\nf()", "RecursionError"),
        ("x = 1\0", "SyntaxError"),
        ("import no_such_module_anywhere", "ModuleNotFoundError"),
        ("(" * 1000 + ")" * 1000, "SyntaxError"),
        ("-" * 100_000 + "1", "MemoryError"),
    ],
)
def test_nothing_stops_the_cells_after(source: str, type_name: str) -> None:
    """Leaving, interrupting, recursing and overflowing the parser count as raising."""
    namespace, faults = execute(source, "after = 1")

    assert [type_name] == [fault.type_name for fault in faults]
    assert namespace["after"] == 1


@pytest.mark.parametrize(
    "source",
    [
        "class Mute(Exception):\n    def __str__(self): raise ValueError\nraise Mute",
        "class Kind(type):\n    @property\n    def __name__(cls): raise ValueError\n"
        "class Odd(Exception, metaclass=Kind): pass\nraise Odd",
        "raise SyntaxError('s', ('sinenet.ipynb, cell 1', 'x', 1, 'x'))",
        "raise SyntaxError('s', ('sinenet.ipynb, cell 1', 10**9, 1, 'x'))",
    ],
)
def test_a_hostile_exception_is_still_one_fault(source: str) -> None:
    """An exception whose own methods raise neither escapes nor hides the cell."""
    assert [fault.cell for fault in execute(source)[1]] == [1]


def test_a_message_is_cut_and_fit_for_the_wire() -> None:
    """A fault's text is of bounded length and always valid Unicode."""
    _, (fault,) = execute("raise ValueError('\\ud800' + 'x' * 100_000)")

    assert len(fault.message) == notebook.MAX_TEXT
    assert fault.message.startswith("?x")


def test_a_lone_surrogate_in_a_cell_does_not_stop_it() -> None:
    """JSON may spell half a character; the cell still runs."""
    assert define("text = '\ud800'\nx = 1")["x"] == 1


def test_the_line_is_of_the_cell_that_failed() -> None:
    """A call into an earlier cell's function is reported at the calling line of the failing cell."""
    _, faults = execute("def f():\n    raise ValueError('no')", "\n\nf()")

    assert [CellFault(2, 3, "ValueError", "no", "f()")] == faults


def test_a_traceback_shows_the_students_lines() -> None:
    """A function called long afterwards still shows its cell, line and source in a traceback."""
    function = define("x = 1", "%matplotlib inline\ndef f():\n    return 1 / 0  # here")["f"]

    with pytest.raises(ZeroDivisionError) as caught:
        function()

    frame = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (frame.filename, frame.lineno, frame.line) == ("sinenet.ipynb, cell 2", 3, "return 1 / 0  # here")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\n1 / 0", 2),
        ("\n  \n\nx = 1\n1 / 0", 5),
        ("\n\n!ls\n1 / 0", 4),
        ("%%time\nx = 1\n1 / 0", 3),
        ("\n%%time\n\nx = 1\n1 / 0", 5),
        ("%%time\n%%capture\n\n%%timeit\n1 / 0", 5),
        ("%%time\n!ls\nx?\n1 / 0", 4),
        ("!ls \\\n  -l \\\n  -a\n1 / 0", 4),
        ("x = 1\n%time y = (x / 0)\nz = 2", 2),
        ("x = 1\nfor i in [1]:\n    %timeit -n 1 x / 0", 3),
        ("%%time\nx = 1\n%time y = (x / 0)", 3),
        ("%%timeit x = 1 / 0\ny = 1", 1),
        ("    x = 1\n    1 / 0", 2),
        (">>> x = 1\n>>> 1 / 0", 2),
        ("import asyncio\nawait asyncio.sleep(0)\n1 / 0", 3),
    ],
)
def test_lines_are_those_that_the_student_wrote(source: str, line: int) -> None:
    """Whatever stands above, a fault names the line as counted in the student's cell."""
    _, faults = execute(source)

    assert [("ZeroDivisionError", line)] == [(fault.type_name, fault.line) for fault in faults]


@pytest.mark.parametrize("head", ["%%time", "\n\n%%time", "%matplotlib inline", "!ls \\\n -l"])
def test_syntax_errors_are_at_the_line_that_the_student_wrote(head: str) -> None:
    """A syntax error below a magic names the student's line."""
    source = head + "\nx = 1\ny = = 2"
    _, (fault,) = execute(source)

    assert ("SyntaxError", source.count("\n") + 1, "y = = 2") == (
        fault.type_name,
        fault.line,
        fault.source_line,
    )


# Magics


@pytest.mark.parametrize(
    "source",
    [
        "%%time\nx = 1",
        "%%timeit\nx = 1",
        "%%timeit -n 1 -r1 y = 1\nx = y",
        "%%capture\nx = 1",
        "%%capture out\nx = 1",
        "%%prun -l 5\nx = 1",
        "%%python\nx = 1",
        "%%python3\nx = 1",
        "%%time\n%%capture\nx = 1",
        "%time x = 1",
        "%time x = (0 \\\n  + 1)",
        "%timeit -n 1 -r 1 x = 1",
        "%timeit -n1 x = 1",
        "%prun -q x = 1",
        "x = %time 1",
        "y = 2\nx = %time --no-raise-error y - 1",
        "%pylab inline\nx = 1 if np.pi == pi else 0",
        "get_ipython().run_line_magic('time', 'x = 1')",
        "def f(a):\n    c = %time a\n    return c\nx = f(1)",
    ],
)
def test_python_magics_define_names(source: str) -> None:
    """A magic that holds Python defines what its statement or body defines."""
    assert define(source)["x"] == 1


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline",
        "%config InlineBackend.figure_format = 'retina'",
        "%load_ext autoreload\n%autoreload 2",
        "%load_ext tensorboard\n%tensorboard --logdir runs",
        "%pip install torch",
        "%conda install torch",
        "%env OMP_NUM_THREADS=1",
        "%cd /content",
        "%no_such_magic at all",
        "%time",
        "%timeit",
        "!pip install torch",
        "!nvidia-smi\n!!ls",
        "files = !ls\nassert files == []",
        "!ls \\\n   -l",
        "print?",
        "?print",
        "print??",
        "import math\nmath.s*?",
        "if True:\n    !ls\n    %cd /tmp",
        "%%bash\nls | wc -l",
        "%%sh\nls",
        "%%html\n<b>hi</b>",
        "%%javascript\nalert(1)",
        "%%latex\n$x$",
        "%%markdown\n# hi",
        "%%svg\n<svg/>",
        "%%writefile /no/such/folder/helper.py\nraise ValueError",
        "%%writefile ../helper.py\nraise ValueError",
        "%%writefile\nraise ValueError",
        "%%writefile 'helper.py\nraise ValueError",
        "%run no_such_file.py",
        "%run -m no_such_module",
        "%run",
        "%load helper.py",
        "%load_ext no_such_extension",
        "%store x\n%history\n%who\n%reset -f\n%edit x.py\n%pycat x.py\n%debug\n%notebook x.ipynb\n%save x 1",
        "%alias ll ls -l",
        "%%no_such_magic\nraise ValueError",
        "get_ipython().magic('matplotlib inline')",
        "get_ipython().events.register('post_execute', print)",
        "assert 'google.colab' not in str(get_ipython())",
        "assert 'IPKernelApp' not in get_ipython().config",
        "get_ipython().ast_node_interactivity = 'all'",
        "from IPython import get_ipython\nget_ipython().run_line_magic('matplotlib', 'inline')",
        "from IPython.core.getipython import get_ipython\nget_ipython().system('ls')",
        "",
    ],
)
def test_what_a_shell_would_do_is_ignored(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands, settings, help, other languages and unknown magics do nothing and never fail."""
    monkeypatch.chdir(tmp_path)
    assert define(source + "\n", "x = 1")["x"] == 1


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a directory of the test's own, where files are found as modules, as in a worker."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.syspath_prepend("")
    return tmp_path / "work"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("helpers_one.py", "helpers_one"),
        ("-a helpers_two.py", "helpers_two"),
        ("'helpers_three.py'", "helpers_three"),
        ("./helpers_four.py", "helpers_four"),
        ("package_five/six.py", "package_five.six"),
    ],
)
def test_a_file_that_a_cell_writes_can_be_imported(line: str, name: str, here: Path) -> None:
    """`%%writefile NAME` writes the cell as it stands, as in Jupyter, and a later cell may import it."""
    first = f"%%writefile {line}\n# as written\n\ndef f():\n    return 7\n"

    namespace = define("import os", first, f"import {name} as helpers\nx = helpers.f()")

    assert namespace["x"] == 7
    assert (here / f"{name.replace('.', '/')}.py").read_text() == "# as written\n\ndef f():\n    return 7\n"


def test_a_file_is_appended_to_or_written_anew(here: Path) -> None:
    """`-a` adds to what an earlier cell wrote; without it, the file begins anew."""
    define("%%writefile notes.txt\none\n", "%%writefile -a notes.txt\ntwo\n", "%%file other.txt\nx\n")
    assert (here / "notes.txt").read_text() == "one\ntwo\n"

    define("%%writefile notes.txt\nthree\n")
    assert (here / "notes.txt").read_text() == "three\n"


@pytest.mark.parametrize("name", ["../out.py", "{0}/out.py", "a/../../out.py", "~/out.py x", "."])
def test_nothing_is_written_elsewhere(name: str, here: Path) -> None:
    """A name that leads out of the working directory is not written, and `!` touches no file at all."""
    define(f"%%writefile {name.format(here.parent)}\nx = 1", "!touch b.py")

    assert [path.name for path in here.parent.rglob("*")] == ["work"]


@pytest.mark.usefixtures("here")
def test_a_file_can_be_run() -> None:
    """`%run NAME` runs a file as a program and takes over what it defines; one that raises costs its cell."""
    source = "%%writefile made.py\nimport sys\nif __name__ == '__main__':\n    x = 1\ndef f():\n    return x + 1"

    assert define(source, "%run made.py --fast\ny = f()")["y"] == 2

    _, faults = execute("%%writefile bad.py\n\n1 / 0", "z = 1\n%run bad.py")
    assert [(fault.cell, fault.line, fault.type_name) for fault in faults] == [(2, 2, "ZeroDivisionError")]


def test_a_cell_that_cannot_be_written_costs_itself(here: Path) -> None:
    """Where the name is a folder's the cell raises, as in Jupyter, and the others run."""
    (here / "taken").mkdir()

    _, faults = execute("%%writefile taken\nx", "x = 1")

    assert [(fault.cell, fault.type_name) for fault in faults] == [(1, "IsADirectoryError")]


def test_captured_output_can_be_read() -> None:
    """`%%capture out` gives the cell's output under that name."""
    assert define("%%capture --no-stderr out\nprint('hi')", "text = out.stdout")["text"] == "hi\n"


def test_a_timing_can_be_read() -> None:
    """`%timeit -o` gives a result with the fields that students read."""
    assert define("t = %timeit -o sum(range(10))", "x = t.average > 0 and t.best == t.worst")["x"]


def test_display_shows_anything() -> None:
    """`display` works with and without its import, of a figure too, and so does `clear_output`."""
    define(
        "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.ion()",
        "display(1, 'text')\nfigure = plt.figure()\ndisplay(figure)",
        "from IPython.display import HTML, clear_output, display\ndisplay(figure)\ndisplay(HTML('<b>'))",
        "clear_output(wait=True)\nplt.plot([1, 2])\nplt.show()\nplt.close('all')\nplt.ioff()",
    )


def test_text_that_looks_like_a_magic_is_left_alone() -> None:
    """Strings and operators that resemble magics keep their meaning."""
    assert define("x = '''%time\n!ls\n'''")["x"] == "%time\n!ls\n"
    assert define("x = (5\n%2)")["x"] == 1


# Python that only a notebook has


def test_top_level_await_runs() -> None:
    """A cell may await at top level, and the names it defines are the module's."""
    assert define("import asyncio\nasync def f(): return 3", "x = await f()\ny = x + 1")["y"] == 4


def test_a_future_import_holds_for_later_cells() -> None:
    """`from __future__` in one cell holds for the cells after it, and for no other notebook."""
    later = "def f(x: Missing): return x\nkind = type(f.__annotations__['x'])"

    assert str is define("from __future__ import annotations", later)["kind"]
    assert [fault.type_name for fault in execute(later)[1]] == ["NameError"]


def test_source_can_be_looked_up() -> None:
    """`inspect.getsource` gives a cell's function as written."""
    source = "def f():\n    return 1\n"

    assert source == define("import inspect\n" + source + "text = inspect.getsource(f)")["text"]


# Cost


def test_warming_starts_no_thread_and_prints_nothing() -> None:
    """`warm` leaves one thread, so that the nursery may fork, and everything imported, torch excepted."""
    script = (
        "import os, sys, threading; import grader.notebook as n\n"
        "assert not {'IPython', 'nbformat', 'torch'} & sys.modules.keys()\n"
        "n.warm(); loaded = set(sys.modules)\n"
        "assert threading.active_count() == 1\n"
        "if os.path.isdir('/proc/self/task'): assert len(os.listdir('/proc/self/task')) == 1\n"
        "assert 'torch' not in loaded\n"
        f"n.run(n.parse({document(code('%%time'), code('display(1)'))!r}), {{}}, 'a.ipynb')\n"
        "assert set(sys.modules) == loaded, set(sys.modules) - loaded\n"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and a text of ours
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_a_notebook_is_read_in_milliseconds() -> None:
    """Once warm, thirty cells cost so little that no student's time limit is spent on them."""
    notebook.warm()
    cells = ["%matplotlib inline\n!ls", *["def f(x):\n" + "    x = x + 1\n" * 15] * 29]
    start = time.process_time()

    define(*cells)

    assert time.process_time() - start < 0.1
