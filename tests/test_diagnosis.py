"""A mistake gets its name by what code answers; in doubt it gets none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.checks.facts import AnyOf, Within
from grader.checks.transcript import Ending, Transcript
from grader.diagnosis import Answers, Diagnosis
from grader.mistakes import Mistake
from grader.sandbox import wire

RIGHT = 1.0


def mistake(slug: str, *loses: str, may_lose: tuple[str, ...] = (), instead_of: tuple[str, ...] = ()) -> Mistake:
    """Make a mistake whose source is its name."""
    return Mistake(slug, f"{slug}.", "Do better.", loses, may_lose, instead_of, slug)


def answers(value: float, *, message: str = "wrong", fact: object = None) -> Answers:
    """Answer one call with a number, and fail."""
    transcript = Transcript()
    transcript.add(wire.Call(1, wire.Name("f"), (), {}), wire.Returned(1, value))
    return Answers(transcript, Ending.of("failed", message, fact))


class Course:
    """What each code answers in each check, and how often it was put through them."""

    def __init__(self, known: Mapping[str, Mapping[str, Answers]]) -> None:
        self.known = {"": dict.fromkeys(("a", "b", "c"), answers(RIGHT)), **known}
        self.replayed: list[str] = []

    def replay(self, source: str, names: Sequence[str]) -> Mapping[str, Answers]:
        """Answer as this code does."""
        self.replayed.append(source)
        return {name: found for name, found in self.known[source].items() if name in names}

    def diagnosis(self, *catalogue: Mistake, dear: frozenset[str] = frozenset()) -> Diagnosis:
        """Name the mistakes of a catalogue."""
        return Diagnosis(catalogue, self.replay, ("a", "b", "c"), dear)


def named(diagnosis: Diagnosis, found: Mapping[str, Answers], *skipped: str) -> dict[str, str]:
    """Name the mistakes behind failed checks, by slug."""
    names = diagnosis.names(found, frozenset((*found, *skipped)))
    return {check: one.slug for check, one in names.items()}


def test_the_mistake_that_answers_alike_is_named() -> None:
    """A value within the tolerance is the same answer, another is not."""
    course = Course({"double": {"a": answers(2.0)}, "triple": {"a": answers(3.0)}})
    diagnosis = course.diagnosis(mistake("double", "a"), mistake("triple", "a"))

    assert named(diagnosis, {"a": answers(2.00001)}) == {"a": "double"}
    assert named(diagnosis, {"a": answers(2.01)}) == {}


def test_a_passed_check_rules_a_mistake_out() -> None:
    """A mistake that loses two checks is not behind the failure of one alone."""
    course = Course({"double": {"a": answers(2.0), "b": answers(2.0)}})
    diagnosis = course.diagnosis(mistake("double", "a", "b"))

    assert named(diagnosis, {"a": answers(2.0)}) == {}
    assert named(diagnosis, {"a": answers(2.0)}, "b") == {"a": "double"}


def test_of_two_that_fit_none_is_named_but_the_one_that_says_more() -> None:
    """Where two mistakes answer alike, the one declared in place of the other is named, else none."""
    course = Course({"one": {"a": answers(2.0)}, "two": {"a": answers(2.0)}})

    assert named(course.diagnosis(mistake("one", "a"), mistake("two", "a")), {"a": answers(2.0)}) == {}
    specific = course.diagnosis(mistake("one", "a"), mistake("two", "a", instead_of=("one",)))
    assert named(specific, {"a": answers(2.0)}) == {"a": "two"}


def test_another_check_may_tell_two_apart() -> None:
    """What one check leaves open, another that only one of the two loses decides for both."""
    course = Course({"one": {"a": answers(2.0), "b": answers(2.0)}, "two": {"a": answers(2.0)}})
    diagnosis = course.diagnosis(mistake("one", "a", "b"), mistake("two", "a"))

    assert named(diagnosis, {"a": answers(2.0), "b": answers(2.0)}) == {"a": "one", "b": "one"}


def test_a_failure_that_tells_nothing_names_nothing() -> None:
    """A check that failed on a right value, without a fact, is no evidence."""
    course = Course({"one": {"a": answers(RIGHT)}})

    assert named(course.diagnosis(mistake("one", "a")), {"a": answers(RIGHT)}) == {}


def test_the_fact_of_a_failure_counts() -> None:
    """Facts decide where values do not: a number that is known only so well, one of several faces."""
    course = Course({"one": {"a": answers(RIGHT, fact=(Within(0.5, 0.03), AnyOf(("x", "y"))))}})
    diagnosis = course.diagnosis(mistake("one", "a"))

    assert named(diagnosis, {"a": answers(RIGHT, fact=(Within(0.51, 0.03), AnyOf(("y", "z"))))}) == {"a": "one"}
    assert named(diagnosis, {"a": answers(RIGHT, fact=(Within(0.6, 0.03), AnyOf(("y", "z"))))}) == {}
    assert named(diagnosis, {"a": answers(RIGHT, fact=(Within(0.51, 0.03), AnyOf(("z",))))}) == {}


def test_the_sentence_counts_by_its_form() -> None:
    """Numbers and names in a message are the student's own; another sentence is another failure."""
    course = Course({"one": {"a": answers(2.0, message="'fc1' has 3 rows.")}})
    diagnosis = course.diagnosis(mistake("one", "a"))

    assert named(diagnosis, {"a": answers(2.0, message="'layer' has 4 rows.")}) == {"a": "one"}
    assert named(diagnosis, {"a": answers(2.0, message="'layer' has no rows.")}) == {}


def test_dear_checks_are_never_replayed_and_get_the_name_from_others() -> None:
    """What takes seconds is named by what was recognised at a cheaper check."""
    course = Course({"one": {"a": answers(2.0)}})
    diagnosis = course.diagnosis(mistake("one", "a", may_lose=("b",)), dear=frozenset("b"))

    assert named(diagnosis, {"a": answers(2.0), "b": answers(9.0)}) == {"a": "one", "b": "one"}
    assert named(diagnosis, {"b": answers(9.0)}) == {}


def test_each_mistake_is_replayed_once_a_batch() -> None:
    """However many submissions fail, a mistake is put through its checks once, and only where it may be the one."""
    course = Course({"one": {"a": answers(2.0)}, "two": {"b": answers(2.0)}})
    diagnosis = course.diagnosis(mistake("one", "a"), mistake("two", "b"))

    for value in (2.0, 3.0, 2.0):
        named(diagnosis, {"a": answers(value)})

    assert sorted(course.replayed) == ["", "one"]


def test_a_mistake_that_cannot_be_replayed_is_never_named() -> None:
    """A replay that gives nothing is no answer."""
    course = Course({"one": {}})

    assert named(course.diagnosis(mistake("one", "a")), {"a": answers(2.0)}) == {}
