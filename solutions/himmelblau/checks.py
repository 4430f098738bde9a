"""Hidden checks of himmelblau: 40 points.

Each name is judged by itself. `optimize` and `plot_trajectories` call the student's own himmelblau (or gradient);
where that one is wrong, a path that follows it, and a picture that shows it, are still right.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import torch

from grader.checks import (
    SHARED_ROWS,
    UPRIGHT,
    CheckFailed,
    Descent,
    Draw,
    Field,
    Figure,
    Image,
    Probe,
    Sketch,
    Square,
    StudentFault,
    Submission,
    as_figure,
    as_path,
    as_tensor,
    as_tuple,
    aside,
    assert_close,
    assert_drawn,
    assert_labelled,
    assert_lines_through,
    assert_no_line_through,
    assert_shape,
    assert_true,
    assert_unchanged,
    assert_without_autograd,
    call_without_autograd,
    each_without_autograd,
    field_of,
    gradients,
    heatmaps_of,
    in_sight,
    needs,
    point_text,
    points,
    shared,
    visibility,
)

Pair = tuple[torch.Tensor, torch.Tensor]

MINIMA = torch.tensor([[3.0, 2.0], [-2.805118, 3.131312], [-3.779310, -3.283186], [3.584428, -1.848126]])

# Measured in float32 on [-6, 6] squared, against float64: six ways to write f differ by up to 5e-5 beyond 1e-5
# of the value, its derivatives (three formulas by hand, six by autograd) by 4e-5. A wrong sign differs by 1.
ATOL, RTOL = 2e-3, 2e-5
AT_MINIMUM = 1e-2  # the minima are known to six digits: up to 2e-5 in f and 6e-5 in its derivatives

FORMULA = "f(u, v) = (u^2 + v - 11)^2 + (u + v^2 - 7)^2: compare signs, squares and the two constants."
CHAIN = "With a = u^2 + v - 11 and b = u + v^2 - 7, f = a^2 + b^2. Use the chain rule on a^2 and on b^2."
ELEMENTWISE = "Tensor arithmetic (+, *, **) works on every element, and needs no loop, no sum() and no item()."

SHAPES = ((), (3, 2), (2, 1, 4))

# -- himmelblau


@points(2)
def check_himmelblau_values(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """himmelblau(u, v) has the right values."""
    at = _probe(draw, 64)

    found = submission.himmelblau(at.x, at.y)

    right = solution.himmelblau(at.x, at.y)
    at.assert_values(found, right, atol=ATOL, rtol=RTOL, what="himmelblau(u, v)", hint=FORMULA)


@points(1)
def check_himmelblau_minima(submission: Submission, draw: Draw) -> None:
    """himmelblau is 0 at its four minima, and above 0 elsewhere."""
    u, v = MINIMA.unbind(1)
    away = 1 + draw.tensor(4)

    found = submission.himmelblau.each((u, v), (u, v + away))

    zeros, others = (as_tensor(value, "himmelblau(u, v)", shape=(4,), hint=ELEMENTWISE) for value in found)

    for point, value in zip(MINIMA, zeros.tolist(), strict=True):
        at_zero = abs(value) <= AT_MINIMUM
        assert_true(at_zero, f"himmelblau should be 0 at {point_text(point)}, but is {value:.6g}.", hint=FORMULA)
    _assert_finite(others, "himmelblau(u, v)", FORMULA)
    assert_true(bool((others.double() > 1).all()), "himmelblau should be above 0 away from its minima.", hint=FORMULA)


@points(1)
@visibility("hidden")
def check_himmelblau_shapes(submission: Submission, draw: Draw) -> None:
    """himmelblau keeps the shape of its inputs, single numbers included, and gives float32."""
    asked = [_pair(draw, *shape) for shape in SHAPES]

    found = submission.himmelblau.each(*asked)

    values = [
        as_tensor(
            value,
            f"himmelblau(u, v) for u and v of shape {shape}",
            shape=shape,
            dtype=torch.float32,
            hint=ELEMENTWISE,
        )
        for value, shape in zip(found, SHAPES, strict=True)
    ]
    _assert_computed(asked, values, "himmelblau(u, v)", FORMULA)


@points(1)
@visibility("hidden")
def check_himmelblau_broadcasting(submission: Submission, draw: Draw) -> None:
    """himmelblau broadcasts: u of shape (n, 1) and v of shape (1, m) give (n, m)."""
    u, v = draw.tensor(5, 1, low=-6, high=6), draw.tensor(1, 3, low=-6, high=6)
    what = "himmelblau(u, v) for u of shape (5, 1) and v of shape (1, 3)"

    wide = u.expand(5, 3), v.expand(5, 3)

    crosswise, one_by_one = submission.himmelblau.each((u, v), (wide[0].reshape(15), wide[1].reshape(15)))

    found = as_tensor(crosswise, what, shape=(5, 3), hint=ELEMENTWISE)
    _assert_computed([wide], [found], "himmelblau(u, v)", FORMULA)
    expected = as_tensor(one_by_one, "himmelblau(u, v)", shape=(15,), hint=ELEMENTWISE).reshape(5, 3)
    assert_close(found, expected, atol=ATOL, rtol=RTOL, what=f"{what}, compared with single values,")


@points(2)
def check_himmelblau_autograd(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """autograd finds the right derivatives of himmelblau."""
    at = _probe(draw, 16)

    found = gradients(submission.himmelblau, [at.x, at.y])

    assert_shape(found.output, (16,), what="himmelblau(u, v)", hint=ELEMENTWISE)
    cut = "detach(), .data, .item(), numpy and torch.no_grad() cut the way back: use tensor arithmetic alone."
    assert_true(found.differentiable, "Autograd finds no way back from himmelblau(u, v) to u and v.", hint=cut)
    values = as_tuple(found.inputs, "The derivatives", 2)
    for axis, right in enumerate(solution.gradient(at.x, at.y)):
        what = f"By autograd, {'df/dv' if axis else 'df/du'}"
        try:
            at.assert_values(values[axis], right, atol=ATOL, rtol=RTOL, what=what, hint=cut)
        except CheckFailed:
            # A wrong formula is judged by another check: here its derivative has to agree with its own values.
            with aside(submission):
                agrees = at.slopes_agree(submission.himmelblau, values[axis], axis)
            if not (agrees and _varies([values[axis]])):
                raise


@points(1)
@visibility("hidden")
def check_himmelblau_leaves_inputs(submission: Submission, draw: Draw) -> None:
    """himmelblau does not change the tensors it is given."""
    u, v = _pair(draw, 30)

    call = submission.himmelblau.call((u, v))

    pairs, values = [(u, v)], [as_tensor(call.value, "himmelblau(u, v)", hint=ELEMENTWISE)]
    if values[0].numel() == 1:  # that it sums over all is for other checks to see: here it is asked point by point
        pairs = [_pair(draw, 1) for _ in range(15)]
        found = submission.himmelblau.each(*pairs)
        values = [as_tensor(value, "himmelblau(u, v)", hint=ELEMENTWISE) for value in found]
    _assert_computed(pairs, values, "himmelblau(u, v)", FORMULA)
    assert_unchanged(call.args, [u, v], "himmelblau")


# -- gradient


@points(2)
def check_gradient_by_u(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """The first value of gradient(u, v) is df/du."""
    _assert_derivative(submission, solution, draw, 0)


@points(2)
def check_gradient_by_v(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """The second value of gradient(u, v) is df/dv."""
    _assert_derivative(submission, solution, draw, 1)


@points(1)
def check_gradient_minima(submission: Submission, draw: Draw) -> None:
    """gradient is (0, 0) at the four minima, and not elsewhere."""
    u, v = MINIMA.unbind(1)

    found = each_without_autograd(submission.gradient, (u, v), (u + 0.5 + draw.tensor(4), v))

    at_minima, away = (_as_partials(values, u) for values in found)

    for name, value in zip(("df/du", "df/dv"), at_minima, strict=True):
        assert_close(value, torch.zeros(4), atol=AT_MINIMUM, what=f"{name} at the minima", hint=CHAIN)
    slopes = torch.stack([value.double() for value in away]).abs().amax(0)
    _assert_finite(slopes, "gradient(u, v)", CHAIN)
    assert_true(bool((slopes > 1).all()), "gradient should not be (0, 0) away from the minima.", hint=CHAIN)


@points(1)
@visibility("hidden")
def check_gradient_shapes(submission: Submission, draw: Draw) -> None:
    """gradient gives two float32 tensors of the shape of u and v, single numbers included."""
    asked = [_pair(draw, *shape) for shape in SHAPES]

    found = each_without_autograd(submission.gradient, *asked)

    values = [_as_partials(one, u, dtype=torch.float32) for one, (u, _) in zip(found, asked, strict=True)]
    _assert_derivatives(asked, values)


@points(2)
@visibility("hidden")
def check_gradient_by_hand(submission: Submission, draw: Draw) -> None:
    """gradient is worked out by hand: it does not use autograd."""
    u, v = _pair(draw, 30)
    _assert_derivatives([(u, v)], [_partials(submission, u, v)])

    assert_without_autograd(submission.gradient, (u, v))


@points(1)
@visibility("hidden")
def check_gradient_leaves_inputs(submission: Submission, draw: Draw) -> None:
    """gradient does not change the tensors it is given."""
    u, v = _pair(draw, 30)

    call = call_without_autograd(submission.gradient, (u, v))

    _assert_derivatives([(u, v)], [_as_partials(call.value, u)])
    assert_unchanged(call.args, [u, v], "gradient")


def _assert_derivative(submission: Submission, solution: ModuleType, draw: Draw, index: int) -> None:
    at = _probe(draw, 64)
    right = solution.gradient(at.x, at.y)

    found = _partials(submission, at.x, at.y)[index]

    if torch.allclose(found.double(), right[1 - index].double(), atol=ATOL, rtol=RTOL):
        raise CheckFailed("The two derivatives are swapped.", hint="Return (df/du, df/dv), in this order.")
    what = ("df/du, the first value of gradient(u, v),", "df/dv, the second value of gradient(u, v),")[index]
    at.assert_values(found, right[index], atol=ATOL, rtol=RTOL, what=what, hint=CHAIN)


def _partials(submission: Submission, u: torch.Tensor, v: torch.Tensor) -> Pair:
    return _as_partials(call_without_autograd(submission.gradient, (u, v)).value, u)


def _as_partials(found: Any, u: torch.Tensor, dtype: torch.dtype | None = None) -> Pair:
    """Expect two tensors of the shape of u; a list, or one tensor that stacks the two, is as good as a tuple."""
    shape = tuple(u.shape)
    if isinstance(found, (torch.Tensor, np.ndarray)) and found.shape == (2, *shape):
        found = tuple(found)
    values = as_tuple(found, "gradient(u, v)", 2, hint="Return both derivatives: return df_du, df_dv")
    df_du = as_tensor(values[0], f"df/du for u and v of shape {shape}", shape=shape, dtype=dtype, hint=ELEMENTWISE)
    df_dv = as_tensor(values[1], f"df/dv for u and v of shape {shape}", shape=shape, dtype=dtype, hint=ELEMENTWISE)
    return df_du, df_dv


# -- optimize

STEPS = 30
# Measured over 100 steps from the source's starts, over 30 from 150 starts near them with the settings below, and 25
# from random ones: six formulas for f with autograd and three by hand differ from float64 by at most 3e-6, 2e-5 and
# 4e-6. One wrong step is a difference above 1e-3.
PATH_ATOL = 1e-4

ROWS = "The start is a row too, and num_steps decides how many steps follow it."


def _sgd(u0: float, v0: float, momentum: float, lr: float = 0.01) -> Descent:
    return Descent("SGD", (("lr", lr), ("momentum", momentum)), (u0, v0))


COURSE = _sgd(-1.0, 0.0, 0.0)
START = torch.tensor(COURSE.start, dtype=torch.float64)


@points(1)
def check_optimize_result(submission: Submission) -> None:
    """optimize returns a tensor with one row (u, v) for each point of the path."""
    found = _as_path(submission.optimize(_sgd(-1.0, 0.0, 0.0, lr=0.002).make, -1.0, 0.0, 4))

    # The four steps go 0.25 in all: the first row is the start, the point after it, or the end; zeros are 1 away.
    near = len(found) > 0 and bool(((found[0] - START).abs() <= 0.6).all())
    first = point_text(found[0]) if len(found) else "missing"
    assert_true(near, f"The path should begin at (-1, 0) or close to it, but its first row is {first}.", hint=ROWS)


@points(2)
@needs(check_optimize_result)
def check_optimize_rows(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """optimize returns num_steps + 1 rows: 101 when num_steps is not given."""
    asked = {"make_optimizer": COURSE.make, "u0": -1.0, "v0": 0.0}

    paths = submission.optimize.each(*({**asked, "num_steps": steps} for steps in (7, 1, 0)), asked)

    for steps, value in zip((7, 1, 0, None), paths, strict=True):
        found = _as_path(value)
        call = "optimize(...)" if steps is None else f"optimize(..., num_steps={steps})"
        rows = 101 if steps is None else steps + 1
        assert_true(len(found) == rows, f"{call} should have {rows} rows, but has {len(found)}.", hint=ROWS)
        if steps == 7:
            _assert_walked(submission, solution, found, draw)


@points(1)
@needs(check_optimize_result)
def check_optimize_start(submission: Submission, draw: Draw) -> None:
    """Row 0 of what optimize returns is the start."""
    start = draw.tensor(2, low=-3, high=3).double()

    found = _as_path(submission.optimize(_sgd(0.0, 0.0, 0.0, lr=0.002).make, *start.tolist(), 5))

    first = point_text(found[0]) if len(found) else "missing"
    right = len(found) > 0 and torch.allclose(found[0], start, atol=1e-6)
    alike = len(found) > 1 and bool((found == found[0]).all())
    hint = SHARED_ROWS if alike else "Write down (u0, v0) before the first step."
    assert_true(right, f"Row 0 of the path should be the start, {point_text(start)}, but is {first}.", hint=hint)


@points(1)
@needs(check_optimize_result)
@visibility("hidden")
def check_optimize_float32(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """optimize returns float32, as all tensors of this course."""
    found = submission.optimize(COURSE.make, *COURSE.start, 2)

    hint = "numpy computes in float64; torch.tensor(..., dtype=torch.float32) or .float() goes back."
    as_tensor(found, "What optimize(...) returns", dtype=torch.float32, hint=hint)
    _assert_walked(submission, solution, _as_path(found), draw)


@points(2)
@needs(check_optimize_result)
def check_optimize_sgd(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """optimize follows SGD from (-1, 0)."""
    rates = (0.01, draw.number(0.004, 0.008))  # the first is the course's own, and known beforehand
    _assert_follows(submission, solution, [_sgd(-1.0, 0.0, 0.0, lr=lr) for lr in rates], draw)


@points(2)
@needs(check_optimize_result)
def check_optimize_momentum(submission: Submission, solution: ModuleType, draw: Draw, sketch: Sketch) -> None:
    """optimize follows SGD with momentum."""
    # The course has momentum 0.5 and 0.8 from (-1, 0), 0.7 from (3, 0), learning rate 0.01: not these, but near them.
    descents = [
        _sgd(*_near(draw, u0), momentum=momentum + draw.number(-0.1, 0.05), lr=draw.number(0.006, 0.01))
        for u0, momentum in ((-1.0, 0.5), (-1.0, 0.8), (3.0, 0.7))
    ]
    _assert_follows(submission, solution, descents, draw, sketch=sketch)


@points(3)
@needs(check_optimize_result)
@visibility("hidden")
def check_optimize_adaptive(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """optimize follows Adam and RMSprop, as it takes any optimizer."""
    descents = [Descent(kind, (("lr", draw.number(0.02, 0.04)),), _near(draw, 3.0)) for kind in ("Adam", "RMSprop")]
    _assert_follows(submission, solution, descents, draw)


@points(2)
@needs(check_optimize_result)
@visibility("hidden")
def check_optimize_anywhere(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """optimize follows the optimizer from any start, each time anew."""
    descents = [
        _sgd(draw.number(-4, 4), draw.number(-4, 4), momentum=0.5, lr=draw.number(0.001, 0.004)) for _ in range(2)
    ]
    _assert_follows(submission, solution, descents, draw, steps=12)


def _assert_walked(submission: Submission, solution: ModuleType, found: torch.Tensor, draw: Draw) -> None:
    """Assert that a path of COURSE comes to a lower place, or follows the student's own function, which may be wrong.

    Made-up rows, or copies of the start, are no path, and how many they are is nothing.
    """
    u, v = torch.cat([START[None], found]).unbind(1)
    values = solution.himmelblau(u, v)
    if bool((values[1:] < values[0] - 0.1).any()):  # two right steps lower it by 27, two of clipped gradients by 0.5
        return
    hint = "After backward(), optimizer.step() moves u and v against the gradient."
    moves = bool(((found - START).abs() > 1e-3).any())
    assert_true(moves, "The path never leaves its start.", hint=hint)
    follows = _follows_own_function(submission, solution, COURSE, found, draw)
    assert_true(follows, "The path does not lead downhill from its start.", hint=hint)


def _near(draw: Draw, u0: float) -> tuple[float, float]:
    """Draw a start near one of the course's own, (u0, 0), whose paths could be written into a submission."""
    return u0 + draw.number(-0.3, 0.3), draw.number(-0.3, 0.3)


