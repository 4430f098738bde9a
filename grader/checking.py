"""Put a submission, or a known mistake, through checks that pytest has collected once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from grader.checks.marks import marks_of
from grader.checks.outcomes import Recorder
from grader.checks.session import Session
from grader.diagnosis import Answers
from grader.pictures import Picture
from grader.plugin import Judging


class Checker:
    """Runs collected checks on one session after the other; what came of them is in its recorder."""

    def __init__(self, items: Sequence[pytest.Function], recorder: Recorder, judging: Judging) -> None:
        self.items = tuple(item for item in items if not marks_of(item.function).manual)
        self.recorder = recorder
        self.judging = judging

    def run(self, session: Session, pictures: list[Picture] | None = None) -> None:
        """Run all checks, each after those that it needs; what they draw is put into `pictures`."""
        self.judging.pictures = pictures
        self._run(session, self.items, needs_count=True)

    def run_alone(self, session: Session, names: Sequence[str]) -> None:
        """Run some checks, whatever they need."""
        self.judging.pictures = None
        self._run(session, [item for item in self.items if item.name in names], needs_count=False)

    def answers(self) -> dict[str, Answers]:
        """Give what was answered in each check of the last run."""
        endings, transcripts = self.recorder.endings, self.judging.transcripts
        return {name: Answers(transcripts[name], ending) for name, ending in endings.items() if name in transcripts}

    def _run(self, session: Session, items: Sequence[pytest.Function], *, needs_count: bool) -> None:
        if not items:
            return
        self.judging.session = session
        self.judging.transcripts = {}
        self.recorder.start(items, needs_count=needs_count)
        try:
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        except BaseException:
            items[0].session._setupstate.teardown_exact(None)  # or the next student would be given this one's module
            raise
        finally:
            self.judging.session = None
