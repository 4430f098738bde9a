"""The one place where a file is unpickled: in a worker, which is worth nothing."""

from __future__ import annotations

import pickle  # for the name of an error

import torch


def checkpoint(_: object, file: str) -> dict[str, torch.Tensor]:
    """Read the tensors of a file that `torch.save` wrote of a state dict; to be called in a worker."""
    wanted = f"{file} should hold what torch.save(model.state_dict(), {file!r}) writes"
    try:
        found = torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError:
        raise TypeError(f"{wanted}, and no other objects") from None
    if not isinstance(found, dict):
        raise TypeError(f"{wanted}, but holds {type(found).__name__}")
    other = next((name for name, value in found.items() if not isinstance(value, torch.Tensor)), None)
    if other is not None:
        raise TypeError(f"{wanted}, but its entry {other!r} is no tensor")
    return {str(name): value for name, value in found.items()}