def _as_path(value: Any) -> torch.Tensor:
    return as_path(value, "What optimize(...) returns", "(num_steps + 1, 2)")


@cache
def _right_path(descent: Descent, steps: int, solution: ModuleType) -> torch.Tensor:
    """Walk as the contract says; kept, as it depends on the run's seed alone and costs more than all else here."""
    return descent.walk(steps, solution.gradient)


def _assert_follows(
    submission: Submission,
    solution: ModuleType,
    descents: Sequence[Descent],
    draw: Draw,
    steps: int = STEPS,
    sketch: Sketch | None = None,
) -> None:
    """Assert that each path is the optimizer's, on f or, where the student's own f is wrong, on that."""
    paths = submission.optimize.each(*((descent.make, *descent.start, steps) for descent in descents))
    if sketch is not None:
        _draw_paths(paths, solution, sketch)
    for descent, path in zip(descents, paths, strict=True):
        _assert_follows_one(submission, solution, descent, _as_path(path)[: steps + 1], draw, steps)


def _draw_paths(paths: Sequence[Any], solution: ModuleType, sketch: Sketch) -> None:
    named = {f"momentum, path {number}": path for number, path in enumerate(paths, start=1)}
    minima = {f"minimum {number}": (u, v) for number, (u, v) in enumerate(MINIMA.tolist(), start=1)}
    title = "Where your optimize goes, with momentum"
    sketch.paths(title, named, field=_landscape(solution), spots=minima, x_label="u", y_label="v")


