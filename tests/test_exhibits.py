"""What a real run keeps of the graded file, and one check again: through the real command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from grader.checks.session import Loading
from grader.exhibits import MOST_LINES, source_of
from grader.results import Evidence, Place
from tests.command import MINI, Ran, grade, run_mini

RAISES = "def double(x):\n    return helper(x)\n\n\ndef helper(x):\n    print('here')\n    return x / y\n"
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Mini"]},
        {"cell_type": "code", "metadata": {}, "source": "1 + 1", "outputs": [
            {"output_type": "execute_result", "data": {"text/plain": ["2"]}, "metadata": {}, "execution_count": 1},
            {"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]},
            {"output_type": "display_data", "data": {"image/png": "A" * 400_000}, "metadata": {}},
        ], "execution_count": 1},
        {"cell_type": "code", "metadata": {}, "source": ["def double(x):\n", "    return x + y\n"], "outputs": []},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade a file that raises, a notebook that does, and one that does not import."""
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    (folder / "ann.py").write_text(RAISES)
    (folder / "ben.ipynb").write_text(json.dumps(NOTEBOOK))
    (folder / "cho.py").write_text("import torch\n\nraise ValueError('no')\n")
    ran = run_mini(out, [folder])
    assert ran.code == 0, ran.err
    shutil.copytree(folder, out / "class")
    return out


def _evidence(out: Path, name: str) -> Evidence:
    return msgspec.json.decode((out / "submissions" / name / "evidence.json").read_bytes(), type=Evidence)


def test_the_file_is_kept_with_the_lines_that_raised(out: Path) -> None:
    """The text as handed in, and for each check that raised the student's own lines, the innermost last."""
    evidence = _evidence(out, "ann")

    assert evidence.source is not None
    assert (evidence.source.name, evidence.source.text, evidence.source.cut) == ("ann.py", RAISES, False)
    assert evidence.places["check_double_values"] == (Place(line=2), Place(line=7))
    page = (out / "submissions" / "ann" / "feedback.html").read_text()
    assert '<a href="#line-7">Line 7</a>' in page


def test_a_notebook_is_kept_with_what_can_be_shown(out: Path) -> None:
    """Cells and outputs, one form of each; a picture too large for the record is told and left out."""
    evidence = _evidence(out, "ben")

    assert evidence.source is not None
    kept = json.loads(evidence.source.text)
    assert kept[0] == {"kind": "markdown", "source": "# Mini"}
    assert kept[1]["outputs"] == [{"text/plain": "2"}, {"text/plain": "a\nb\n"}, {"left_out": "image/png"}]
    assert evidence.places["check_double_values"] == (Place(line=2, cell=2),)
    assert 'id="cell-2-line-2"' in (out / "submissions" / "ben" / "report.html").read_text()


@pytest.mark.parametrize(("many", "cut"), [(10, False), (MOST_LINES, False), (MOST_LINES + 2, True), (200_000, True)])
def test_a_file_of_empty_lines_makes_no_endless_page(many: int, cut: bool) -> None:
    """Each line costs a page a hundred times what it costs its student; what is not kept is told."""
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "\n" * (many // 2 - 1)}
    notebook = json.dumps({"cells": [code, code]}).encode()
    files = {"hw.py": b"\n" * many, "hw.ipynb": notebook}

    plain, cells = (source_of(Loading(files, name, "hw", 1.0, 0)) for name in files)

    assert (plain.cut, cells.cut) == (cut, cut)
    assert plain.text.count("\n") == min(many, MOST_LINES - cut)
    assert cells.text.count("\\n") <= MOST_LINES


def test_a_failed_import_is_placed(out: Path) -> None:
    """The line at which a file stopped is known, too."""
    assert _evidence(out, "cho").places == {"": (Place(line=3),)}


def _again(out: Path, *more: str) -> Ran:
    return grade("run", "mini", out / "class", "--course", MINI, *more)


def test_one_check_again(out: Path) -> None:
    """It says what the whole run says of that check, with all that staff see, and leaves nothing behind."""
    before = sorted(path.name for path in out.rglob("*"))

    ran = _again(out, "--only", "ann", "--check", "check_double_values")

    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0] == "ann: check_double_values: raised an error, 0 of 2 points"
    assert lines[1].strip().startswith("NameError: name 'y' is not defined (ann.py, line 7")
    assert "    here" in lines
    assert "check_total" not in ran.out
    assert sorted(path.name for path in out.rglob("*")) == before


