"""Hidden checks of himmelblau: 40 points.

Each name is judged by itself. `optimize` and `plot_trajectories` call the student's own himmelblau (or gradient);
where that one is wrong, a path that follows it, and a picture that shows it, are still right.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
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
    Figure,
    Image,
    Probe,
    Square,
    StudentRaised,
    Submission,
    as_figure,
    as_path,
    as_tensor,
    as_tuple,
    aside,
    assert_close,
    assert_labelled,
    assert_lines_through,
    assert_shape,
    assert_true,
    assert_unchanged,
    assert_without_autograd,
    call_without_autograd,
    gradients,
    heatmaps_of,
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

    zeros = as_tensor(submission.himmelblau(u, v), "himmelblau(u, v)", shape=(4,), hint=ELEMENTWISE)
    others = as_tensor(submission.himmelblau(u, v + away), "himmelblau(u, v)", shape=(4,), hint=ELEMENTWISE)

    for point, value in zip(MINIMA, zeros.tolist(), strict=True):
        at_zero = abs(value) <= AT_MINIMUM
        assert_true(at_zero, f"himmelblau should be 0 at {point_text(point)}, but is {value:.6g}.", hint=FORMULA)
    assert_true(bool((others.double() > 1).all()), "himmelblau should be above 0 away from its minima.", hint=FORMULA)


@points(1)
@visibility("hidden")
def check_himmelblau_shapes(submission: Submission, draw: Draw) -> None:
    """himmelblau keeps the shape of its inputs, single numbers included, and gives float32."""
    values = []
    for shape in SHAPES:
        found = submission.himmelblau(*_pair(draw, *shape))

        what = f"himmelblau(u, v) for u and v of shape {shape}"
        values.append(as_tensor(found, what, shape=shape, dtype=torch.float32, hint=ELEMENTWISE))
    _assert_computed(values, "himmelblau(u, v)")


@points(1)
@visibility("hidden")
def check_himmelblau_broadcasting(submission: Submission, draw: Draw) -> None:
    """himmelblau broadcasts: u of shape (n, 1) and v of shape (1, m) give (n, m)."""
    u, v = draw.tensor(5, 1, low=-6, high=6), draw.tensor(1, 3, low=-6, high=6)
    what = "himmelblau(u, v) for u of shape (5, 1) and v of shape (1, 3)"

    found = as_tensor(submission.himmelblau(u, v), what, shape=(5, 3), hint=ELEMENTWISE)
    _assert_computed([found], "himmelblau(u, v)")
    one_by_one = submission.himmelblau(u.expand(5, 3).reshape(15), v.expand(5, 3).reshape(15))

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
                own = at.slopes_agree(submission.himmelblau, values[axis], axis)
            if not own:
                raise


@points(1)
@visibility("hidden")
def check_himmelblau_leaves_inputs(submission: Submission, draw: Draw) -> None:
    """himmelblau does not change the tensors it is given."""
    u, v = _pair(draw, 30)

    call = submission.himmelblau.call((u, v))

    _assert_computed([as_tensor(call.value, "himmelblau(u, v)", hint=ELEMENTWISE)], "himmelblau(u, v)")
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

    at_minima = _partials(submission, u, v)
    away = _partials(submission, u + 0.5 + draw.tensor(4), v)

    for name, value in zip(("df/du", "df/dv"), at_minima, strict=True):
        assert_close(value, torch.zeros(4), atol=AT_MINIMUM, what=f"{name} at the minima", hint=CHAIN)
    slopes = torch.stack([value.double() for value in away]).abs().amax(0)
    assert_true(bool((slopes > 1).all()), "gradient should not be (0, 0) away from the minima.", hint=CHAIN)


@points(1)
@visibility("hidden")
def check_gradient_shapes(submission: Submission, draw: Draw) -> None:
    """gradient gives two float32 tensors of the shape of u and v, single numbers included."""
    values = [_partials(submission, *_pair(draw, *shape), dtype=torch.float32) for shape in SHAPES]

    _assert_computed([derivative for pair in values for derivative in pair], "gradient(u, v)")


@points(2)
@visibility("hidden")
def check_gradient_by_hand(submission: Submission, draw: Draw) -> None:
    """gradient is worked out by hand: it does not use autograd."""
    u, v = _pair(draw, 30)
    _assert_computed(_partials(submission, u, v), "gradient(u, v)")

    assert_without_autograd(submission.gradient, (u, v))


@points(1)
@visibility("hidden")
def check_gradient_leaves_inputs(submission: Submission, draw: Draw) -> None:
    """gradient does not change the tensors it is given."""
    u, v = _pair(draw, 30)

    call = call_without_autograd(submission.gradient, (u, v))

    _assert_computed(_as_partials(call.value, u), "gradient(u, v)")
    assert_unchanged(call.args, [u, v], "gradient")


def _assert_derivative(submission: Submission, solution: ModuleType, draw: Draw, index: int) -> None:
    at = _probe(draw, 64)
    right = solution.gradient(at.x, at.y)

    found = _partials(submission, at.x, at.y)[index]

    if torch.allclose(found.double(), right[1 - index].double(), atol=ATOL, rtol=RTOL):
        raise CheckFailed("The two derivatives are swapped.", hint="Return (df/du, df/dv), in this order.")
    what = ("df/du, the first value of gradient(u, v),", "df/dv, the second value of gradient(u, v),")[index]
    at.assert_values(found, right[index], atol=ATOL, rtol=RTOL, what=what, hint=CHAIN)


def _partials(submission: Submission, u: torch.Tensor, v: torch.Tensor, dtype: torch.dtype | None = None) -> Pair:
    return _as_partials(call_without_autograd(submission.gradient, (u, v)).value, u, dtype)


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
# Measured over 100 steps from the source's starts, and 25 from random ones: six formulas for f with autograd and
# three by hand differ from float64 by at most 3e-6 (lr 0.01) and 4e-6. One wrong step is a difference above 1e-3.
PATH_ATOL = 1e-4

ROWS = "The start is a row too, and num_steps decides how many steps follow it."


def _sgd(u0: float, v0: float, momentum: float, lr: float = 0.01) -> Descent:
    return Descent("SGD", (("lr", lr), ("momentum", momentum)), (u0, v0))


@points(1)
def check_optimize_result(submission: Submission) -> None:
    """optimize returns a tensor with one row (u, v) for each point of the path."""
    _as_path(submission.optimize(_sgd(-1.0, 0.0, 0.0).make, -1.0, 0.0, 4))


@points(2)
@needs(check_optimize_result)
def check_optimize_rows(submission: Submission) -> None:
    """optimize returns num_steps + 1 rows: 101 when num_steps is not given."""
    make = _sgd(-1.0, 0.0, 0.0).make
    for steps in (7, 1, 0, None):
        asked = {} if steps is None else {"num_steps": steps}
        found = _as_path(submission.optimize(make_optimizer=make, u0=-1.0, v0=0.0, **asked))

        call = "optimize(...)" if steps is None else f"optimize(..., num_steps={steps})"
        rows = 101 if steps is None else steps + 1
        assert_true(len(found) == rows, f"{call} should have {rows} rows, but has {len(found)}.", hint=ROWS)


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
def check_optimize_float32(submission: Submission) -> None:
    """optimize returns float32, as all tensors of this course."""
    found = submission.optimize(_sgd(-1.0, 0.0, 0.0).make, -1.0, 0.0, 2)

    hint = "numpy computes in float64; torch.tensor(..., dtype=torch.float32) or .float() goes back."
    as_tensor(found, "What optimize(...) returns", dtype=torch.float32, hint=hint)


@points(2)
@needs(check_optimize_result)
def check_optimize_sgd(submission: Submission, solution: ModuleType) -> None:
    """optimize follows SGD from (-1, 0)."""
    _assert_follows(submission, solution, _sgd(-1.0, 0.0, 0.0))


@points(2)
@needs(check_optimize_result)
def check_optimize_momentum(submission: Submission, solution: ModuleType) -> None:
    """optimize follows SGD with momentum."""
    for descent in (_sgd(-1.0, 0.0, 0.5), _sgd(-1.0, 0.0, 0.8), _sgd(3.0, 0.0, 0.7)):
        _assert_follows(submission, solution, descent)


@points(3)
@needs(check_optimize_result)
@visibility("hidden")
def check_optimize_adaptive(submission: Submission, solution: ModuleType) -> None:
    """optimize follows Adam and RMSprop, as it takes any optimizer."""
    for kind in ("Adam", "RMSprop"):
        _assert_follows(submission, solution, Descent(kind, (("lr", 0.03),), (3.0, 0.0)))


@points(2)
@needs(check_optimize_result)
@visibility("hidden")
def check_optimize_anywhere(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """optimize follows the optimizer from any start, each time anew."""
    for _ in range(2):
        u0, v0, lr = draw.number(-4, 4), draw.number(-4, 4), draw.number(0.001, 0.004)
        _assert_follows(submission, solution, _sgd(u0, v0, momentum=0.5, lr=lr), steps=12)


def _as_path(value: Any) -> torch.Tensor:
    return as_path(value, "What optimize(...) returns", "(num_steps + 1, 2)")


@cache
def _right_path(descent: Descent, steps: int, solution: ModuleType) -> torch.Tensor:
    """Walk as the contract says; kept, as it depends on the run's seed alone and costs more than all else here."""
    return descent.walk(steps, solution.gradient)