@cache
def _landscape(solution: ModuleType) -> Field:
    """Take the logarithm of f, whose values go from 0 to 2000, on a grid for the background."""
    line = torch.linspace(-6, 6, 48)
    values = torch.log1p(solution.himmelblau(line[None, :], line[:, None]))
    return field_of(values, label="log(1 + f)", left=-6, right=6, bottom=-6, top=6)


def _assert_follows_one(
    submission: Submission, solution: ModuleType, descent: Descent, found: torch.Tensor, draw: Draw, steps: int
) -> None:
    wanted = _right_path(descent, steps, solution)
    if len(found) == steps:  # check_optimize_rows sees that its first or last row is missing; judge those it has
        wanted = wanted[:-1] if torch.allclose(found[0], wanted[0], atol=PATH_ATOL) else wanted[1:]
    count = f"The path has {len(found)} rows after num_steps={steps}"
    assert_true(found.shape == wanted.shape, f"{count}, but should have {steps + 1}.", hint=ROWS)
    try:
        descent.assert_rows(found, wanted, solution.gradient, atol=PATH_ATOL)
    except CheckFailed:
        if not _follows_own_function(submission, solution, descent, found, draw):
            raise


def _follows_own_function(
    submission: Submission, solution: ModuleType, descent: Descent, found: torch.Tensor, draw: Draw
) -> bool:
    """Whether the path follows the student's own himmelblau, or gradient, where that one is wrong.

    It is asked in a new process, which cannot know the path, for all points at once: those of the path among others,
    in any order. It must be wrong at the others too, as then it has cost its own points; and not be a plane. So what
    counts is the path of this optimizer on one function, and no answers that are made to fit a path.
    A wrong function that does not work on tensors of several numbers is not followed.
    """
    rows = in_sight(found, 10)
    points = torch.cat([rows.float(), draw.tensor(64 - len(rows), 2, low=-6, high=6)])
    order = draw.tensor(len(points)).argsort()
    for slopes_of in (_slopes_of_wrong_himmelblau, _slopes_of_wrong_gradient):
        with suppress(StudentFault, CheckFailed), aside(submission):
            if slopes_of(submission, solution, *_pair(draw, 64)) is None:
                continue  # it is right, at least for now: no need for a new process
            submission.import_anew()
            slopes = slopes_of(submission, solution, *points[order].unbind(1))
            if slopes is not None and descent.led_by(rows, slopes[order.argsort()][: len(rows)], atol=PATH_ATOL):
                return True
    return False


