"""What the author of checks imports.

A check is an ordinary pytest function called `check_*`:

@points(2)
def check_relu_values(submission, solution, draw):
\"\"\"relu(x) is max(0, x), elementwise.\"\"\"
x = draw.tensor(64, low=-5, high=5)

y = submission.relu(x)

assert_close(y, solution.relu(x), atol=1e-6, hint="What should a negative input give?")
"""

from grader.checks.assertions import (
    as_float,
    as_floats,
    as_int,
    as_module,
    as_tensor,
    as_text,
    as_tuple,
    assert_close,
    assert_shape,
    assert_true,
    assert_unchanged,
)
from grader.checks.by_hand import assert_without_autograd, call_without_autograd, each_without_autograd
from grader.checks.curves import Curve, curve_showing, curves_of, names_of, near, unlabelled
from grader.checks.draw import Draw
from grader.checks.facts import AnyOf, Within
from grader.checks.figures import Axes, Figure, Image, Line, as_figure
from grader.checks.forward import assert_maps_columns
from grader.checks.gradients import assert_gradients, assert_module_gradients, finite_difference
from grader.checks.heatmaps import UPRIGHT, Square, heatmaps_of
from grader.checks.initialisation import InitialisedLinear, linear_layers
from grader.checks.lines import assert_drawn, assert_labelled, assert_lines_through, assert_no_line_through, lines_of
from grader.checks.marks import covers, dear, manual, needs, points, shared, time_limit, visibility
from grader.checks.networks import (
    Transplant,
    assert_finite_losses,
    assert_follows,
    assert_parameters,
    assert_used,
    computes_with_unregistered,
    count_parameters,
    randomized,
    transplant,
)
from grader.checks.paths import SHARED_ROWS, Descent, as_path, in_sight, point_text
from grader.checks.remote import (
    ParameterInfo,
    Remote,
    RemoteModule,
    Trainee,
    applied,
    gradients,
    trainee,
)
from grader.checks.sketch import Sketch, field_of
from grader.checks.student import Submission, aside, read_checkpoint
from grader.checks.surfaces import Probe
from grader.checks.training import (
    ShortTraining,
    assert_loss_went,
    assert_trained,
    declared_default,
    likeness,
    loss_of,
    read_losses,
    short_training,
    trained,
)
from grader.checks.words import Words, count_words
from grader.errors import CheckFailed, StudentFault, StudentRaised
from grader.pictures import Field
from grader.sandbox.values import Affine

__all__ = [
    "SHARED_ROWS",
    "UPRIGHT",
    "Affine",
    "AnyOf",
    "Axes",
    "CheckFailed",
    "Curve",
    "Descent",
    "Draw",
    "Field",
    "Figure",
    "Image",
    "InitialisedLinear",
    "Line",
    "ParameterInfo",
    "Probe",
    "Remote",
    "RemoteModule",
    "ShortTraining",
    "Sketch",
    "Square",
    "StudentFault",
    "StudentRaised",
    "Submission",
    "Trainee",
    "Transplant",
    "Within",
    "Words",
    "applied",
    "as_figure",
    "as_float",
    "as_floats",
    "as_int",
    "as_module",
    "as_path",
    "as_tensor",
    "as_text",
    "as_tuple",
    "aside",
    "assert_close",
    "assert_drawn",
    "assert_finite_losses",
    "assert_follows",
    "assert_gradients",
    "assert_labelled",
    "assert_lines_through",
    "assert_loss_went",
    "assert_maps_columns",
    "assert_module_gradients",
    "assert_no_line_through",
    "assert_parameters",
    "assert_shape",
    "assert_trained",
    "assert_true",
    "assert_unchanged",
    "assert_used",
    "assert_without_autograd",
    "call_without_autograd",
    "computes_with_unregistered",
    "count_parameters",
    "count_words",
    "covers",
    "curve_showing",
    "curves_of",
    "dear",
    "declared_default",
    "each_without_autograd",
    "field_of",
    "finite_difference",
    "gradients",
    "heatmaps_of",
    "in_sight",
    "likeness",
    "linear_layers",
    "lines_of",
    "loss_of",
    "manual",
    "names_of",
    "near",
    "needs",
    "point_text",
    "points",
    "randomized",
    "read_checkpoint",
    "read_losses",
    "shared",
    "short_training",
    "time_limit",
    "trained",
    "trainee",
    "transplant",
    "unlabelled",
    "visibility",
]
