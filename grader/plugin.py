"""The pytest plugin: fixtures for checks, and one submission judged with plain pytest.

    pytest solutions/sinenet/checks.py --submission doe_jane.py -k early_stop --pdb

It is inert unless a checks file is among the arguments. It registers its options as a plugin, never in a
conftest.py: there, pytest would take the submission for a test path and load a conftest.py beside it, in this
very process. Every pytest in this environment imports it, so it imports nothing heavy by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.checks.draw import Draw
    from grader.checks.session import Session
    from grader.checks.sketch import Sketch
    from grader.checks.student import Submission
    from grader.checks.transcript import Transcript
    from grader.pictures import Picture

CHECK_FILES = ("checks.py", "public_checks.py")


@dataclass
class Judging:
    """What the fixtures give out: the submission and the check under judgement, the solution, the seed, the limits."""

    solution: ModuleType | None
    seed: int
    secret: bytes
    check_seconds: float
    session: Session | None = None
    check: str = ""
    transcripts: dict[str, Transcript] = field(default_factory=dict)
    pictures: list[Picture] | None = None
    """Where checks put pictures of what they saw; None where nobody wants any."""

    def seed_for(self, stream: str, name: str) -> int:
        """Derive the seed of a stream for a check; the worker, which can read its own, learns nothing of others."""
        from grader.checks.draw import seed_for

        return seed_for(self.secret, self.seed, stream, name)


JUDGING: pytest.StashKey[Judging] = pytest.StashKey()
_CLEANUP: pytest.StashKey[Callable[[], None]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the options that course staff need to judge one file with plain pytest."""
    group = parser.getgroup("grade", "grade: judge a submission with a checks.py")
    group.addoption("--submission", metavar="FILE", help="the .py, .ipynb or folder to judge with a checks.py")
    group.addoption("--grade-seed", type=int, default=0, metavar="N", help="seed of the random inputs (default 0)")
    group.addoption(
        "--grade-sandbox",
        choices=("auto", "strict", "off"),
        default="auto",
        help="isolation of the submitted code, as in `grade run --sandbox` (default auto)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect `check_*` functions where a checks file was asked for, and start the sandbox for --submission."""
    asked = [Path(str(arg).split("::")[0]) for arg in config.args]
    checks = [path for path in asked if path.name in CHECK_FILES]
    if not checks:
        return
    config.addinivalue_line("python_functions", "check_")
    config.pluginmanager.register(_fixtures(config), "grade-fixtures")
    submission = config.getoption("--submission")
    if submission is not None and JUDGING not in config.stash:
        from grader.checks.standalone import start

        judging, cleanup = start(
            checks[0], Path(submission), config.getoption("--grade-seed"), config.getoption("--grade-sandbox")
        )
        config.stash[JUDGING] = judging
        config.stash[_CLEANUP] = cleanup


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the sandbox down again."""
    if _CLEANUP in config.stash:
        config.stash[_CLEANUP]()


def judging_of(config: pytest.Config) -> Judging:
    """Return what is under judgement, or say how to name it."""
    if JUDGING not in config.stash:
        raise pytest.UsageError("a check needs a submission: pytest .../checks.py --submission FILE")
    return config.stash[JUDGING]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give each check its seed and its time, before any of its fixtures."""
    if JUDGING not in item.config.stash or not isinstance(item, pytest.Function):
        return
    import torch

    from grader.checks.marks import marks_of

    judging = item.config.stash[JUDGING]
    judging.check = item.name
    if judging.session is None:
        return
    # torch.manual_seed would also format a stack, for CUDA: 1 ms.
    torch.default_generator.manual_seed(judging.seed_for("solution", item.name))
    seconds = marks_of(item.function).seconds or judging.check_seconds
    judging.session.begin_check(judging.seed_for("worker", item.name), seconds)
    judging.transcripts[item.name] = judging.session.transcript
    _hand_over(item, judging)


def _hand_over(item: pytest.Function, judging: Judging) -> None:
    """Give a check its arguments where that is simple: what pytest does for each takes as long as many a check."""
    from grader.checks.draw import Draw
    from grader.checks.sketch import Sketch
    from grader.checks.student import Submission

    definitions = {name: found[-1] for name, found in item._fixtureinfo.name2fixturedefs.items()}
    ours = {name for name, one in definitions.items() if one.func.__module__ == __name__}
    if any(one.scope == "function" for name, one in definitions.items() if name not in ours):
        return  # it may ask for ours itself, and has to get the same
    assert judging.session is not None
    if "submission" in ours:
        item.funcargs["submission"] = Submission(judging.session)
    if "draw" in ours:
        item.funcargs["draw"] = Draw(judging.seed_for("draw", judging.check))
    if "sketch" in ours:
        item.funcargs["sketch"] = Sketch(judging.check, judging.pictures)
    if "solution" in ours and judging.solution is not None:
        item.funcargs["solution"] = judging.solution


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> Iterator[None]:
    """Charge a shared fixture to its own time, not to the check that happens to come first."""
    seconds = getattr(fixturedef.func, "__shared_seconds__", None)
    judging = request.config.stash.get(JUDGING, None)
    if seconds is None or judging is None or judging.session is None:
        return (yield)
    with judging.session.budget(seconds):
        return (yield)


def _fixtures(config: pytest.Config) -> ModuleType:
    """Make what a check may ask for. None of it asks for pytest's `request`, whose making costs more than it does."""

    def current() -> Session:
        session = judging_of(config).session
        assert session is not None
        return session

    @pytest.fixture(scope="module")
    def submission() -> Submission:
        """Give the student's module: what a check calls on it happens in the worker."""
        from grader.checks.student import Submission

        return Submission(current())

    @pytest.fixture
    def fresh_submission(submission: Submission) -> Submission:
        """Give the student's module as it is right after its import, in a new worker."""
        current().refresh()
        return submission

    @pytest.fixture(scope="session")
    def solution() -> ModuleType:
        """Give the reference solution, in this process."""
        solution = judging_of(config).solution
        if solution is None:
            raise pytest.UsageError("this check needs the hidden solution, which is not here")
        return solution

    @pytest.fixture(scope="module")
    def shared_draw() -> Draw:
        """Give a stream of secret random inputs to what checks share; one `@shared` fixture alone may ask for it."""
        from grader.checks.draw import Draw

        return Draw(judging_of(config).seed_for("shared", ""))

    @pytest.fixture
    def draw() -> Draw:
        """Give the check's own stream of secret random inputs."""
        from grader.checks.draw import Draw

        judging = judging_of(config)
        return Draw(judging.seed_for("draw", judging.check))

    @pytest.fixture
    def sketch() -> Sketch:
        """Give what pictures are recorded with; none is a reason to pass or to fail."""
        from grader.checks.sketch import Sketch

        judging = judging_of(config)
        return Sketch(judging.check, judging.pictures)

    found = ModuleType("grader.fixtures")  # pytest looks for fixtures in modules and in classes
    vars(found).update(submission=submission, fresh_submission=fresh_submission, solution=solution)
    vars(found).update(shared_draw=shared_draw, draw=draw, sketch=sketch)
    return found