def _slopes_of_wrong_himmelblau(
    submission: Submission, solution: ModuleType, u: torch.Tensor, v: torch.Tensor
) -> torch.Tensor | None:
    """Differentiate the student's himmelblau where its values are wrong, but its slopes are theirs; else None."""
    values = as_tensor(submission.himmelblau(u, v), "himmelblau(u, v)", shape=u.shape)
    if not _mostly_wrong(values, solution.himmelblau(u, v)):
        return None
    found = as_tuple(gradients(submission.himmelblau, [u, v]).inputs, "The derivatives", 2)
    slopes = [as_tensor(slope, "The derivative", shape=u.shape) for slope in found]
    at = Probe(u, v)
    agree = all(at.slopes_agree(submission.himmelblau, slope, axis) for axis, slope in enumerate(slopes))
    return torch.stack(slopes, dim=1) if agree and _varies(slopes) else None


def _slopes_of_wrong_gradient(
    submission: Submission, solution: ModuleType, u: torch.Tensor, v: torch.Tensor
) -> torch.Tensor | None:
    """Ask the student's gradient where one of its two derivatives is wrong; else None."""
    slopes = _partials(submission, u, v)
    wrong = any(_mostly_wrong(slope, right) for slope, right in zip(slopes, solution.gradient(u, v), strict=True))
    return torch.stack(slopes, dim=1) if wrong and _varies(slopes) else None


