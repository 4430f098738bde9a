"""The command `grade`. Each command is a thin layer: it reads arguments, calls one function, says what came of it.

Heavy imports happen in the command that needs them, so that `grade --help` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from grader import __version__, options
from grader.errors import GradeError


class _Commands(click.Group):
    """Turns our errors into one line and their exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except GradeError as error:
            click.echo(f"grade: {error}", err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            click.echo(f"grade: {error}", err=True)
            ctx.exit(GradeError.exit_code)
        except KeyboardInterrupt:
            click.echo("grade: interrupted; what was finished is kept.", err=True)
            ctx.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="grade")
def main() -> None:
    """Grade PyTorch exercises: run what students wrote behind a wall, and say what is right and what is wrong."""


@main.command()
@click.argument("assignment")
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SUBMISSION...")
@options.output_folder("Where the results go; needed but with --check.")
@options.course()
@options.jobs
@options.sandbox("auto: all layers that the machine gives; strict: every layer or refuse; off: none.")
@options.seed("Seed of the secret random inputs.")
@click.option(
    "--executor",
    metavar="WHERE",
    default="local",
    show_default=True,
    help="Who grades: local, or a Dask cluster, as dask:tcp://HOST:PORT.",
)
@options.gradebook("Keep the record in this database, as SQLAlchemy names it (default: DIR/gradebook.sqlite).")
@click.option("--fresh", is_flag=True, help="Grade anew what is on record already.")
@options.layout
@click.option("--only", metavar="STUDENT", help="Grade this one of the submissions, by id or name.")
@click.option(
    "--check", metavar="NAME", help="Carry out this one check again and print all that staff see; nothing is kept."
)
@click.option("--no-pictures", "pictures", flag_value=False, default=True, help="Leave pictures out of the pages.")
@options.as_json
def run(as_json: bool, directory: Path | None, **given: Any) -> None:
    """Grade one submission or a class: `.py` and `.ipynb` files, archives, folders of them, or a folder a student."""
    from grader.doctor import need_linux

    need_linux()
    from grader.run_command import run_class
    from grader.running import Options

    if given["check"] is not None:
        from grader.check_command import replay

        if as_json:
            raise click.UsageError("--json writes results, and one check gives none: leave one of the two out.")
        if directory is not None:
            click.echo(f"grade: one check is no mark: nothing is written to {directory}.", err=True)
        sys.exit(replay(Options(directory=Path(), **given)))
    if directory is None:
        raise click.UsageError("Missing option '-o' / '--output': the folder where the results go.")
    sys.exit(run_class(Options(directory=directory, **given), as_json=as_json))


