"""`grade review` through the real command: what a person decides is on record, and everything follows it."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.command import MINI, grade, results, run_mini
from tests.review.serving import RIGHT, entries, grades, refused, serving, until

pytestmark = pytest.mark.slow

Place = tuple[Path, Path]


def _marks(out: Path) -> dict[str, str]:
    ran = grade("export", "csv", out, "-o", out / "marks.csv", "--course", MINI)
    assert ran.code == 0, ran.err
    with (out / "marks.csv").open(newline="") as file:
        return {row["id"]: row["mark"] for row in csv.DictReader(file)}


def test_a_decision_is_on_record_and_pages_and_exports_follow(place: Place) -> None:
    """Who, when, what and why; the student's pages at once, the class and the exports after it."""
    with serving(place[1]) as server:
        status, _, headers = server.ask("item", server.form("ann"))
        page = (place[1] / "submissions" / "ann" / "feedback.html").read_text()

    assert status == 303
    assert "student=ben" in headers["location"]
    assert entries(place[1]) == [("ann", "check_reflection", 3.0, "Well seen.", "Prof. <X>")]
    assert "<strong>13</strong> of 15 points" in page
    assert "graded by a person" in page
    assert "Well seen." in page
    assert "Prof." not in page
    report = (place[1] / "submissions" / "ann" / "report.html").read_text()
    assert "Decided by Prof. &lt;X&gt; at 20" in report
    result = results(place[1])["ann"]
    assert (result.score, result.max_score, result.checks[-1].points) == (13.0, 15.0, 3.0)
    assert (grades(place[1], "score"), grades(place[1], "max_score")["ann"]) == (
        {"ann": "13", "ben": "10", "cho": "7"}, "15",
    )  # fmt: skip
    assert _marks(place[1])["ann"] == "13"
    assert "2 checks wait for a person" in (place[1] / "index.html").read_text()


def test_a_copy_of_the_same_files_gets_no_decision(place: Place) -> None:
    """What was decided for one student is not another's, whatever the files are."""
    with serving(place[1]) as server:
        server.ask("item", server.form("ann"))

    run_mini(place[1], [place[0]])

    assert [one.score for one in results(place[1]).values()] == [13.0, 10.0, 7.0]


def test_an_automatic_check_can_be_overridden_and_given_back(place: Place) -> None:
    """A person's points count; taken back, the program's do again, and all of it stays on record."""
    with serving(place[1]) as server:
        form = server.form("cho", "check_double_values") | {"points": "1,5", "comment": "Half of it."}
        server.ask("item", form)
        after = results(place[1])["cho"]
        server.ask("item", server.form("cho", "check_double_values") | {"do": "withdraw"})

    assert (after.score, after.max_score) == (8.5, 10.0)
    assert (after.checks[0].outcome, after.checks[0].points, after.checks[0].message) == ("manual", 1.5, "Half of it.")
    assert results(place[1])["cho"].score == 7.0
    assert results(place[1])["cho"].checks[0].outcome == "failed"
    assert [points for _, _, points, _, _ in entries(place[1])] == [1.5, None]


def test_a_decision_outlives_a_regrade_and_not_other_files(place: Place) -> None:
    """It belongs to what was handed in: graded anew it holds, of other files it says nothing."""
    with serving(place[1]) as server:
        server.ask("item", server.form("ann"))
    run_mini(place[1], [place[0]], "--fresh")
    again = results(place[1])["ann"]
    (place[0] / "ann.py").write_text(RIGHT + "# more\n")

    run_mini(place[1], [place[0]])

    assert (again.score, again.max_score) == (13.0, 15.0)
    assert results(place[1])["ann"].score == 10.0
    assert "3 checks wait" in (place[1] / "index.html").read_text()


def test_the_same_form_twice_is_one_decision(place: Place) -> None:
    """A double click, or a form that a browser sends again."""
    with serving(place[1]) as server:
        form = server.form("ann")
        assert [server.ask("item", form)[0] for _ in range(3)] == [303, 303, 303]

    assert len(entries(place[1])) == 1


def test_two_tabs_overwrite_nothing_unseen(place: Place) -> None:
    """The second is shown what the first has decided, keeps what it typed, and may then decide upon it."""
    with serving(place[1]) as server:
        one, other = server.form("ann"), server.form("ann") | {"points": "1", "comment": "My long comment."}
        assert server.ask("item", one)[0] == 303

        status, page, _ = server.ask("item", other)

        assert status == 409
        assert "Decided meanwhile" in page
        assert "Prof. &lt;X&gt; gave 3 points" in page
        assert "My long comment." in page
        assert entries(place[1])[-1][2] == 3.0
        again = other | dict(_hidden(page))
        assert server.ask("item", again)[0] == 303
    assert [points for _, _, points, _, _ in entries(place[1])] == [3.0, 1.0]


def _hidden(page: str) -> list[tuple[str, str]]:
    import re

    return re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)


@pytest.mark.parametrize("points", ["", "6", "-1", "nan", "inf", "five", "1e9", "0x1"])
def test_what_cannot_be_taken_comes_back_as_it_was_typed(place: Place, points: str) -> None:
    """One sentence says what would be right, and nothing is lost or recorded."""
    with serving(place[1]) as server:
        status, page, _ = server.ask("item", server.form("ann") | {"points": points, "comment": "Long & dear"})

    assert status == 422
    assert "Points are a number from 0 to 5." in page
    assert "Long &amp; dear" in page
    assert entries(place[1]) == []