def test_one_check_brings_those_that_it_needs(out: Path) -> None:
    """A check that waits for another is shown with the other."""
    ran = _again(out, "--only", "ann", "--check", "check_double_shape")

    assert "ann: check_double_values: raised an error" in ran.out
    assert "ann: check_double_shape: skipped, 0 of 1 point" in ran.out


def test_a_check_for_a_person_is_no_failure(out: Path) -> None:
    """That it waits is how it ends, and no fault of ours."""
    ran = _again(out, "--only", "ann", "--check", "check_reflection")

    assert ran.code == 0, ran.err
    assert "ann: check_reflection: waits for a person" in ran.out


def test_an_unknown_check_is_refused_by_name(out: Path) -> None:
    """One sentence, the nearest name, exit code 2."""
    ran = _again(out, "--check", "double_value")

    assert ran.code == 2
    assert "mini has no check 'double_value'; did you mean check_double_values?" in ran.err


def test_the_results_need_a_place(out: Path) -> None:
    """Without --check, -o is still needed."""
    ran = _again(out)

    assert ran.code == 2
    assert "Missing option '-o'" in ran.err


def test_pages_follow_their_settings(out: Path, tmp_path: Path) -> None:
    """Where pages would be made otherwise now, a run with nothing to grade makes them anew."""
    place = tmp_path / "out"
    shutil.copytree(out, place)
    page = place / "submissions" / "ann" / "feedback.html"
    before, result = page.read_bytes(), (place / "submissions" / "ann" / "result.json").read_bytes()

    again = grade("run", "mini", out / "class", "-o", place, "--course", MINI, "--no-pictures")

    assert again.code == 0, again.err
    assert "3 taken over" in again.out
    assert page.read_bytes() != before
    assert (place / "submissions" / "ann" / "result.json").read_bytes() == result


def _kept(data: bytes) -> list[dict[str, object]]:
    loading = Loading(files={"hw.ipynb": data}, main="hw.ipynb", module="hw", import_seconds=1.0, seed=0)
    source = source_of(loading)
    assert not source.cut
    return msgspec.json.decode(source.text, type=list[dict[str, object]])


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + json.dumps(NOTEBOOK).encode(),
        json.dumps(NOTEBOOK | {"metadata": {"scale": float("nan")}}).encode(),
        json.dumps(NOTEBOOK | {"metadata": {"name": "\ud800"}}).encode(),
    ],
)
def test_what_can_be_graded_is_kept(data: bytes) -> None:
    """A mark in front, a number that is none, half a pair: the cells run, so the pages show them."""
    assert _kept(data) == _kept(json.dumps(NOTEBOOK).encode())


def test_lines_of_a_cell_end_as_they_are_counted() -> None:
    """As `grader.notebook` ends them, or marks would be lines off."""
    cell = {"cell_type": "code", "metadata": {}, "source": "a = 1\rb = 2\r\nc = 3\n", "outputs": []}

    (kept,) = _kept(json.dumps(NOTEBOOK | {"cells": [cell]}).encode())

    assert kept["source"] == "a = 1\nb = 2\nc = 3\n"


@pytest.mark.parametrize(("bundle", "shown"), [
    ({"text/html": "<b>" * 10_000, "text/plain": "a table"}, {"text/plain": "a table"}),
    ({"text/html": "<b>" * 10_000}, {"text/plain": ("<b>" * 10_000)[:20_000]}),
    ({"text/markdown": "x" * 30_000, "text/plain": "<Markdown object>"}, {"text/plain": "x" * 20_000}),
    ({"text/html": "<b>one</b>", "text/plain": "one"}, {"text/html": "<b>one</b>"}),
])  # fmt: skip
def test_a_table_that_is_too_large_is_shown_in_its_plain_form(bundle: dict[str, str], shown: dict[str, str]) -> None:
    """And not as the beginning of its tags; what is written to be read is cut."""
    output = {"output_type": "display_data", "data": bundle, "metadata": {}}
    cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [output]}

    (kept,) = _kept(json.dumps(NOTEBOOK | {"cells": [cell]}).encode())

    assert kept["outputs"] == [shown]
