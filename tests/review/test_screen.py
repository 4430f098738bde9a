"""What the pages of `grade review` show, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import results, run_mini
from tests.review.serving import RIGHT, serving

pytestmark = pytest.mark.slow

Place = tuple[Path, Path]


def test_what_the_student_wrote_is_text(place: Place) -> None:
    """The part that the check covers stands there, coloured, and is no markup."""
    with serving(place[1]) as server:
        page = server.ask("item?student=ann&check=check_reflection")[1]

    assert "What I saw:" in page
    assert "def total" not in page
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_overview_leads_to_everybody(place: Place) -> None:
    """What waits first, and a link to the checks of each student."""
    with serving(place[1]) as server:
        page = server.ask("")[1]
        assert "0 of 3 decisions made" in page
        assert page.count("check_reflection") >= 3
        assert server.ask("item?student=cho&check=")[0] == 200
        assert server.ask("item?student=nobody&check=x")[0] == 404


def test_a_notebook_is_read_whole_where_a_check_covers_no_name_of_it(place: Place) -> None:
    """An answer may stand in a cell of text; what a check covers may be defined nowhere."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Mini"},
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "seen = 1"},
        {"cell_type": "markdown", "metadata": {}, "source": "What I *saw*."},
    ]
    book = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}
    (place[0] / "dee.ipynb").write_text(json.dumps(book))
    run_mini(place[1], [place[0]])

    with serving(place[1]) as server:
        page = server.ask("item?student=dee&check=check_reflection")[1]

    assert "What I <em>saw</em>." in page
    assert 'id="cell-1-line-1"' in page
    assert page.index("Mini") < page.index("Cell 1") < page.index("What I <em>")


def test_a_part_that_is_too_long_says_so(place: Place) -> None:
    """Four hundred lines are shown, and that there are more."""
    body = "".join(f"line {at}\n" for at in range(1000))
    (place[0] / "ann.py").write_text(RIGHT.replace("What I saw:\n", body))
    run_mini(place[1], [place[0]])

    with serving(place[1]) as server:
        page = server.ask("item?student=ann&check=check_reflection")[1]
        other = server.ask("item?student=ann&check=check_double_values")[1]

    assert "line 399" in page
    assert "line 400" not in page
    assert "This is its beginning" in page
    assert "This is its beginning" not in other


def test_a_decision_that_was_taken_back_meanwhile_is_told_as_such(place: Place) -> None:
    """Nobody "gave taken back"."""
    with serving(place[1]) as server:
        server.ask("item", server.form("ann"))
        late = server.form("ann") | {"points": "1"}
        server.ask("item", server.form("ann") | {"do": "withdraw"})

        status, page, _ = server.ask("item", late)

    assert status == 409
    assert "Prof. &lt;X&gt; took it back at" in page


def test_a_submission_that_was_not_accepted_can_be_decided_on(place: Place) -> None:
    """There is nothing to read, and it says why; points given count all the same."""
    (place[0] / "dee.ipynb").write_text("{}")
    run_mini(place[1], [place[0]])
    assert results(place[1])["dee"].status == "rejected"

    with serving(place[1]) as server:
        page = server.ask("item?student=dee&check=check_reflection")[1]
        status = server.ask("item", server.form("dee"))[0]

    assert "Nothing of dee.ipynb can be shown: it was not accepted" in page
    assert status == 303
    assert (results(place[1])["dee"].score, results(place[1])["dee"].status) == (3.0, "rejected")
