"""Pictures in the pages: of whatever numbers came back, told in words, without the solution where it is hidden."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.pictures import Feedback, Field, Picture, Series, Spot
from grader.report.drawing import Drawing, drawings_of
from grader.report.drawing.scale import Axis, short, ticks_of
from grader.report.pages import render_feedback, render_report
from grader.results import Evidence
from tests.report.conftest import MakeCheck, MakeResult, Page

FIELD = Field(label="f", left=-6, right=6, bottom=-6, top=6, columns=3, levels=bytes(range(9)))
NUMBER = st.one_of(st.none(), st.floats(-1e30, 1e30), st.sampled_from([0.0, 1e-300, -1e30, 1e30]))


def picture(*series: Series, **more: object) -> Picture:
    """Make a picture of the check `check_relu`."""
    base: dict[str, object] = {"check": "check_relu", "title": "relu(x)", "x_label": "x", "y_label": "y"}
    return Picture(series=series, **{**base, **more})  # type: ignore[arg-type]  # made of keywords


def one(
    label: str = "yours", role: str = "student", x: object = (0.0, 1.0), y: object = (0.0, 1.0), **more: object
) -> Series:
    """Make a series."""
    return Series(label=label, role=role, x=x, y=y, **more)  # type: ignore[arg-type]  # as above


def drawn(asked: Picture, *, reference: bool = True) -> Drawing:
    """Draw one picture."""
    return drawings_of([asked], ["check_relu"], reference=reference)["check_relu"][0]


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Make any picture that checks can record, with any numbers."""
    series = []
    kind = draw(st.sampled_from(["curves", "log", "bars", "square", "field"]))
    for role in ["student", *draw(st.lists(st.sampled_from(["student", "reference", "data", "limit"]), max_size=4))]:
        many = draw(st.integers(0, 6))
        x = draw(st.lists(NUMBER, min_size=many, max_size=many))
        form = "bars" if kind == "bars" else draw(st.sampled_from(["line", "dots"]))
        x = list(range(many)) if kind == "bars" else x
        y = draw(st.lists(NUMBER, min_size=many, max_size=many))
        series.append(one(draw(st.text(max_size=4)), role, tuple(x), tuple(y), form=form))
    return picture(
        *series,
        log_y=kind == "log",
        ticks=("a", "<b>", "c", "d", "e", "f") if kind == "bars" else (),
        square=kind in ("square", "field"),
        field=FIELD if kind == "field" else None,
        spots=(Spot(label="<minimum>", x=1e30, y=0),) if kind == "square" else (),
    )


@settings(max_examples=300, deadline=None, database=None)
@given(pictures())
def test_any_numbers_make_a_picture(asked: Picture) -> None:
    """Whatever came back: well-formed, bounded, with finite numbers alone, and with words for it."""
    found = drawn(asked)

    tree = ET.fromstring(str(found.svg))  # noqa: S314 - our own
    assert tree.attrib["aria-label"] == found.text
    assert not re.search(r"nan|inf\b", re.sub(r'aria-label="[^"]*"|base64,[^"]*|>[^<]*<', "", str(found.svg)))
    assert len(found.svg) < 14_000
    numbers = [
        abs(float(text))
        for text in re.findall(
            r'(?<=[ "MLhv])-?\d+\.?\d*', re.sub(r'"data:[^"]*"|aria-label="[^"]*"|>[^<]*<', "", str(found.svg))
        )
    ]
    assert max(numbers) <= 2000
    assert found.text.startswith("relu(x): ")
    assert "style=" not in found.svg


@settings(max_examples=200, deadline=None, database=None)
@given(pictures(), st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=2))
def test_without_the_reference_nothing_hangs_on_it(asked: Picture, other: list[float]) -> None:
    """The picture, its axes, its key and its words are the same whatever the solution gives."""
    series = tuple(
        msgspec.structs.replace(one, y=tuple(other[at % 2] for at in range(len(one.y))))
        if one.role == "reference"
        else one
        for one in asked.series
    )

    assert drawn(asked, reference=False) == drawn(msgspec.structs.replace(asked, series=series), reference=False)


def test_a_difference_is_shaded_and_told() -> None:
    """Between the student's curve and the reference, with the place where they are furthest apart."""
    places = (-2.0, 0.0, 2.0)

    found = drawn(picture(one(x=places, y=(-1.0, 0.0, 2.0)), one("reference", "reference", places, (0.0, 0.0, 2.0))))

    assert 'class="gap"' in found.svg
    assert found.text == "relu(x): yours and the reference, from -2 to 2; they differ most at -2, by 1."
    assert [(entry.kind, entry.label) for entry in found.key] == [("k0", "yours"), ("reference", "reference")]