def _mostly_wrong(found: torch.Tensor, right: torch.Tensor) -> bool:
    """Whether at least 4 of 10 values are wrong: more than are points of the path."""
    wrong = ~((found.double() - right.double()).abs() <= ATOL + RTOL * right.double().abs())
    return float(wrong.double().mean()) >= 0.4


def _varies(slopes: Sequence[torch.Tensor]) -> bool:
    """Whether each derivative has different values at different points."""
    return all(float(slope.double().std()) > 0.1 for slope in slopes)


# -- plot_trajectories

HEATMAP = Square(6.0)
LINE_ATOL = 1e-5  # float32 points up to 6, drawn as they are: the tolerance is for a detour over another dtype


@dataclass(frozen=True)
class Plotted:
    """Two trajectories, the figure that was drawn of them, and they themselves afterwards."""

    paths: dict[str, torch.Tensor]
    figure: Figure
    after: Any


@shared(10)
def plotted(submission: Submission, shared_draw: Draw) -> Plotted:
    """Plot once for all checks."""
    paths = _trajectories(shared_draw, 2)
    result = submission.plot_trajectories.call((paths,))
    hint = "Make it with fig, ax = plt.subplots(), draw on ax, and end with return fig."
    figure = as_figure(result.value, "What plot_trajectories(...) returns", hint=hint)
    return Plotted(paths, figure, result.args[0] if result.args else None)


