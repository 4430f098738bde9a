"""Values on the wire, to and from Python's and torch's own: used on both sides.

Decoding builds exact types from bytes, so an object that lies about its shape or its equality arrives as what
it is or not at all. Encoding goes by exact type too: what is not on the list stays where it is.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Collection, Sequence
from typing import Any

import msgspec
import numpy as np
import torch

from grader.sandbox import wire

DTYPES: dict[str, torch.dtype] = {
    name: getattr(torch, name)
    for name in (
        "float64", "float32", "float16", "bfloat16", "complex64", "complex128",
        "int64", "int32", "int16", "int8", "uint8", "bool",
    )
}  # fmt: skip
_DTYPE_NAMES = {dtype: name for name, dtype in DTYPES.items()}

MAX_DIMENSIONS = 12

MAX_DEPTH = 32
"""Lists, tuples and dicts inside each other."""

MAX_STRANGE_KEYS = 1000
"""Keys of a dict where some is a tuple or the like: whose hashes, unlike those of strings, can be made to collide."""

_PLAIN_KEYS = (str, int, float, bool, type(None), bytes)

BUILDABLE: tuple[str, ...] = (
    "nn.Identity", "nn.ReLU", "nn.LeakyReLU", "nn.Sigmoid", "nn.Tanh", "nn.ELU", "nn.GELU", "nn.SiLU",
    "nn.Softplus", "nn.Flatten", "nn.Linear", "nn.Bilinear", "nn.Sequential", "nn.MSELoss", "nn.L1Loss",
    "nn.BCELoss", "nn.BCEWithLogitsLoss", "nn.CrossEntropyLoss", "nn.Conv1d", "nn.Conv2d", "nn.BatchNorm1d",
    "nn.LayerNorm", "nn.Embedding", "nn.Dropout", "nn.functional.mse_loss", "nn.functional.l1_loss",
    "nn.functional.cross_entropy", "optim.SGD", "optim.Adam", "optim.AdamW", "optim.RMSprop", "optim.Adagrad",
)  # fmt: skip
"""What may be sent into a worker by description, as names below `torch`; beside these, `Affine`."""

AFFINE = "Affine"

_ARGUMENTS: dict[str, tuple[str, ...]] = {
    "Linear": ("in_features", "out_features"),
    "Bilinear": ("in1_features", "in2_features", "out_features"),
    "LeakyReLU": ("negative_slope",),
    "ELU": ("alpha",),
    "Softplus": ("beta", "threshold"),
    "Flatten": ("start_dim", "end_dim"),
    "Conv1d": ("in_channels", "out_channels", "kernel_size", "stride", "padding"),
    "Conv2d": ("in_channels", "out_channels", "kernel_size", "stride", "padding"),
    "BatchNorm1d": ("num_features",),
    "LayerNorm": ("normalized_shape",),
    "Embedding": ("num_embeddings", "embedding_dim"),
    "Dropout": ("p",),
    "MSELoss": ("reduction",),
    "L1Loss": ("reduction",),
}


class Affine(torch.nn.Linear):
    """A linear layer of another name, to see whether submitted code takes a subclass for what it is."""


class Refused(TypeError):  # noqa: N818 - reads better where it is raised
    """A value that may not go over the wire: towards the worker this is a mistake of the check's author."""


def encode_tensor(value: torch.Tensor) -> wire.Tensor:
    """Encode any strided CPU tensor, as a plain tensor whatever subclass it is; raises Refused otherwise."""
    with torch._C.DisableTorchFunctionSubclass():
        plain = value.detach()
        if plain.dtype not in _DTYPE_NAMES or plain.layout is not torch.strided or plain.device.type != "cpu":
            raise Refused(f"a tensor of {plain.dtype}, {plain.layout}, on {plain.device}")
        if plain.numel() * plain.itemsize > wire.MAX_FRAME:
            raise OverflowError(f"a tensor of {plain.numel() * plain.itemsize} bytes; at most {wire.MAX_FRAME} fit")
        if not plausible(plain.shape):
            raise Refused(f"a tensor of {plain.dim()} dimensions, or of enormous ones")
        bits = plain.resolve_conj().resolve_neg()
        if bits.dtype is torch.bfloat16:  # which numpy does not have
            bits = bits.view(torch.int16)
        data = bits.numpy().tobytes()
        return wire.Tensor(_DTYPE_NAMES[plain.dtype], tuple(plain.shape), data, bool(value.requires_grad))


