"""Where a gradebook may be: what cannot be used, or would keep nothing, is told in a sentence."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from grader.errors import GradeError, UsageError
from grader.gradebook.book import Gradebook, open_existing
from grader.gradebook.places import refuse_no_place, url_of
from tests.gradebook.makers import graded, submission
from tests.gradebook.small_disk import read_only


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("class.sqlite", "'class.sqlite' is no address of a database"),
        ("nosuch://host/name", "is no address of a database"),
        ("mysql://grade:secret@host/name", "needs the package MySQLdb"),
        ("postgresql:/grade:secret@host/name", "is no address of a database"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(address: str, said: str) -> None:
    """One sentence says what is wrong with an address, and never a password."""
    with pytest.raises(UsageError, match=said) as caught:
        Gradebook(address, "mini")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite://", "is no file, and nothing would be kept"),
        ("sqlite:///:memory:", "is no file, and nothing would be kept"),
        ("sqlite:///nosuch/class.sqlite", "there is no folder .*/nosuch: give a file in a folder that is there"),
        ("sqlite:////tmp", "the gradebook /tmp is a folder"),
    ],
)
def test_a_place_where_nothing_would_be_kept_is_refused(address: str, said: str) -> None:
    """A record that is gone with the run is none."""
    with pytest.raises(UsageError, match=said):
        refuse_no_place(address)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_gradebook_can_be_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    """Results that were put away, or are another person's, are still there for `grade diff` and `grade export`."""
    results = tmp_path / "results"
    results.mkdir()
    ann = submission(tmp_path, "ann")
    with closing(Gradebook(url_of(results), "mini")) as book:
        book.begin([ann], whole=True)
        book.record(ann, "key", graded(ann, 7.0))

    with read_only(results), closing(open_existing(results, None)) as book:
        assert [one.score for one in book.standings()] == [7.0]


def test_a_file_that_is_no_gradebook_is_told(tmp_path: Path) -> None:
    """A file of another kind is left as it is."""
    (tmp_path / "gradebook.sqlite").write_bytes(b"no database at all" * 100)

    with pytest.raises(GradeError, match="file is not a database"):
        Gradebook(url_of(tmp_path), "mini")

    assert (tmp_path / "gradebook.sqlite").read_bytes() == b"no database at all" * 100


def test_a_gradebook_of_another_version_is_refused(tmp_path: Path) -> None:
    """Tables of a later version of ours are not touched."""
    Gradebook(url_of(tmp_path), "mini").close()
    with closing(sqlite3.connect(tmp_path / "gradebook.sqlite")) as raw:
        raw.execute("UPDATE gradebook_format SET version = 99")
        raw.commit()

    with pytest.raises(UsageError, match="its format is 99, ours is 2"):
        Gradebook(url_of(tmp_path), "mini")


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A database that cannot be reached is one sentence."""
    with pytest.raises(GradeError, match=r"cannot be used: .*(refused|No such file)"):
        Gradebook(f"postgresql+psycopg://grade@/x?host={tmp_path}", "mini")