@points(1)
def check_plot_trajectories_figure(plotted: Plotted) -> None:
    """plot_trajectories returns a matplotlib Figure with something in it."""
    axes = plotted.figure.axes
    drawn = any(a.lines or a.images or a.points or a.parts or a.meshes or a.contours for a in axes)
    assert_true(drawn, "The figure is empty: nothing is drawn in it.", hint="fig, ax = plt.subplots()")


@points(1)
@needs(check_plot_trajectories_figure)
def check_plot_trajectories_extent(plotted: Plotted) -> None:
    """The heatmap covers u and v from -6 to 6."""
    images = heatmaps_of(plotted.figure)
    left, right, bottom, top = images[0].extent
    if not any(HEATMAP.covered_by(image) for image in images):
        covers = f"{left:g} to {right:g} and {bottom:g} to {top:g}"
        raise CheckFailed(
            f"The heatmap should cover -6 to 6 in u and v, but covers {covers}.",
            hint="imshow counts pixels unless it is told where the picture lies: extent=(-6, 6, -6, 6).",
            fact=tuple(HEATMAP.lies(image) for image in images),
        )


@points(2)
@needs(check_plot_trajectories_figure)
def check_plot_trajectories_heatmap(submission: Submission, solution: ModuleType, plotted: Plotted, draw: Draw) -> None:
    """The heatmap shows himmelblau the right way up: u to the right, v upwards."""
    images = heatmaps_of(plotted.figure)
    placed = [image for image in images if HEATMAP.covered_by(image)]
    # Without its extent (which another check sees) a picture is judged as if it had been given one.
    elsewhere = [image for image in images if not HEATMAP.covered_by(image)]
    others = [one for image in elsewhere for one in (image, HEATMAP.stretched(image))]
    seen, perhaps = ([HEATMAP.orientation(one, solution.himmelblau, draw) for one in row] for row in (placed, others))
    wrong = next((orientation for orientation in seen if orientation not in (None, UPRIGHT)), None)
    right = UPRIGHT in seen or UPRIGHT in perhaps
    if (wrong is None and right) or (not right and _shows_own_function(submission, solution, [*placed, *others], draw)):
        return
    wrong = wrong or next((orientation for orientation in perhaps if orientation), None)
    if wrong is None:
        hint = "Each pixel shows f at its own u and v. A logarithm of f is fine: it keeps the order of the values."
        negative = [HEATMAP.orientation(image, lambda u, v: -solution.himmelblau(u, v), draw) for image in images]
        fact = next((f"minus f, {orientation}" for orientation in negative if orientation), None)
        raise CheckFailed("The heatmap does not show the values of himmelblau(u, v).", hint=hint, fact=fact)
    hint = "The rows of the array are v and its columns u: with indexing='ij' it has to be transposed."
    if "transposed" not in wrong:
        hint = 'imshow puts row 0 at the top. Where row 0 holds the smallest v, pass origin="lower".'
    turned = any(any(image.turned) for image in placed)
    if turned:
        hint = "An axis runs backwards here: let the limits of both run from -6 up to 6."
    said = f"The heatmap is {wrong}: u should run to the right, and v upwards."
    raise CheckFailed(said, hint=hint, fact=(wrong, turned))


