"""Feedback pages in a zip whose names say whose they are; the same pages give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from grader.exports.order import Made, Order, Student, Unplaced

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can name."""


def zipped(order: Order, named: Iterable[tuple[Student, str]], unplaced: Iterable[Unplaced]) -> Made:
    """Zip each student's page under a name; whose page is missing is told."""
    placed, missing = [], list(unplaced)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, name in sorted(named, key=lambda pair: pair[1]):
            try:
                page = order.page(student).read_bytes()
            except FileNotFoundError:
                missing.append(Unplaced(student, f"there is no {order.page(student)}"))
                continue
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, page)
            placed.append(student)
    return Made(file.getvalue(), tuple(placed), tuple(missing))
