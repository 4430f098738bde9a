"""The gradebook, as a SQLite file and on a real PostgreSQL: what goes in comes out, whoever asks and when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from grader.errors import UsageError
from grader.gradebook.book import Gradebook, open_existing
from grader.gradebook.places import url_of
from grader.handin import Handin
from tests.gradebook.makers import graded, submission
from tests.gradebook.postgresql import server


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """Start one server for all tests."""
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name an empty gradebook of each kind."""
    if request.param == "sqlite":
        return url_of(tmp_path)
    found: str = request.getfixturevalue("postgresql")
    from sqlalchemy import create_engine

    from grader.gradebook.tables import Base

    engine = create_engine(found)
    Base.metadata.drop_all(engine)
    engine.dispose()
    return found


@pytest.fixture
def book(url: str) -> Iterator[Gradebook]:
    """Open an empty gradebook."""
    with closing(Gradebook(url, "mini")) as opened:
        yield opened


def test_a_result_comes_back_as_it_was(book: Gradebook, tmp_path: Path) -> None:
    """What is known by a key is the very result and evidence that were recorded, after the book was closed too."""
    ann = submission(tmp_path, "ann")
    book.begin([ann], whole=True)

    book.record(ann, "key", graded(ann, 7.0))

    with closing(Gradebook(book.url, "mini")) as again:
        assert [known.decoded() for known in again.known({book.attempt_of(ann): "key"}).values()] == [graded(ann, 7.0)]
        assert again.known({book.attempt_of(ann): "other"}) == {}
        assert again.knows(["key"])
        assert not again.knows(["key", "other"])


def test_what_we_could_not_grade_is_not_known(book: Gradebook, tmp_path: Path) -> None:
    """A null score is on record, but no later run takes it over; the same key graded at last replaces it."""
    ann = submission(tmp_path, "ann")
    book.begin([ann], whole=True)
    book.record(ann, "key", graded(ann, None))

    assert book.known({book.attempt_of(ann): "key"}) == {}
    assert not book.knows(["key"])
    assert [one.score for one in book.standings()] == [None]

    book.record(ann, "key", graded(ann, 7.0))

    assert [one.score for one in book.standings()] == [7.0]
    assert len(book.history("ann")) == 1


def test_every_attempt_is_kept(book: Gradebook, tmp_path: Path) -> None:
    """Other files are another attempt; the same files later on are the same, and then the last."""
    first, second = submission(tmp_path, "ann", "a"), submission(tmp_path, "ann", "bb")
    for one, score in ((first, 3.0), (second, 5.0)):
        book.begin([one], whole=True)
        book.record(one, one.sha256, graded(one, score))
    assert [one.score for one in book.standings()] == [3.0, 5.0]

    book.begin([first], whole=True)
    book.seen_again([book.known({book.attempt_of(first): first.sha256})[book.attempt_of(first)].outcome_id])

    assert [one.score for one in book.standings()] == [5.0, 3.0]
    assert [one.last_run for one in book.standings()] == [2, 3]


def test_handed_in_again_at_another_time_is_another_attempt(book: Gradebook, tmp_path: Path) -> None:
    """The same files at two times of the platform are two attempts: one may be late."""
    times = ("2026-11-01T10:00:00+00:00", "2026-11-02T10:00:00+00:00")
    for when in times:
        one = submission(tmp_path, "ann", "a", Handin(layout="canvas", ids={"user": "7"}, submitted_at=when))
        book.begin([one], whole=True)
        book.record(one, "key", graded(one, 3.0))

    assert [one.handin.submitted_at for one in book.standings()] == list(times)


def test_of_several_results_of_an_attempt_the_last_counts(book: Gradebook, tmp_path: Path) -> None:
    """Other checks are another key: both results are on record, and the later run's is how the attempt stands."""
    ann = submission(tmp_path, "ann")
    for key, score in (("old checks", 3.0), ("new checks", 4.0)):
        book.begin([ann], whole=True)
        book.record(ann, key, graded(ann, score))

    assert [one.score for one in book.standings()] == [4.0]
    assert [known.decoded().result.score for known in book.history("ann")] == [3.0, 4.0]

    book.begin([ann], whole=True)  # and back to the old checks
    book.seen_again([book.known({book.attempt_of(ann): "old checks"})[book.attempt_of(ann)].outcome_id])

    assert [one.score for one in book.standings()] == [3.0]


