"""A student whose name changes, and who is known by something else, stays the same student."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.command import run_mini

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"
WRONG = RIGHT.replace("x + x", "3 * x")


def test_another_name_of_a_student_is_on_record_too(tmp_path: Path) -> None:
    """Who changes the name, and is known by something else, has the new one wherever the record is read from."""
    folder, out = tmp_path / "class", tmp_path / "out"
    folder.mkdir()
    for login, text in {"jdoe": RIGHT, "rray": WRONG}.items():
        (folder / f"HW 1_{login}_attempt_2026-02-03-10-11-12_mini.py").write_text(text)
    (folder / "HW 1_rray_attempt_2026-02-03-10-11-12.txt").write_text("Name: Ray (rray)\n")
    for name in ("Jane Doe", "Jane Roe"):
        (folder / "HW 1_jdoe_attempt_2026-02-03-10-11-12.txt").write_text(f"Name: {name} (jdoe)\n")
        assert run_mini(out, [folder]).code == 0

    assert run_mini(out, [folder], "--only", "rray").code == 0

    rows = csv.DictReader((out / "grades.csv").read_text().splitlines())
    assert [(row["id"], row["student"]) for row in rows] == [("jdoe", "Jane Roe"), ("rray", "Ray")]
