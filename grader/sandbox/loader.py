"""Make `DataLoader(num_workers=2)` work where processes are refused: for convenience, not for safety."""

from __future__ import annotations

import functools
from typing import Any

from torch.utils.data import DataLoader


def single_process_data_loader() -> None:
    """Let every DataLoader load in its own process, whatever number of workers was asked for."""
    original = DataLoader.__init__
    if getattr(original, "single_process", False):
        return

    @functools.wraps(original)
    def init(self: DataLoader[Any], *args: Any, **kwargs: Any) -> None:
        if "num_workers" in kwargs:
            kwargs["num_workers"] = 0
            for name in ("prefetch_factor", "persistent_workers", "multiprocessing_context", "timeout"):
                kwargs.pop(name, None)
        elif len(args) > 5:
            args = (*args[:5], 0, *args[6:])
        original(self, *args, **kwargs)

    init.single_process = True  # type: ignore[attr-defined]
    DataLoader.__init__ = init  # type: ignore[method-assign]
