"""The checks of mini: small, and of every kind that the harness knows."""

from grader.checks import as_float, assert_close, covers, manual, needs, points, shared, visibility


@points(2)
def check_double_values(submission, solution, draw):
    """double(x) is 2 x."""
    x = draw.tensor(8, low=-5, high=5)

    y = submission.double(x)

    assert_close(y, solution.double(x), atol=1e-6, hint="Multiply by 2.")


@points(1)
@needs(check_double_values)
def check_double_shape(submission, draw):
    """double keeps the shape."""
    x = draw.tensor(2, 3)

    y = submission.double(x)

    assert_close(y, 2 * x, atol=1e-6)


@shared(1)
def sums(submission):
    """Sum twice, once for all checks."""
    import torch

    return [submission.total(torch.ones(n)) for n in (3, 4)]


@points(2)
@covers("total")
def check_sum_of_three(sums):
    """total of three ones is 3."""
    assert_close(sums[0], 3.0, atol=1e-6)


@points(3)
@covers("total")
@visibility("hidden")
def check_sum_of_four(sums):
    """total of four ones is 4."""
    assert as_float(sums[1], "total(x)") == 4.0, "total of four ones should be 4"


@points(2)
def check_total_fresh(fresh_submission, draw):
    """total works in a module that was just imported."""
    x = draw.tensor(5)

    assert_close(fresh_submission.total(x), float(x.sum()), atol=1e-5)


@points(5)
@manual
@covers("reflection")
def check_reflection():
    """The reflection is read by a person."""