def decode_tensor(value: wire.Tensor) -> torch.Tensor:
    """Build a new tensor from checked bytes; raises WireError when dtype, shape and bytes do not agree."""
    dtype = DTYPES.get(value.dtype)
    if dtype is None or not plausible(value.shape):
        raise wire.WireError(f"a tensor of dtype {value.dtype[:20]!r} with {len(value.shape)} dimensions")
    if math.prod(value.shape) * dtype.itemsize != len(value.data):
        raise wire.WireError("a tensor whose bytes do not fill its shape")
    if dtype is torch.bool and value.data.strip(b"\x00\x01"):
        raise wire.WireError("a tensor of booleans that are neither 0 nor 1")
    flat = torch.frombuffer(bytearray(value.data), dtype=dtype) if value.data else torch.empty(0, dtype=dtype)
    return flat.reshape(value.shape).clone().requires_grad_(_differentiable(value, dtype))


def decode_array(value: wire.Tensor) -> np.ndarray[Any, Any]:
    """Build a new array of numpy's from checked bytes."""
    tensor = decode_tensor(value).detach()
    if tensor.dtype is torch.bfloat16:
        raise wire.WireError("an array of a dtype that numpy does not have")
    found: np.ndarray[Any, Any] = tensor.numpy()
    return found


def plausible(shape: Sequence[int]) -> bool:
    """Say whether a shape can be worked with: also where one size is 0, a sum over it must not need all memory."""
    if len(shape) > MAX_DIMENSIONS:
        return False
    numbers = 1
    for size in shape:
        if size < 0:
            return False
        numbers *= size or 1
    return numbers <= wire.MAX_FRAME


def _differentiable(value: wire.Tensor, dtype: torch.dtype) -> bool:
    return value.requires_grad and (dtype.is_floating_point or dtype.is_complex)


def encode(value: object, keep: Callable[[object], wire.Value], depth: int = 0) -> wire.Value:
    """Encode a value by its exact type; `keep` says what becomes of all else (a handle, or a refusal).

    A scalar of numpy's arrives as the Python number that it stands for, but for a float that is no Python float, as
    np.float32: it arrives as an array.
    """
    kind = type(value)
    if value is None or kind in (bool, float, wire.Handle, wire.Name, wire.Spec):
        return value  # type: ignore[return-value]  # narrowed by exact type, which mypy cannot follow
    if kind is str:
        return _encode_text(value, keep)  # type: ignore[arg-type]  # as above
    if kind is int:
        return value if -(2**63) <= value < 2**63 else keep(value)  # type: ignore[operator, return-value]
    if kind is bytes:
        return wire.Bytes(value)  # type: ignore[arg-type]  # as above
    if isinstance(value, (torch.Tensor, np.ndarray, np.generic)):
        return _encode_array(value, keep)
    if depth >= MAX_DEPTH:
        return keep(value)
    if kind is list or kind is tuple or kind is torch.Size or _is_named_tuple(value):
        items = tuple(encode(item, keep, depth + 1) for item in _at_most(value))
        return wire.ListValue(items) if kind is list else wire.TupleValue(items)
    if isinstance(value, dict) and not _strange(dict.keys(value)):
        pairs = _at_most(dict.items(value))
        return wire.DictValue(tuple((encode(k, keep, depth + 1), encode(v, keep, depth + 1)) for k, v in pairs))
    return keep(value)


def _encode_text(value: str, keep: Callable[[object], wire.Value]) -> wire.Value:
    if len(value) > wire.MAX_STRING:
        raise OverflowError(f"a string of {len(value)} characters; at most {wire.MAX_STRING} fit")
    return value if value.isascii() or value.encode("utf-8", "replace").decode() == value else keep(value)


def _at_most(items: Any) -> list[Any]:
    found = list(items)
    if len(found) > wire.MAX_ITEMS:
        raise OverflowError(f"a {type(items).__name__} of {len(found)} items; at most {wire.MAX_ITEMS} fit")
    return found


def _strange(keys: Collection[object]) -> bool:
    return len(keys) > MAX_STRANGE_KEYS and not all(isinstance(key, _PLAIN_KEYS) for key in keys)


def _encode_array(value: Any, keep: Callable[[object], wire.Value]) -> wire.Value:
    try:
        if isinstance(value, torch.Tensor):
            return encode_tensor(value)
        if isinstance(value, np.generic) and (isinstance(value, float) or not isinstance(value, np.floating)):
            return encode(value.item(), keep, MAX_DEPTH)
        array = np.ascontiguousarray(value).reshape(np.shape(value))
        return msgspec.structs.replace(encode_tensor(torch.from_numpy(array.copy())), array=True)
    except (TypeError, ValueError, Refused, RuntimeError):
        return keep(value)


def _is_named_tuple(value: object) -> bool:
    return isinstance(value, tuple) and hasattr(type(value), "_fields")


