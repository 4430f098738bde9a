"""What is known of an assignment: its public folder, its hidden one, and the facts in `assignment.toml`.

A course is a folder with `assignments/<slug>/` (what students get) and, where grading is done,
`solutions/<slug>/` (the solution and the checks). Nothing of either is imported here.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import msgspec

from grader.errors import UsageError
from grader.gradebook.marks import Policy
from grader.pictures import Feedback
from grader.platforms.settings import Platforms
from grader.submission import Limits, files_sha256

FACTS = "assignment.toml"

_Name = Annotated[str, msgspec.Meta(pattern=r"^[^\W\d]\w*\Z")]
_Line = Annotated[str, msgspec.Meta(pattern=r"^\S[^\n\r]*\Z")]
_Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]
_Points = Annotated[float, msgspec.Meta(gt=0, le=1_000_000)]
_Count = Annotated[int, msgspec.Meta(gt=0, le=1_000_000)]
_Depth = Annotated[int, msgspec.Meta(ge=0, le=100)]
_NameBytes = Annotated[int, msgspec.Meta(ge=16, le=255)]


@dataclass(frozen=True)
class Assignment:
    """One assignment; `names` is its contract in order.

    `max_points` is a checksum of its checks' points, and `hidden_checks` their number: where there is no solution, on
    a student's machine, nothing else tells them.
    """

    slug: str
    title: str
    max_points: float
    hidden_checks: int | None
    names: tuple[str, ...]
    public: Path
    hidden: Path | None
    import_seconds: float
    check_seconds: float
    memory_mb: int
    limits: Limits
    policy: Policy = Policy()  # noqa: RUF009 - frozen
    """How marks are made of results; no result depends on it."""
    feedback: Feedback = Feedback()  # noqa: RUF009 - frozen
    platforms: Platforms = field(default=Platforms(), hash=False)

    @property
    def public_checks_path(self) -> Path:
        """Name the checks that students get."""
        return self._existing(self.public / "public_checks.py")

    @property
    def checks_path(self) -> Path:
        """Name the hidden checks; raises `UsageError` where there are none."""
        return self._existing(self._hidden_folder() / "checks.py")

    @property
    def solution_path(self) -> Path:
        """Name the reference solution; raises `UsageError` where there is none."""
        return self._existing(self._hidden_folder() / "solution.py")

    def stubs(self) -> dict[str, bytes]:
        """Read the files with gaps that students get, by name."""
        paths = (self.public / f"{self.slug}{suffix}" for suffix in (".py", ".ipynb"))
        return {path.name: path.read_bytes() for path in paths if path.is_file()}

    def checks_sha256(self) -> str:
        """Hash what decides a result: every `.py` directly in the hidden folder, and the catalogue of mistakes."""
        folder = self._hidden_folder()
        paths = {path for pattern in ("*.py", "mistakes/*.py") for path in folder.glob(pattern) if path.is_file()}
        paths |= {self.checks_path, self.solution_path}
        return files_sha256({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})

    def hidden_sha256(self) -> str:
        """Hash whatever the checks can read: all of the hidden folder but the variants, which only an audit runs."""
        folder, hashes = self._hidden_folder(), {}
        for path in folder.rglob("*"):
            name = path.relative_to(folder)
            left_out = name.parts[0] == "variants" or any(
                part[0] == "." or part == "__pycache__" for part in name.parts
            )
            if not left_out and path.is_file():
                with path.open("rb") as file:
                    hashes[name.as_posix()] = hashlib.file_digest(file, "sha256").digest()
        return files_sha256(hashes)

    def secret(self) -> bytes:
        """Make a key for the secret inputs of what only staff have: the solution and the checks."""
        return hashlib.blake2b(self.solution_path.read_bytes() + self.checks_path.read_bytes()).digest()

    def _hidden_folder(self) -> Path:
        if self.hidden is None:
            raise UsageError(f"There is no solutions/{self.slug}/ in this course: only its public checks can run.")
        return self.hidden

    def _existing(self, path: Path) -> Path:
        if not path.is_file():
            raise UsageError(f"The assignment {self.slug} is incomplete: there is no {path}.")
        return path


class _Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    import_seconds: _Seconds = 60.0
    check_seconds: _Seconds = 10.0
    memory_mb: _Count = 2048
    max_file_mb: _Count = 20
    max_total_mb: _Count = 100
    max_files: _Count = 2000
    max_depth: _Depth = 20
    max_name: _NameBytes = 255


class _Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: _Line
    max_points: _Points
    names: Annotated[tuple[_Name, ...], msgspec.Meta(min_length=1)]
    slug: _Name | None = None
    """Only in what is released: there the folder may have any name."""
    hidden_checks: _Count | None = None
    limits: _Limits = _Limits()
    policy: Policy = Policy()
    feedback: Feedback = Feedback()
    platforms: Platforms = Platforms()


def load(name_or_path: str, course: Path | None = None) -> Assignment:
    """Find an assignment by its slug in a course, or by a path to one of its folders."""
    path = Path(name_or_path)
    is_slug = path.name == name_or_path and name_or_path not in {"", ".", ".."}
    root = course_folder(course)
    if is_slug and _holds_facts(root / "assignments" / name_or_path):
        return _read(root / "assignments" / name_or_path, root / "solutions" / name_or_path)
    path = path.resolve()
    base = root if course else path.parent.parent
    if _holds_facts(path):
        return _read(path, base / "solutions" / path.name)
    public = base / "assignments" / path.name
    if (path / "checks.py").is_file() and _holds_facts(public):
        return _read(public, path)
    raise UsageError(_unknown(name_or_path, root))


def of_results(slug: str, course: Path | None, tell: Callable[[str], object]) -> Assignment | None:
    """Find the assignment that results are of; without it there is no title and no policy, and that is told."""
    folder = course_folder(course)
    if slug in known_slugs(folder):
        return load(slug, folder)
    if course is not None:
        raise UsageError(f"{course} has no assignment {slug}, of which these marks are.")
    tell(f"there is no assignment {slug} here, so no policy is applied to the scores; give its --course DIR.")
    return None


def course_folder(course: Path | None = None) -> Path:
    """Choose the course: the one given, else one around the current folder, else what came with us."""
    if course is not None:
        if not (course / "assignments").is_dir():
            raise UsageError(f"{course} is no course: it has no folder assignments/.")
        return course.resolve()
    here = Path.cwd()
    around = [here, *here.parents]
    for folder in around:
        if (folder / "assignments").is_dir() and (folder / "solutions").is_dir():
            return folder
    package = Path(__file__).resolve().parent
    # A student's folder may be called `assignments` too, so there it is one only with an assignment in it.
    return next((folder for folder in [*around, package.parent] if known_slugs(folder)), package)


def known_slugs(course: Path) -> list[str]:
    """List the assignments of a course."""
    return sorted(path.parent.name for path in _facts_files(course))


def _facts_files(course: Path) -> Iterator[Path]:
    return (path for path in (course / "assignments").glob(f"*/{FACTS}") if path.is_file())


def _holds_facts(folder: Path) -> bool:
    return (folder / FACTS).is_file()


def _read(public: Path, hidden: Path) -> Assignment:
    """Read an assignment's facts, strictly."""
    path = public / FACTS
    try:
        facts = msgspec.toml.decode(path.read_bytes(), type=_Facts)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        text = re.sub(r"Object contains unknown field", "unknown key", str(error))
        text = re.sub(r"Object missing required field", "missing key", text)
        raise UsageError(f"{path}: {text}.") from error
    twice = [name for name in facts.names if facts.names.count(name) > 1]
    if twice:
        raise UsageError(f"{path}: `names` lists {twice[0]} twice.")
    if facts.policy.grace_minutes and facts.policy.due is None:
        raise UsageError(f"{path}: `grace_minutes` in `policy` needs `due`.")
    limits = facts.limits
    return Assignment(
        slug=facts.slug or public.name,
        title=facts.title,
        max_points=facts.max_points,
        hidden_checks=facts.hidden_checks,
        names=facts.names,
        public=public,
        hidden=hidden if hidden.is_dir() else None,
        import_seconds=limits.import_seconds,
        check_seconds=limits.check_seconds,
        memory_mb=limits.memory_mb,
        limits=Limits(
            max_file_bytes=limits.max_file_mb * 1_000_000,
            max_total_bytes=limits.max_total_mb * 1_000_000,
            max_files=limits.max_files,
            max_depth=limits.max_depth,
            max_name=limits.max_name,
        ),
        policy=facts.policy,
        feedback=facts.feedback,
        platforms=facts.platforms,
    )


def _unknown(name: str, course: Path) -> str:
    """Say which assignments there are, and which was probably meant."""
    known = known_slugs(course)
    if not known:
        return f"There is no assignment {name!r}: {course} has no assignments; give the course with --course."
    close = difflib.get_close_matches(name.lower(), known, n=1)
    meant = f"did you mean {close[0]}? " if close else ""
    return f"There is no assignment {name!r}; {meant}{course} has {', '.join(known)}."