def _assert_follows(submission: Submission, solution: ModuleType, descent: Descent, steps: int = STEPS) -> None:
    """Assert that the path is the optimizer's, on f or, where the student's own f is wrong, on that."""
    found = _as_path(submission.optimize(descent.make, *descent.start, steps))[: steps + 1]
    wanted = _right_path(descent, steps, solution)
    if len(found) == steps:  # check_optimize_rows sees that its first or last row is missing; judge those it has
        wanted = wanted[:-1] if torch.allclose(found[0], wanted[0], atol=PATH_ATOL) else wanted[1:]
    count = f"The path has {len(found)} rows after num_steps={steps}"
    assert_true(found.shape == wanted.shape, f"{count}, but should have {steps + 1}.", hint=ROWS)
    try:
        descent.assert_rows(found, wanted, solution.gradient, atol=PATH_ATOL)
    except CheckFailed:
        if not _follows_own_function(submission, descent, found):
            raise


def _follows_own_function(submission: Submission, descent: Descent, found: torch.Tensor) -> bool:
    """Whether the path follows the student's own himmelblau, or gradient, both of which may be wrong."""

    def by_autograd(u: torch.Tensor, v: torch.Tensor) -> Pair:
        slope = as_tuple(gradients(submission.himmelblau, [u, v]).inputs, "the gradients", 2)
        return as_tensor(slope[0], "df/du", shape=()), as_tensor(slope[1], "df/dv", shape=())

    for slope in (by_autograd, partial(_partials, submission)):
        with suppress(StudentRaised, CheckFailed), aside(submission):
            if descent.follows(found, slope, atol=PATH_ATOL):
                return True
    return False


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
    assert_true(bool(plotted.figure.axes), "The figure is empty: it has no axes.", hint="fig, ax = plt.subplots()")


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
    # Without its extent (which another check sees) a picture is judged as if it had been given one.
    images += [HEATMAP.stretched(image) for image in images if not HEATMAP.covered_by(image)]
    seen = [HEATMAP.orientation(image, solution.himmelblau, draw) for image in images]
    if UPRIGHT in seen or _shows_own_function(submission, images, draw):
        return
    wrong = next((orientation for orientation in seen if orientation), None)
    if wrong is None:
        hint = "Each pixel shows f at its own u and v. A logarithm of f is fine: it keeps the order of the values."
        negative = [HEATMAP.orientation(image, lambda u, v: -solution.himmelblau(u, v), draw) for image in images]
        fact = next((f"minus f, {orientation}" for orientation in negative if orientation), None)
        raise CheckFailed("The heatmap does not show the values of himmelblau(u, v).", hint=hint, fact=fact)
    hint = "The rows of the array are v and its columns u: with indexing='ij' it has to be transposed."
    if "transposed" not in wrong:
        hint = 'imshow puts row 0 at the top. Where row 0 holds the smallest v, pass origin="lower".'
    raise CheckFailed(f"The heatmap is {wrong}: u should run to the right, and v upwards.", hint=hint, fact=wrong)


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
    assert_labelled(plotted.figure, plotted.paths, atol=LINE_ATOL, hint="ax.plot(..., label=name), then ax.legend()")