def test_a_gap_ends_a_line_and_a_point_alone_is_a_dot() -> None:
    """Nothing is drawn across what is not there, and nothing that is there is without a mark."""
    places = tuple(float(at) for at in range(7))

    found = drawn(picture(one(x=places, y=(1.0, None, 2.0, None, 3.0, 4.0, None))))

    (path,) = re.findall(r'class="curve k0" d="([^"]*)"', str(found.svg))
    assert re.sub(r"[\d. -]+", "", path.replace("h0", "h")) == "MhMhML"


def test_what_runs_away_does_not_flatten_the_rest() -> None:
    """A curve that goes far out is cut off, so that the reference can still be seen."""
    places = (0.0, 1.0, 2.0)
    found = drawn(picture(one(x=places, y=(0.0, 1.0, 1e9)), one("reference", "reference", places, (0.0, 1.0, 2.0))))

    labels = [float(text) for text in re.findall(r'class="end"[^>]*>([^<]*)<', str(found.svg))]
    assert max(labels) <= 10
    assert "by 10\u2079" in found.text


@pytest.mark.parametrize(
    ("losses", "said"),
    [
        ((0.5, 0.1, 0.01), "yours goes from 0.5 to 0.01 in 3 epochs; 0.02 is reached by epoch 3."),
        ((0.5, 0.1, None), "yours goes from 0.5 to 0.1 in 2 epochs; 0.02 is never reached. "
         "Where there is no finite number, there is a gap."),
    ],
)  # fmt: skip
def test_losses_are_told(losses: tuple[float | None, ...], said: str) -> None:
    """Where they begin and end, and whether the threshold is reached."""
    limit = one("0.02", "limit", (1.0, 3.0), (0.02, 0.02))

    assert drawn(picture(one(x=(1.0, 2.0, 3.0), y=losses), limit, log_y=True)).text == f"relu(x): {said}"


def test_paths_are_told() -> None:
    """Where each ends, and how far from the nearest place."""
    found = drawn(picture(one("sgd", x=(0.0, 3.0), y=(0.0, 2.5)), square=True, field=FIELD, spots=(
        Spot(label="minimum 1", x=3, y=2), Spot(label="minimum 2", x=-3, y=3),
    )))  # fmt: skip

    assert found.text == "relu(x): sgd goes from (0, 0) to (3, 2.5), 0.5 from minimum 1."
    assert "data:image/png;base64," in found.svg


@settings(max_examples=200, deadline=None, database=None)
@given(st.floats(-1e30, 1e30), st.floats(1e-6, 1e30), st.booleans())
def test_ticks_lie_on_the_axis(low: float, span: float, log: bool) -> None:
    """A few round numbers, all of them on the axis."""
    low = abs(low) + 1e-20 if log else low
    high = low + max(span, abs(low) * 1e-6)
    if not low < high:
        return
    axis = Axis(low, high, 100.0, log)

    ticks = ticks_of(axis)

    assert len(ticks) <= 14
    assert all(-1e-6 <= axis.at(value) <= 100.0001 for value, _ in ticks)


def test_numbers_are_short() -> None:
    """A few digits, and powers of ten as one writes them."""
    assert [short(value) for value in (0.0, 0.1 + 0.2, 1e6, -2.5e-7, 12345.678)] == [
        "0", "0.3", "10\u2076", "-2.5\u00b710\u207b\u2077", "1.235\u00b710\u2074",
    ]  # fmt: skip


def test_pages_show_what_they_may(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """Students see pictures of visible checks, the solution's curve where the assignment says so; staff see all."""
    shown = picture(one(), one("MARK_reference", "reference", (0.0, 1.0), (0.0, 77.125)), title="Shown")
    hidden = picture(one(), check="check_secret", title="MARK_title")
    result = make_result(make_check("check_relu"), make_check("check_secret", visibility="hidden"))
    evidence = Evidence(pictures=(shown, hidden))

    closed, opened = (render_feedback(result, evidence, Feedback(reference=some)) for some in (False, True))
    staff, none = render_report(result, evidence), render_report(result, evidence, Feedback(pictures=False))

    assert "MARK" not in closed
    assert "77.1" not in closed
    assert closed.count("<figure") == 1
    assert "MARK_reference" in opened
    assert "MARK_title" not in opened
    assert "MARK_title" in staff
    assert "MARK_reference" in staff
    assert "<figure" not in none
    for page in (closed, opened, staff):
        read_page(page)


def test_a_field_is_a_png() -> None:
    """The rows of the field from the bottom, in a picture that browsers can read."""
    import base64
    import io

    from PIL import Image

    data = re.search(r'base64,([^"]*)"', str(drawn(picture(one(), square=True, field=FIELD)).svg))
    assert data is not None
    image = Image.open(io.BytesIO(base64.b64decode(data[1])))

    assert image.size == (3, 3)
    assert [image.getpixel((0, 2)), image.getpixel((2, 0))] == [0, 8]
    assert math.isclose(FIELD.rows, 3)