@points(2)
@needs(check_plot_trajectories_figure)
def check_plot_trajectories_lines(plotted: Plotted) -> None:
    """Each trajectory is a line through its exact points, u to the right and v upwards."""
    assert_lines_through(plotted.figure, plotted.paths, atol=LINE_ATOL)


@points(1)
@needs(check_plot_trajectories_figure)
@visibility("hidden")
def check_plot_trajectories_labels(plotted: Plotted) -> None:
    """The line of each trajectory carries its name."""
    assert_drawn(plotted.figure, plotted.paths)
    assert_labelled(plotted.figure, plotted.paths, atol=LINE_ATOL, hint="ax.plot(..., label=name), then ax.legend()")


@points(1)
@needs(check_plot_trajectories_figure)
@visibility("hidden")
def check_plot_trajectories_count(submission: Submission, draw: Draw) -> None:
    """plot_trajectories draws one trajectory, or five, as well as two."""
    earlier: dict[str, torch.Tensor] = {}
    for count in (1, 5):
        paths = _trajectories(draw, count)
        found = submission.plot_trajectories(paths)
        figure = as_figure(found, "What plot_trajectories(...) returns", images=False)
        assert_lines_through(figure, paths, atol=LINE_ATOL)
        hint = "Make a figure in each call: fig, ax = plt.subplots() inside the function."
        assert_no_line_through(figure, earlier, atol=LINE_ATOL, hint=hint)
        earlier = paths


@points(1)
@needs(check_plot_trajectories_figure)
@visibility("hidden")
def check_plot_trajectories_leaves_inputs(plotted: Plotted) -> None:
    """plot_trajectories does not change the trajectories it is given."""
    assert_drawn(plotted.figure, plotted.paths)
    after = plotted.after if isinstance(plotted.after, dict) else {}
    kept = all(isinstance(name, str) for name in after) and list(after) == list(plotted.paths)
    if not kept:
        hint = "Leave the dictionary as it is."
        raise CheckFailed("plot_trajectories changes the dictionary it is given.", hint=hint, fact="dictionary")
    try:
        assert_unchanged(list(after.values()), list(plotted.paths.values()), "plot_trajectories")
    except CheckFailed as error:
        raise CheckFailed(error.message, hint=error.hint, fact="tensors") from None