@main.command()
@click.argument("assignment")
@options.course()
@options.jobs
@options.sandbox("As in `grade run`.")
@options.seed("Seed of the random inputs: audit with two or three.")
@options.as_json
def audit(**given: Any) -> None:
    """Test the rubric: full points for what is right, none for the stub, and every mistake caught and named."""
    from grader.doctor import need_linux

    need_linux()
    from grader.audit import AuditOptions
    from grader.audit import audit as carry_out

    sys.exit(carry_out(AuditOptions(**given)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@options.assignment("The assignment that FILE answers (default: by the name of FILE).")
@click.option("--watch", is_flag=True, help="Check again each time FILE is saved; Ctrl-C ends.")
def check(**given: Any) -> None:
    """Run the public checks on your own file, a `.py` or an `.ipynb`, before you hand it in."""
    from grader.local.command import CheckOptions, check_file

    sys.exit(check_file(CheckOptions(**given)))


@main.command()
@click.argument("assignment")
@options.output_folder("Where it goes: a folder that is new or empty.", required=True)
@options.course()
def release(assignment: str, directory: Path, course: Path | None) -> None:
    """Write what students get: the stub as file and as notebook, the hand-out, the public checks; nothing hidden."""
    from grader.assignment import load
    from grader.release.write import release as write

    names = write(load(assignment, course), directory)
    click.echo(f"{directory} holds what students get: {', '.join(names)}.")


@main.command()
@click.argument("slug")
@options.course("Where (default: the course here).")
def new(slug: str, course: Path | None) -> None:
    """Make a new assignment to start from: it grades its own solution to full points at once."""
    from grader.new.make import make

    made = make(slug, course)
    click.echo(f"Made {made.public} and {made.hidden}.")
    click.echo(f"Try it: grade audit {slug}")
    click.echo(f"After a change of the solution or the hand-out: python -m grader.release {slug}")


@main.command()
@click.argument("format_name", metavar="FORMAT")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@options.output_file("The file to upload; whole or not there at all.")
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The table that the LMS exported: only its cells for these marks are filled, the rest stays.",
)
@click.option(
    "--column", metavar="NAME", help="The title of the column (default: the one that is called as the assignment is)."
)
@options.of_results
def export(**given: Any) -> None:
    """Write the marks of a `grade run` into DIR, or its feedback, as an LMS takes them.

    FORMAT is csv, canvas, canvas-feedback, moodle, moodle-feedback, blackboard, brightspace or nbgrader.
    """
    from grader.exports.command import ExportOptions
    from grader.exports.command import export as carry_out

    sys.exit(carry_out(ExportOptions(**given)))


@main.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--as", "who", metavar="NAME", help="Who decides, as it is recorded (default: your user name).")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="The port (default: a free one).")
@click.option("--open", "browser", is_flag=True, help="Open the page in a browser.")
@options.of_results
def review(**given: Any) -> None:
    """Grade what waits for a person, and override what a check got wrong, on a page that this machine alone sees.

    DIR is what `grade run` has left. The address is printed; decisions are recorded with who, when and why.
    """
    from grader.review.command import ReviewOptions
    from grader.review.command import review as serve

    serve(ReviewOptions(**given))


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", required=False, type=click.Path(path_type=Path))
@options.assignment("Which one, where a folder holds results of several.")
@options.as_json
def diff(as_json: bool, **given: Any) -> None:
    """Compare the results in two folders: whose score changed, by how much and by which check.

    The latest result of each student counts. With one folder, it is compared with what it held before results last
    changed.
    """
    from grader.diff import diff as compare

    compare(**given, as_json=as_json)


@main.command()
def doctor() -> None:
    """Say which isolation this machine gives, what is missing and how to have it, and whether `grade run` starts."""
    from grader.doctor import doctor as examine

    sys.exit(examine())


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("platform_name", metavar="PLATFORM")
@click.argument("words", nargs=-1, metavar="[WORD]...", type=click.UNPROCESSED)
@options.assignment("Which one, where the course has several (or $GRADE_ASSIGNMENT).")
@options.course("The folder of the course.")
@click.option("--root", type=click.Path(path_type=Path), default="/", hidden=True)
@options.sandbox("As in `grade run`.")
@options.seed("As in `grade run`.")
def platform(platform_name: str, **given: Any) -> None:
    """Be the autograder on PLATFORM: grade the one submission that lies there, and answer as the platform reads it.

    PLATFORM is auto, gradescope, prairielearn, autolab, coursera, edx, submitty, coderunner, vpl, github or
    classroom50. WORDs are what the platform itself puts behind its command.
    """
    from grader.doctor import need_linux

    need_linux()
    from grader.platforms.entry import Asked, serve

    sys.exit(serve(Asked(platform_name, **given)))


@main.command("package")
@click.argument("assignment")
@click.option("--platform", required=True, metavar="P", help="Whom it is for; see above.")
@options.output_file("An archive if it ends in .zip, .tar or .tar.gz, else a new folder; whole or not there at all.")
@options.course("The folder of the course.")
@click.option("--image", default="", metavar="NAME", help="The image with the grader, for platforms that pull one.")
@click.option(
    "--torch-index", default="", metavar="URL", help="An index with torch's CPU builds, for platforms that install it."
)
def package_command(**given: Any) -> None:
    """Make what an instructor uploads to a platform, so that it grades ASSIGNMENT there.

    P is gradescope (for Codio too), prairielearn, autolab, coursera, edx, submitty, coderunner, vpl, github or
    classroom50.
    """
    from grader.packaging.command import PackageOptions, package

    package(PackageOptions(**given))


if __name__ == "__main__":
    main()
