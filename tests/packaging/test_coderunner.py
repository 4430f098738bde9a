"""The package for CodeRunner: its question is run as Jobe runs it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.packaging import built
from tests.platforms import made

ANSWER = "{{ STUDENT_ANSWER | e('py') }}"
ATTACHMENTS = "{{ ATTACHMENTS | e('py') }}"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package."""
    return built.package("coderunner", tmp_path_factory.mktemp("coderunner"))


@pytest.fixture(scope="module")
def question(package: Path) -> ElementTree.Element:
    """Read the question as Moodle imports it."""
    found = ElementTree.parse(package / "question.xml").getroot().find("question")  # noqa: S314 - ours
    assert found is not None
    return found


def escaped(text: str) -> str:
    """Escape as CodeRunner's filter for Python does."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def ran(
    question: ElementTree.Element, where: Path, answer: str, attached: dict[str, bytes]
) -> subprocess.CompletedProcess[str]:
    """Run a submission: attachments, then support files over them, then the template with its blanks filled in."""
    support = {str(one.get("name")): base64.b64decode(one.text or "") for one in question.iter("file")}
    made.put(where, attached | support)
    template = question.findtext("template") or ""
    program = template.replace(ANSWER, escaped(answer)).replace(ATTACHMENTS, escaped(",".join(attached)))
    (where / "__tester__.python3").write_bytes(built.installed(program.encode()))
    return subprocess.run(
        [sys.executable, "-BE", "__tester__.python3"], cwd=where, capture_output=True, text=True, timeout=200,
        check=False, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip


def test_settings(question: ElementTree.Element) -> None:
    """The question is a combinator that grades itself, and asks for the time and the memory that torch needs."""
    said = {name: question.findtext(name) for name in ("iscombinatortemplate", "grader", "language", "allornothing")}

    assert said == {"iscombinatortemplate": "1", "grader": "TemplateGrader", "language": "python3", "allornothing": "0"}
    assert int(question.findtext("memlimitmb") or 0) >= 2048
    assert int(question.findtext("cputimelimitsecs") or 0) == 120
    assert question.findtext("answer") == "", "Moodle may show it to students"
    assert "NotImplementedError" in (question.findtext("answerpreload") or "")


def test_right(question: ElementTree.Element, tmp_path: Path) -> None:
    """A right answer has the fraction 1, whatever it has for quotes, and whatever is attached."""
    answer = made.RIGHT + 'TEXT = """quotes \\" and \\\\ backslashes \\n"""\n# ends in "'

    done = ran(question, tmp_path, answer, made.OTHERS)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["fraction"] == 1


def test_course_is_nobodys_attachment(question: ElementTree.Element, tmp_path: Path) -> None:
    """What is attached under the name of the hidden part is not read as the student's."""
    reads = (
        "import glob\n\nFOUND = glob.glob('**/*.zip', recursive=True) + glob.glob('**/solution.py', recursive=True)\n"
    )
    answer = f"{reads}\n\ndef double(x):\n    raise ValueError(FOUND)\n\n\ndef total(x):\n    return 0.0\n"

    done = ran(question, tmp_path, answer, {"grade-course.zip": b"mine", "mine.zip": b""})

    assert done.stderr == ""
    assert "ValueError: ['mine.zip']" in done.stdout


def test_our_fault(question: ElementTree.Element, tmp_path: Path) -> None:
    """Where the template finds no grader the run fails, and prints no JSON."""
    made.put(tmp_path, {"grade-course.zip": b""})
    (tmp_path / "__tester__.python3").write_text(question.findtext("template") or "")

    done = subprocess.run(
        [sys.executable, "-BE", "__tester__.python3"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert done.stdout == ""
