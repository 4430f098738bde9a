"""What systems and tools leave beside people's files, in folders and in archives of them: nobody's answer."""

from __future__ import annotations

SKIPPED = {"__macosx", "__pycache__", "desktop.ini", "node_modules", "thumbs.db", "venv"}
"""Names of such files and folders, in lower case; hidden ones are skipped as well."""


_PERSON = "_assignsubmission_"
"""What Moodle puts after the name of a student, who may begin it with a dot."""


def is_leftover(name: str) -> bool:
    """Tell a file or folder, by its own name, that nobody has handed in on purpose."""
    return (name.startswith(".") and _PERSON not in name) or name.lower() in SKIPPED
