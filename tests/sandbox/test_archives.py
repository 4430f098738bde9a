"""Archives behind the real wall: whatever the bytes, they end in files within limits or in a rejection."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import Rejected
from grader.intake import archives
from grader.intake.archives import Unpack, paths_of, unpacker
from grader.sandbox import unpacking, wire
from grader.sandbox.host import NurseryHandle
from grader.sandbox.process import Budget, WorkerProcess
from grader.sandbox.unpacking import Entry
from grader.submission import Limits, display_text
from tests.fuzz.targets import LIMITS, TARGETS, mutated
from tests.intake.makers import RIGHT, zipped

names = st.text(st.sampled_from("aA.\0/\\\n\u202eé:~") | st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.fixture
def unpack(nursery_handle: NurseryHandle) -> Iterator[Unpack]:
    """Unpack with workers of the shared nursery."""
    with unpacker(nursery_handle) as made:
        yield made


@pytest.fixture(scope="module")
def nursery(nursery_handle: NurseryHandle) -> NurseryHandle:
    """Give the shared nursery to a test that hypothesis runs many times."""
    return nursery_handle


def below(place: Path) -> dict[str, bytes]:
    """Read every file below a place."""
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(data=st.binary(max_size=2000) | st.integers(0, 2**32).map(lambda seed: _mutated(seed)))
def test_any_bytes_end_in_files_or_in_a_rejection(nursery: NurseryHandle, data: bytes) -> None:
    """Random bytes and changed archives are unpacked within the limits or rejected; nothing is written elsewhere."""
    with tempfile.TemporaryDirectory(prefix="pytest-grade-") as top, pytest.MonkeyPatch.context() as patched:
        patched.setattr(tempfile, "tempdir", top)
        path = Path(top) / "ann.zip"
        path.write_bytes(data)
        with unpacker(nursery) as unpack:
            try:
                found = below(unpack(path, LIMITS, True))
            except Rejected as error:
                found, said = {}, str(error)
            else:
                said = ""
            outside = [one for one in Path(top).iterdir() if one != path and not one.name.startswith("grade-")]
        assert said == display_text(said)
        assert outside == []
        assert list(Path(top).iterdir()) == [path]
    assert len(found) <= LIMITS.max_files
    assert sum(map(len, found.values())) <= LIMITS.max_total_bytes
    assert all(len(content) <= LIMITS.max_file_bytes for content in found.values())


def _mutated(seed: int) -> bytes:
    return mutated(TARGETS["archives"]().seeds, random.Random(seed))  # noqa: S311 - to be repeated


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.lists(names, max_size=6))
def test_no_name_that_a_worker_claims_leads_out(claimed: list[str]) -> None:
    """What comes back is held to the rules of folders: relative, printable, and no two alike on any file system."""
    entries = [Entry(name, 0) for name in claimed]
    try:
        paths = paths_of(entries, Limits(), "ann.zip")
    except Rejected as error:
        said = str(error)
    else:
        said = ""
    assert said == display_text(said)
    if said:
        return
    assert len({"/".join(path) for path in paths}) == len(claimed)
    for path in paths:
        assert all(part.strip(".") and "/" not in part and part == display_text(part) for part in path)


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([Entry("../a", 1)], "leads out"),
        ([Entry("/a", 1)], "leads out"),
        ([Entry("a//b", 1)], "leads out"),
        ([Entry("a", 21_000_000)], "a is too large: it has 21.0 MB"),
        ([Entry(f"{n}", 19_000_000) for n in range(6)], "too large together: they have 114.0 MB"),
        ([Entry(f"{n}", 0) for n in range(2001)], "more than 2000 files"),
        ([Entry("a/" * 21 + "b", 0)], "more than 20 deep"),
        ([Entry("a", 0), Entry("a", 0)], "cannot be told apart by their names: a"),
        ([Entry("a", 0), Entry("a/b", 0)], "cannot be told apart by their names: a"),
        ([Entry("n" * 256, 0)], "name is too long: it has 256 bytes"),
    ],
)
def test_a_worker_is_not_believed(entries: list[Entry], sentence: str) -> None:
    """The limits are checked again on what the worker says."""
    with pytest.raises(Rejected, match=sentence):
        paths_of(entries, Limits(), "ann.zip")


@pytest.mark.parametrize(
    "reply",
    [
        wire.Loaded(1, ()),
        wire.Raised(1, "ValueError", "no"),
        unpacking.Unpacked(1, (Entry("a", 1 << 20),)),
    ],
    ids=["another", "raised", "larger"],
)
def test_a_worker_that_breaks_the_protocol_costs_its_own_student(
    reply: wire.Reply, tmp_path: Path, unpack: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer of another kind, and fewer bytes than were promised, are a rejection."""
    real = WorkerProcess.request
    first = [reply]

    def lie(worker: WorkerProcess, message: wire.Request, budget: Budget) -> object:
        answer = real(worker, message, budget)
        return first.pop() if first else answer

    monkeypatch.setattr(WorkerProcess, "request", lie)
    (tmp_path / "ann.zip").write_bytes(zipped({"mini.py": RIGHT}))

    with pytest.raises(Rejected, match=r"^ann\.zip cannot be unpacked: the process that reads it did not speak"):
        unpack(tmp_path / "ann.zip", Limits(), True)


def test_what_takes_too_long_is_a_rejection(tmp_path: Path, unpack: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of an archive is limited, however it is spent."""
    monkeypatch.setattr(archives, "_SECONDS", 0.01)
    (tmp_path / "ann.zip").write_bytes(zipped({f"{number}.txt": bytes(19_000_000) for number in range(5)}))

    with pytest.raises(Rejected, match=r"^ann\.zip cannot be unpacked: it did not finish within 0\.02 seconds\.$"):
        unpack(tmp_path / "ann.zip", Limits(), True)


def test_what_takes_too_much_memory_is_a_rejection(
    tmp_path: Path, unpack: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The memory of a worker that unpacks is limited, whatever the formats' readers do with it."""
    monkeypatch.setattr(archives, "_SPARE_BYTES", -90_000_000)
    (tmp_path / "ann.zip").write_bytes(zipped({f"{number}.txt": bytes(19_000_000) for number in range(5)}))

    with pytest.raises(Rejected, match=r"^ann\.zip (takes too much memory|cannot be unpacked: .* memory)"):
        unpack(tmp_path / "ann.zip", Limits(), True)


def test_files_are_written_for_us_alone(tmp_path: Path, unpack: Unpack) -> None:
    """What was unpacked can be read by nobody else, and a file of many parts arrives whole."""
    data = random.Random(3).randbytes(2 * unpacking.PART + 5)  # noqa: S311 - any bytes
    (tmp_path / "ann.zip").write_bytes(zipped({"data/big.bin": data, "mini.py": RIGHT}, 0))

    place = unpack(tmp_path / "ann.zip", Limits(max_file_bytes=1 << 30), True)

    assert below(place) == {"data/big.bin": data, "mini.py": RIGHT}
    assert {path.stat().st_mode & 0o777 for path in place.rglob("*") if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (place, place.parent, place / "data")} == {0o700}
