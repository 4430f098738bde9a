"""Jobs tell each other how mistakes answer, and a job that dies in the middle of it does no harm."""

from __future__ import annotations

import os
from collections.abc import Callable

import torch

from grader import shared_answers
from grader.checks.facts import AnyOf, Within
from grader.checks.transcript import Ending, Transcript, same_answers, same_ending
from grader.diagnosis import Answers
from grader.sandbox import values, wire
from grader.shared_answers import SharedAnswers


def answers(number: float) -> dict[str, Answers]:
    """Answer one call with a tensor, and fail on a fact."""
    transcript = Transcript()
    value = values.encode(torch.full((3,), number), lambda _: wire.Opaque("?"))
    transcript.add(wire.Call(1, wire.Name("f"), (), {}), wire.Returned(1, value))
    fact = (Within(number, 0.1), AnyOf((torch.ones(2), "no")), (3, True, None, "transposed"))
    return {"check_f": Answers(transcript, Ending.of("failed", "wrong", fact))}


def in_another_process(work: Callable[[], object]) -> None:
    """Fork, work, and leave; to be right it must raise nothing."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(pid, 0)[1] == 0


def test_what_one_job_found_another_knows() -> None:
    """Whole transcripts and facts come over, those of before and after the fork."""
    shared = SharedAnswers()
    shared.put("ours", answers(1.0))

    def work() -> None:
        assert shared.get("ours") is not None
        shared.put("theirs", answers(2.0))
        shared.put("none", {})

    in_another_process(work)

    found, wanted = shared.get("theirs"), answers(2.0)["check_f"]
    assert found is not None
    assert same_answers(found["check_f"].transcript, wanted.transcript)
    assert same_ending(found["check_f"].ending, wanted.ending)
    assert not same_answers(found["check_f"].transcript, answers(3.0)["check_f"].transcript)
    assert shared.get("none") == {}
    assert shared.get("unknown") is None


def test_half_a_record_ends_the_telling_and_nothing_else() -> None:
    """What a killed job has left is not believed, nor what comes after it; one's own answers are still known."""
    shared = SharedAnswers()
    whole = SharedAnswers()
    whole.put("half", answers(1.0))
    record = os.pread(whole._file, 1 << 20, 0)
    os.pwrite(shared._file, record[:-100], 0)
    shared.put("ours", answers(2.0))
    in_another_process(lambda: shared.put("theirs", answers(3.0)))

    assert shared.get("half") is None
    assert shared.get("theirs") is None
    assert shared.get("ours") is not None


def test_a_record_of_another_form_ends_the_telling() -> None:
    """What is whole, but not what a job tells, is not believed; one's own answers are still known."""
    shared = SharedAnswers()
    record = b"\x01"
    shared._append(shared_answers._HEADER.pack(len(record), shared_answers._digest(record)) + record)
    in_another_process(lambda: shared.put("theirs", answers(3.0)))
    shared.put("ours", answers(2.0))

    assert shared.get("theirs") is None
    assert shared.get("ours") is not None


def test_jobs_that_write_at_once_lose_nothing() -> None:
    """Records of several processes do not run into each other."""
    shared = SharedAnswers()
    start, go = os.pipe()
    pids = []
    for job in range(4):
        pid = os.fork()
        if pid == 0:
            os.close(go)
            os.read(start, 1)
            for number in range(50):
                shared.put(f"{job}-{number}", answers(float(number)))
            os._exit(0)
        pids.append(pid)
    os.close(go)
    for pid in pids:
        assert os.waitpid(pid, 0)[1] == 0
    os.close(start)

    assert all(shared.get(f"{job}-{number}") for job in range(4) for number in range(50))