def test_assignments_share_a_gradebook_and_nothing_else(book: Gradebook, tmp_path: Path) -> None:
    """Two assignments in one database do not see each other; who opens it says which is meant."""
    ann = submission(tmp_path, "ann")
    book.begin([ann], whole=True)
    book.record(ann, "key", graded(ann, 7.0))
    with closing(Gradebook(book.url, "other")) as other:
        other.begin([ann], whole=False)

        assert [(one.student_id, one.waiting) for one in other.standings()] == [("ann", True)]
        assert other.last_whole_run() == 0

    with pytest.raises(UsageError, match="holds mini, other: say which"):
        open_existing(tmp_path, book.url)
    with closing(open_existing(tmp_path, book.url, "mini")) as mine:
        assert [one.student for one in mine.standings()] == ["Ann"]


def test_names_of_any_script_are_kept(book: Gradebook, tmp_path: Path) -> None:
    """A name is text of whatever script and length."""
    name = "Žofie „Ž“ 'O\"Brien', =1+1 日本 🎓 " + "x" * 300
    one = submission(tmp_path, "ann")
    from dataclasses import replace

    one = replace(one, student=name)
    book.begin([one], whole=True)
    book.record(one, "key", graded(one, 1.0))

    assert [standing.student for standing in book.standings()] == [name]


def test_a_class_is_recorded_at_once(book: Gradebook, tmp_path: Path) -> None:
    """More submissions than one statement can hold are no trouble."""
    everybody = [submission(tmp_path, f"s{number}", str(number)) for number in range(1200)]
    book.begin(everybody, whole=True)
    book.begin(everybody, whole=True)

    assert len({book.attempt_of(one) for one in everybody}) == 1200
    assert not book.knows([f"key {number}" for number in range(1200)])


def test_the_same_files_of_others_are_known_too(book: Gradebook, tmp_path: Path) -> None:
    """An attempt's own result is preferred to that of whoever handed in the same, and both to none."""
    ann, ben, cho = (submission(tmp_path, name) for name in ("ann", "ben", "cho"))
    book.begin([ann, ben, cho], whole=True)
    book.record(ann, "key", graded(ann, 7.0))
    book.record(ben, "key", graded(ben, 7.0))

    found = book.known({book.attempt_of(one): "key" for one in (ann, ben, cho)})

    assert [found[book.attempt_of(one)].decoded().result.submission.id for one in (ann, ben, cho)] == [
        "ann",
        "ben",
        "ann",
    ]


def test_what_the_last_run_did_not_get_to_waits(book: Gradebook, tmp_path: Path) -> None:
    """A result from before the last run that saw the attempt does not count: the checks may have been wrong."""
    ann, ben = submission(tmp_path, "ann"), submission(tmp_path, "ben")
    book.begin([ann], whole=True)
    book.record(ann, "old checks", graded(ann, 7.0))
    book.begin([ann, ben], whole=True)  # and then the power fails

    assert [(one.student_id, one.score, one.waiting) for one in book.standings()] == [
        ("ann", None, True),
        ("ben", None, True),
    ]

    book.record(ann, "new checks", graded(ann, 8.0))

    assert [(one.student_id, one.score, one.waiting) for one in book.standings()] == [
        ("ann", 8.0, False),
        ("ben", None, True),
    ]


def test_two_runs_at_once_take_nothing_from_each_other(book: Gradebook, tmp_path: Path) -> None:
    """Two folders of results may share a gradebook: what either has graded counts, whichever began or ends last."""
    ann, ben = submission(tmp_path, "ann"), submission(tmp_path, "ben", "b")
    book.begin([ann, ben], whole=True)
    with closing(Gradebook(book.url, "mini")) as later:
        later.begin([ann, ben], whole=True)
        book.record(ann, "key", graded(ann, 7.0))
        assert [one.waiting for one in book.standings()] == [False, True]
        assert [one.waiting for one in later.standings()] == [True, True]
        later.record(ann, "key", graded(ann, 7.0))
        later.record(ben, "key", graded(ben, 7.0))

    book.record(ann, "key", graded(ann, 7.0))
    book.seen_again([known.outcome_id for known in book.known({book.attempt_of(ben): "key"}).values()])

    assert [(one.student_id, one.score, one.waiting) for one in book.standings()] == [
        ("ann", 7.0, False),
        ("ben", 7.0, False),
    ]


def test_two_runs_may_record_the_same_at_the_same_moment(book: Gradebook, tmp_path: Path) -> None:
    """One of them makes the row, the other takes it for its own; neither run ends by it."""
    ann = submission(tmp_path, "ann")
    book.begin([ann], whole=True)
    with closing(Gradebook(book.url, "mini")) as beside:
        beside.begin([ann], whole=True)
        meanwhile = [beside]

        def race(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if statement.startswith("INSERT INTO outcome") and meanwhile:
                meanwhile.pop().record(ann, "key", graded(ann, 7.0))

        event.listen(Engine, "before_cursor_execute", race)
        try:
            book.record(ann, "key", graded(ann, 7.0))
        finally:
            event.remove(Engine, "before_cursor_execute", race)

    assert not meanwhile
    assert len(book.history("ann")) == 1