@points(1)
@needs(check_plot_trajectories_figure)
@visibility("hidden")
def check_plot_trajectories_count(submission: Submission, draw: Draw) -> None:
    """plot_trajectories draws one trajectory, or five, as well as two."""
    for count in (1, 5):
        paths = _trajectories(draw, count)
        found = submission.plot_trajectories(paths)
        figure = as_figure(found, "What plot_trajectories(...) returns", images=False)
        assert_lines_through(figure, paths, atol=LINE_ATOL)


@points(1)
@needs(check_plot_trajectories_figure)
@visibility("hidden")
def check_plot_trajectories_leaves_inputs(plotted: Plotted) -> None:
    """plot_trajectories does not change the trajectories it is given."""
    assert_true(bool(plotted.figure.lines or plotted.figure.images), "Nothing is drawn in the figure.")
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


def _shows_own_function(submission: Submission, images: list[Image], draw: Draw) -> bool:
    """Whether a picture shows what the student's own himmelblau gives, which may be wrong."""

    def own(u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return as_tensor(submission.himmelblau(u.float(), v.float()), "himmelblau(u, v)", shape=u.shape).double()

    with suppress(StudentRaised, CheckFailed), aside(submission):
        return any(HEATMAP.orientation(image, own, draw) == UPRIGHT for image in images)
    return False


# -- common


def _pair(draw: Draw, *shape: int) -> Pair:
    return draw.tensor(*shape, low=-6, high=6), draw.tensor(*shape, low=-6, high=6)


def _assert_computed(values: Sequence[torch.Tensor], what: str) -> None:
    """Assert that numbers are no stand-ins, such as zeros or the inputs, where no other property asks for more.

    At 15 random points the largest value of f, and of each derivative, is above 100.
    """
    largest = max((float(value.double().abs().max()) for value in values if value.numel()), default=0.0)
    sentence = f"{what} should reach into the hundreds, but its largest value here is {largest:.4g}."
    assert_true(largest > 50, sentence, hint=CHAIN if what.startswith("gradient") else FORMULA)


def _probe(draw: Draw, number: int) -> Probe:
    return Probe(*_pair(draw, number), names=("u", "v"))