def decode(value: wire.Value, resolve: Callable[[wire.Value], object], depth: int = 0) -> Any:
    """Decode a value; `resolve` gives what a handle, a name, an opaque or a spec stands for on this side."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, wire.Tensor):
        return decode_array(value) if value.array else decode_tensor(value)
    if isinstance(value, wire.Bytes):
        return value.data
    if isinstance(value, (wire.Handle, wire.Name, wire.Opaque, wire.Spec)):
        return resolve(value)
    if depth >= MAX_DEPTH:
        raise wire.WireError(f"a value nested more than {MAX_DEPTH} deep")
    if isinstance(value, wire.ListValue):
        return _decode_all(value.items, resolve, depth + 1)
    if isinstance(value, wire.TupleValue):
        return tuple(_decode_all(value.items, resolve, depth + 1))
    keys = _decode_all([key for key, _ in value.items], resolve, depth + 1)
    if _strange(keys):
        raise wire.WireError(f"a dict of {len(keys)} keys that are not all plain")
    found = _decode_all([item for _, item in value.items], resolve, depth + 1)
    try:
        return dict(zip(keys, found, strict=True))
    except TypeError:
        raise wire.WireError("a dict with a key that cannot be one") from None


_AS_IT_IS = frozenset({type(None), bool, int, float, str})


def _decode_all(items: Sequence[wire.Value], resolve: Callable[[wire.Value], object], depth: int) -> list[Any]:
    return [item if type(item) in _AS_IT_IS else decode(item, resolve, depth) for item in items]


def describe(value: object) -> wire.Value:
    """Describe a torch object for a worker to build: a module, a loss, an optimizer factory; else Refused."""
    if isinstance(value, torch.nn.Module):
        return _describe_module(value)
    if isinstance(value, functools.partial) and not value.args:
        name = f"optim.{getattr(value.func, '__name__', '')}"
        if name in BUILDABLE and getattr(torch.optim, name[6:]) is value.func:
            kwargs = {key: encode(item, describe) for key, item in value.keywords.items()}
            return wire.Spec(f"partial:{name}", kwargs)
    name = f"nn.functional.{getattr(value, '__name__', '')}"
    if name in BUILDABLE and getattr(torch.nn.functional, name[14:]) is value:
        return wire.Spec(name, {})
    raise Refused(f"{type(value).__name__} may not be sent into a worker; see values.BUILDABLE")


def _describe_module(module: torch.nn.Module) -> wire.Spec:
    kind = type(module).__name__
    if type(module) is Affine:
        kind = "Linear"
    elif f"nn.{kind}" not in BUILDABLE or type(module) is not getattr(torch.nn, kind):
        raise Refused(f"a module of type {kind} may not be sent into a worker; see values.BUILDABLE")
    if kind == "Sequential":
        return wire.Spec("nn.Sequential", {}, _describe_layers(list(module._modules.values())))
    kwargs = {name: encode(getattr(module, name), describe) for name in _ARGUMENTS.get(kind, ())}
    if kind in ("Linear", "Bilinear", "Conv1d", "Conv2d"):
        kwargs["bias"] = module.bias is not None
    state = {name: encode_tensor(tensor) for name, tensor in module.state_dict(keep_vars=True).items()}
    return wire.Spec(AFFINE if type(module) is Affine else f"nn.{kind}", kwargs, (), state)


def _describe_layers(layers: Sequence[Any]) -> tuple[wire.Spec, ...]:
    """Describe the layers of a Sequential; one that stands in two places is described once, and stays one."""
    places: dict[int, int] = {}
    specs = []
    for place, layer in enumerate(layers):
        first = places.setdefault(id(layer), place)
        specs.append(_describe_module(layer) if first == place else wire.Spec(_AGAIN, {"place": first}))
    return tuple(specs)


_AGAIN = "again"


def _build_layers(specs: Sequence[wire.Spec]) -> list[Any]:
    layers: list[Any] = []
    for spec in specs:
        place = spec.kwargs.get("place") if spec.name == _AGAIN else None
        if isinstance(place, int) and 0 <= place < len(layers):
            layers.append(layers[place])
        else:
            layers.append(build(spec))
    return layers


def build(spec: wire.Spec) -> Any:
    """Build what `describe` described (in the worker)."""
    partial = spec.name.startswith("partial:")
    name = spec.name.removeprefix("partial:")
    if name not in BUILDABLE and name != AFFINE:
        raise wire.WireError(f"{name[:40]!r} is not on the list of what can be built")
    factory: Any = Affine if name == AFFINE else functools.reduce(getattr, name.split("."), torch)
    kwargs = {key: decode(item, _nothing) for key, item in spec.kwargs.items()}
    if partial:
        return functools.partial(factory, **kwargs)
    if name.startswith("nn.functional."):
        return factory
    built = factory(*_build_layers(spec.children), **kwargs)
    if spec.state:
        built.load_state_dict({key: decode_tensor(tensor) for key, tensor in spec.state.items()})
        for key, parameter in built.named_parameters():
            parameter.requires_grad_(spec.state[key].requires_grad)
    return built


def _nothing(value: wire.Value) -> object:
    raise wire.WireError(f"a {type(value).__name__} inside a description")