def _trajectories(draw: Draw, count: int) -> dict[str, torch.Tensor]:
    """Draw paths of unequal lengths; their names cannot be known beforehand, and none is part of another."""
    return {
        f"{kind}, lr 0.{draw.integer(100, 999)}": draw.tensor(8 + 5 * index, 2, low=-5.5, high=5.5)
        for index, kind in enumerate(("SGD", "momentum", "Adam", "RMSprop", "Adagrad")[:count])
    }


def _shows_own_function(submission: Submission, solution: ModuleType, images: list[Image], draw: Draw) -> bool:
    """Whether a picture shows what the student's own himmelblau gives, where that is wrong.

    It is asked in a new process, which cannot know the picture. For 64 points of the many it must give what it gives
    for them alone, and be wrong, as then it has cost its own points.
    """

    def own(u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return as_tensor(submission.himmelblau(u.float(), v.float()), "himmelblau(u, v)", shape=u.shape).double()

    with suppress(StudentFault, CheckFailed), aside(submission):
        u, v = _pair(draw, 2, 2000)
        some_u, some_v = u[0, :64], v[0, :64]
        if not _mostly_wrong(own(some_u, some_v), solution.himmelblau(some_u, some_v)):
            return False
        submission.import_anew()
        alone = own(some_u, some_v)
        same = torch.allclose(own(u, v)[0, :64], alone, atol=ATOL, rtol=RTOL)
        wrong = _mostly_wrong(alone, solution.himmelblau(some_u, some_v))
        return same and wrong and any(HEATMAP.orientation(image, own, draw) == UPRIGHT for image in images)
    return False


# -- common


def _pair(draw: Draw, *shape: int) -> Pair:
    return draw.tensor(*shape, low=-6, high=6), draw.tensor(*shape, low=-6, high=6)


def _assert_derivatives(asked: Sequence[Pair], values: Sequence[Pair]) -> None:
    """Assert that derivatives are no stand-ins; one of the two will do, but numbers both must be."""
    by_u, by_v = zip(*values, strict=True)
    _assert_finite(
        torch.cat([value.double().reshape(-1) for pair in values for value in pair]), "gradient(u, v)", CHAIN
    )
    try:
        _assert_computed(asked, by_u, "gradient(u, v)", CHAIN)
    except CheckFailed:
        _assert_computed(asked, by_v, "gradient(u, v)", CHAIN)


def _assert_computed(asked: Sequence[Pair], values: Sequence[torch.Tensor], what: str, hint: str) -> None:
    """Assert that numbers are no stand-ins, such as zeros or the inputs, where no other property asks for more.

    At 15 random points the largest value of f, and of each derivative, is above 100, and they are far from any plane,
    as those of all wrong formulas are that still have a square in them.
    """
    found = torch.cat([value.double().reshape(-1) for value in values])
    numbers = sum(pair[0].numel() for pair in asked)
    assert_true(
        found.numel() == numbers, f"{what} should give {numbers} numbers, not {found.numel()}.", hint=ELEMENTWISE
    )
    _assert_finite(found, what, hint)
    largest = float(found.abs().max())
    sentence = f"{what} should reach into the hundreds, but its largest value here is {largest:.4g}."
    assert_true(largest > 50, sentence, hint=hint)
    u, v = (torch.cat([pair[axis].double().reshape(-1) for pair in asked]) for axis in (0, 1))
    columns = torch.stack([u, v, torch.ones_like(u)], dim=1)
    left = found - columns @ torch.linalg.lstsq(columns, found.reshape(-1, 1)).solution.reshape(-1)
    flat = bool((left.abs() <= 0.02 * largest).all())
    assert_true(not flat, f"{what} should not be a plane over u and v.", hint=hint)


def _assert_finite(found: torch.Tensor, what: str, hint: str) -> None:
    """Assert that there is neither NaN nor infinity, which would be above any bound."""
    assert_true(bool(found.isfinite().all()), f"{what} should be finite, but gives NaN or infinity.", hint=hint)


def _probe(draw: Draw, number: int) -> Probe:
    return Probe(*_pair(draw, number), names=("u", "v"))
