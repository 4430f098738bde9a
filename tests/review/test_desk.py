"""What a decision changes, and when: the desk itself, on a class that was graded for real."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.beginning import begin
from grader.errors import UsageError
from grader.gradebook.book import Gradebook, open_existing
from grader.gradebook.reviews import Entry, Reviews, Work
from grader.report.write import write_class
from grader.review import desk as module
from grader.review.desk import BusyError, Desk, Item
from grader.review.screen import overview_view
from grader.running import Options
from tests.command import MINI, results
from tests.review.serving import begin_run

pytestmark = pytest.mark.slow

Place = tuple[Path, Path]
CHECK = "check_reflection"


@pytest.fixture
def book(place: Place) -> Iterator[Gradebook]:
    """Open the record of the class."""
    with closing(open_existing(place[1], None, durable=True)) as opened:
        yield opened


@pytest.fixture
def desk(place: Place, book: Gradebook) -> Desk:
    """Sit down at it."""
    return Desk(book, place[1], None)


def _decide(desk: Desk, points: float | None = 3.0, upon: int = 0) -> Entry:
    sha256 = desk.book.standings("ann")[-1].sha256
    entry = Entry(0, "ann", sha256, CHECK, points, "Well seen.", "prof", "")
    return desk.decide(entry, nonce=f"{upon:032}", upon=upon)


def _score_in_table(place: Place) -> str:
    lines = (place[1] / "grades.csv").read_text().splitlines()
    return next(line.split(",")[3] for line in lines if line.startswith("ann,"))


def test_what_was_taken_back_before_a_crash_is_mended_too(place: Place, book: Gradebook, desk: Desk) -> None:
    """The page must not show points that are on record no more."""
    first = _decide(desk)
    crashed = Desk(book, place[1], None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "write_submission", lambda *_: None)
        _decide(crashed, None, first.number)
    for one in (desk, crashed):
        one.close()
    assert results(place[1])["ann"].score == 13.0

    Desk(book, place[1], None).mend()

    assert results(place[1])["ann"].score == 10.0


def test_the_end_waits_for_pages_that_are_being_written(
    place: Place, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while the page of a large class is written cuts nothing off."""
    began, go_on, written = threading.Event(), threading.Event(), list[str]()
    real = write_class

    def slow(directory: Path, *arguments: object, **more: object) -> None:
        began.set()
        assert go_on.wait(20)
        real(directory, *arguments, **more)  # type: ignore[arg-type]  # whatever it was given
        written.append("class")

    monkeypatch.setattr(module, "write_class", slow)
    monkeypatch.setattr(module, "_PAUSE", 0.0)
    _decide(desk)
    assert began.wait(20)

    threading.Timer(0.3, go_on.set).start()
    desk.close()

    assert written == ["class"]
    assert _score_in_table(place) == "13"


def test_pages_that_could_not_be_written_are_tried_again_at_the_end(
    place: Place, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that was full for a moment costs nothing."""
    real, tries = write_class, list[int]()

    def full(directory: Path, *arguments: object, **more: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError(28, "No space left on device")
        real(directory, *arguments, **more)  # type: ignore[arg-type]  # whatever it was given

    monkeypatch.setattr(module, "write_class", full)
    _decide(desk)
    with pytest.raises(OSError, match="No space"):
        desk.write_class()

    desk.close()

    assert len(tries) == 2
    assert _score_in_table(place) == "13"


def test_a_run_that_begins_beside_the_review_disturbs_no_page(place: Place, desk: Desk) -> None:
    """Whom it is about to grade anew is left out for now, and told so; nobody else is."""
    assert [item.student_id for item in desk.waiting()] == ["ann", "ben", "cho"]
    begin_run(place[1], "ann")

    view = overview_view(desk, "/token")

    assert [link.text for link in view.waiting] == ["ben", "cho"]
    assert desk.following(Item("cho", CHECK)) == Item("ben", CHECK)
    with pytest.raises(BusyError, match="ann is to be graded anew"):
        desk.work("ann")
    with pytest.raises(UsageError, match="nobody is called dan"):
        desk.work("dan")


def test_the_next_is_the_one_after_this(desk: Desk) -> None:
    """Who was passed over comes last, not at once again."""
    assert desk.following(Item("ben", CHECK)) == Item("cho", CHECK)
    assert desk.following(Item("cho", CHECK)) == Item("ann", CHECK)
    assert desk.following(Item("cho", "check_double_values")) == Item("ann", CHECK)
    _decide(desk)
    assert desk.following(Item("ann", CHECK)) == Item("ben", CHECK)
    desk.close()


def test_a_decision_while_a_run_takes_results_over_stays_in_the_pages(
    place: Place, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run has asked who was decided on, and does not write over what was decided a moment later."""
    real, asked = Reviews.current, list[str]()

    def current(self: Reviews, student_id: str | None = None) -> dict[Work, dict[str, Entry]]:
        found = real(self, student_id)
        if student_id is None and not asked:
            asked.append("all")
            _decide(desk)
        return found

    monkeypatch.setattr(Reviews, "current", current)
    options = Options(assignment="mini", submissions=(place[0],), directory=place[1], course=MINI)
    with begin(options, lambda _: None) as run:
        reused = [one.reused for one in run]
    desk.close()

    assert (asked, reused) == (["all"], [True] * 3)
    assert results(place[1])["ann"].score == 13.0