def test_nobody_else_gets_in(place: Place) -> None:
    """Another token, another host's name, another page's form, a path out of the folder: nothing is there."""
    with serving(place[1]) as server:
        assert server.ask("", token=False)[0] == 404
        assert server.ask("x" * 32 + "/", token=False)[0] == 404
        assert server.ask("", headers={"Host": "evil.example"})[0] == 404
        form = server.form("ann")
        assert server.ask("item", form, {"Origin": "http://evil.example"})[0] == 403
        assert server.ask("item", form, {"Origin": "null"})[0] == 403
        for path in ("submissions/..%2f..%2f/report.html", "submissions/ann/result.json", "submissions/ann/..%2fx"):
            assert server.ask(path)[0] in (404, 500), path
        assert server.ask("item", form | {"comment": "x" * 300_000})[0] == 413
        _, page, headers = server.ask("")
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page
    assert entries(place[1]) == []


def test_a_kill_loses_no_decision_and_the_next_start_mends_the_pages(place: Place) -> None:
    """What was answered is on record; pages that were not written any more are written at the start."""
    with serving(place[1]) as server:
        server.ask("item", server.form("ann"))
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(20)
    for page in ("result.json", "feedback.html"):
        (place[1] / "submissions" / "ann" / page).unlink()
    assert grades(place[1], "score")["ann"] == "10"

    with serving(place[1]) as again:
        until(lambda: grades(place[1], "score")["ann"] == "13")
        assert "1 of 3 decisions made" in again.ask("")[1]
    assert results(place[1])["ann"].score == 13.0


def test_the_class_page_follows_without_an_end(place: Place) -> None:
    """A moment after a decision, while the server goes on."""
    with serving(place[1]) as server:
        server.ask("item", server.form("ann"))
        until(lambda: grades(place[1], "score")["ann"] == "13")


def test_a_gradebook_without_reviews_is_brought_up_to_date(place: Place) -> None:
    """One that an earlier version wrote loses nothing, and can be reviewed."""
    with closing(sqlite3.connect(place[1] / "gradebook.sqlite")) as raw, raw:
        raw.execute("DROP TABLE review")
        raw.execute("UPDATE gradebook_format SET version = 1")

    with serving(place[1]) as server:
        assert server.ask("item", server.form("ann"))[0] == 303

    assert len(entries(place[1])) == 1


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    """One sentence and exit code 2."""
    ran = refused(tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert "holds no gradebook.sqlite" in ran.err


def test_a_port_that_is_taken_is_told(place: Place) -> None:
    """With what would be right."""
    with serving(place[1]) as server:
        port = server.url.split(":")[2].split("/")[0]
        ran = refused(place[1], "--port", port)

    assert ran.code == 2
    assert f"port {port} cannot be used" in ran.err


def test_back_and_changed_is_not_taken_for_a_double_click(place: Place) -> None:
    """A form that was saved, opened again by "back" and changed is shown what is on record; sent again, it counts."""
    with serving(place[1]) as server:
        form = server.form("ann")
        server.ask("item", form)

        status, page, _ = server.ask("item", form | {"points": "1"})

        assert status == 409
        assert server.ask("item", form | {"points": "1"} | dict(_hidden(page)))[0] == 303
    assert [points for _, _, points, _, _ in entries(place[1])] == [3.0, 1.0]


def test_a_form_of_unknown_length_is_refused(place: Place) -> None:
    """In pieces it could be of any length."""
    with serving(place[1]) as server:
        assert server.ask("item", server.form("ann"), {"Transfer-Encoding": "chunked", "Content-Length": ""})[0] >= 400

    assert entries(place[1]) == []


def test_a_decision_may_be_made_while_a_class_is_graded_by_other_checks(place: Place, tmp_path: Path) -> None:
    """A run beside the review keeps what was decided, whatever the checks have become."""
    course = tmp_path / "course"
    shutil.copytree(MINI, course)
    checks = course / "solutions" / "mini" / "checks.py"
    checks.write_text(checks.read_text().replace("Multiply by 2.", "Twice as much."))
    with serving(place[1]) as server:
        server.ask("item", server.form("ann"))
        assert run_mini(place[1], [place[0]], course=course).code == 0
        server.ask("item", server.form("ben"))

    assert {name: one.score for name, one in results(place[1]).items()} == {"ann": 13.0, "ben": 13.0, "cho": 7.0}


def test_a_decision_is_on_the_files_that_were_read(place: Place) -> None:
    """Where others are handed in while the page is open, they are shown first; sent again, it counts for them."""
    with serving(place[1]) as server:
        form = server.form("ann") | {"comment": "Of the old files."}
        (place[0] / "ann.py").write_text(RIGHT.replace("it fits", "nothing at all"))
        run_mini(place[1], [place[0]])

        status, page, _ = server.ask("item", form)

        assert status == 409
        assert "Other files have been handed in" in page
        assert "nothing at all" in page
        assert "Of the old files." in page
        assert entries(place[1]) == []
        assert server.ask("item", form | dict(_hidden(page)))[0] == 303
    assert results(place[1])["ann"].score == 13.0
