"""What crosses the wire arrives as it was; what is malformed or too large is a WireError and costs little."""

from __future__ import annotations

import collections
import math
import random
import resource
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox import values, wire

FUZZED_FRAMES = 200_000
Point = collections.namedtuple("Point", "x y")

quick = settings(max_examples=150, deadline=None, derandomize=True, database=None)

floats = st.floats(allow_nan=True, allow_infinity=True)
int64 = st.integers(-(2**63), 2**63 - 1)
scalars = st.none() | st.booleans() | int64 | floats | st.text(max_size=20) | st.binary(max_size=20)
keys = st.text(max_size=5) | int64 | st.booleans() | st.none() | st.tuples(int64, st.text(max_size=3))
plain = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def tensors(draw: st.DrawFn) -> torch.Tensor:
    """Draw a tensor of any dtype and shape, in memory or not as it would be made."""
    dtype = values.DTYPES[draw(st.sampled_from(sorted(values.DTYPES)))]
    shape = draw(st.lists(st.integers(0, 4), max_size=4))
    count = math.prod(shape)
    numbers = torch.tensor(draw(st.lists(st.integers(0, 100), min_size=count, max_size=count)))
    tensor = numbers.to(dtype).reshape(shape)
    match draw(st.sampled_from(["as it is", "transposed", "strided", "expanded", "conjugated", "trained"])):
        case "transposed":
            return tensor.T if tensor.dim() == 2 else tensor
        case "strided":
            return tensor.repeat_interleave(2, dim=0)[::2] if tensor.dim() else tensor
        case "expanded":
            return tensor.unsqueeze(0).expand(3, *tensor.shape)
        case "conjugated":
            return tensor.conj()
        case "trained":
            return tensor.requires_grad_(tensor.is_floating_point() or tensor.is_complex())
    return tensor


def refuse(value: object) -> wire.Value:
    """Stand for what is not said on the wire."""
    raise values.Refused(type(value).__name__)


def kept(value: object) -> wire.Value:
    """Stand for an object that stays in the worker."""
    return wire.Handle(1, "object", type(value).__name__)


def resolve(value: wire.Value) -> object:
    """Leave handles and their kin as they are."""
    return value


def body_of(message: wire.Reply | wire.Request) -> bytes:
    """Send a message through frames, in pieces as a pipe would give them."""
    reader, data = wire.FrameReader(), wire.frame(message)
    for start in range(0, len(data), 1000):
        assert reader.next() is None
        reader.feed(data[start : start + 1000])
    body = reader.next()
    assert body is not None
    assert reader.empty
    return body


def there(value: object, keep: Callable[[object], wire.Value] = refuse) -> Any:
    """Send a value over the wire."""
    reply = wire.decode_reply(body_of(wire.Returned(1, values.encode(value, keep))))
    assert isinstance(reply, wire.Returned)
    return values.decode(reply.value, resolve)


def same(first: Any, second: Any) -> bool:
    """Compare by type and bits: 1, 1.0 and True differ, NaN equals itself."""
    if isinstance(first, float) and isinstance(second, float):
        return struct.pack("<d", first) == struct.pack("<d", second) or (math.isnan(first) and math.isnan(second))
    if type(first) is not type(second):
        return False
    if isinstance(first, (list, tuple)):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict):
        return same(list(first.items()), list(second.items()))
    return bool(first == second)


@quick
@given(plain)
def test_plain_values_arrive_as_they_are(value: Any) -> None:
    """None, bool, int, float, str, bytes, list, tuple and dict keep type, value and order, NaN and Inf too."""
    assert same(value, there(value))


@quick
@given(tensors())
def test_tensors_arrive_as_they_are(tensor: torch.Tensor) -> None:
    """A tensor of any dtype, shape and layout in memory keeps dtype, shape, bits and requires_grad."""
    arrived = there(tensor)

    assert (arrived.dtype, arrived.shape, arrived.requires_grad) == (tensor.dtype, tensor.shape, tensor.requires_grad)
    assert torch.equal(arrived.detach(), tensor.detach().resolve_conj())
    assert arrived.is_contiguous()


@pytest.mark.parametrize("dtype", sorted(values.DTYPES))
def test_special_bits_of_tensors_arrive(dtype: str) -> None:
    """Every bit pattern of a dtype arrives: NaN, Inf, -0.0 and denormals among them."""
    kind = values.DTYPES[dtype]
    data = bytes([0, 1] * 64) if kind is torch.bool else bytes(range(256)) * 8
    tensor = torch.frombuffer(bytearray(data), dtype=kind)

    arrived = there(tensor)

    assert bytes(arrived.view(torch.uint8).numpy().tobytes()) == data


@quick
@given(st.sampled_from(["f8", "f4", "i8", "i4", "i2", "i1", "u1", "?", "c8", "c16"]), st.lists(st.integers(0, 3)))
def test_numpy_arrays_arrive(kind: str, shape: list[int]) -> None:
    """A numpy array, whatever its order in memory, arrives as an array, and not as a tensor."""
    array = np.arange(math.prod(shape[:4])).reshape(shape[:4]).astype(kind, order="F")

    arrived = there(array)

    assert type(arrived) is np.ndarray
    assert (arrived.dtype, arrived.shape) == (array.dtype, array.shape)
    assert np.array_equal(arrived, array)


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        (np.float64(1.5), 1.5),
        (np.int8(-3), -3),
        (np.uint64(7), 7),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
    ],
)
def test_numpy_scalars_arrive_as_python_numbers(scalar: Any, expected: Any) -> None:
    """A numpy scalar arrives as the Python number it stands for."""
    assert same(expected, there(scalar))


@pytest.mark.parametrize("scalar", [np.float32(0.5), np.float16(0.5), np.array(0.5)])
def test_floats_of_numpy_are_no_python_floats(scalar: Any) -> None:
    """A float of numpy's that is no Python float arrives as an array without dimensions."""
    arrived = there(scalar)

    assert type(arrived) is np.ndarray
    assert (arrived.shape, float(arrived)) == ((), 0.5)


@pytest.mark.parametrize("value", [Point(1, [2.0]), torch.Size([1, 2]), collections.OrderedDict(a=1)])
def test_kin_of_tuple_and_dict_arrive_plain(value: Any) -> None:
    """Named tuples, torch.Size and ordered dicts arrive as a tuple, a tuple and a dict."""
    arrived = there(value)

    assert type(arrived) is (dict if isinstance(value, dict) else tuple)
    assert arrived == value


@pytest.mark.parametrize(
    "value",
    [
        2**63,
        -(2**63) - 1,
        "lone surrogate \ud800",
        1j,
        {1, 2},
        range(3),
        object(),
        type("L", (list,), {"__eq__": lambda *_: True})(),
        type("F", (float,), {})(1.0),
        np.array(["text"]),
        np.array([1], dtype=">i4"),
        np.longdouble(1),
        torch.zeros(2, device="meta"),
        torch.eye(2).to_sparse(),
        torch.zeros([1] * 13),
        torch.empty(0, 2**31),
        {(i,): i for i in range(values.MAX_STRANGE_KEYS + 1)},
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_be_said_is_kept(value: object) -> None:
    """Huge ints, lone surrogates, subclasses that could lie and odd tensors stay behind, named by a handle."""
    assert there([value], kept) == [wire.Handle(1, "object", type(value).__name__)]


def test_nesting_is_kept_below_the_limit() -> None:
    """What is nested too deep, or holds itself, stays behind from the depth on that the wire allows."""
    endless: list[Any] = []
    endless.append(endless)

    arrived = there(endless, kept)

    for _ in range(values.MAX_DEPTH):
        [arrived] = arrived
    assert arrived == wire.Handle(1, "object", "list")


def test_tensor_that_lies_by_subclass_arrives_plain() -> None:
    """A subclass that answers for itself arrives as a plain tensor of the numbers it holds."""

    class Liar(torch.Tensor):
        @classmethod
        def __torch_function__(cls, *_: object, **__: object) -> Any:
            return True

    arrived = there(torch.ones(2).as_subclass(Liar))

    assert type(arrived) is torch.Tensor
    assert arrived.tolist() == [1.0, 1.0]


MESSAGES: list[wire.Reply] = [
    wire.Ready(("a", "b")),
    wire.Loaded(1, ("relu", "Net"), (wire.CellFault(3, None, "NameError", "x", "y = x"),)),
    wire.Returned(2, wire.Handle(1, "module", "Net"), (None, True, -1, 1.5, "é")),
    wire.Returned(3, wire.DictValue(((wire.TupleValue((1, 2)), wire.ListValue(())), ("k", wire.Opaque("set"))))),
    wire.Returned(4, wire.Tensor("float32", (2, 1), bytes(8), True), ()),
    wire.Returned(5, wire.Bytes(b"\x00\xff")),
    wire.Raised(6, "ValueError", "no", (wire.Frame("a.py", 3, "f", "raise"),), missing=True, rejected=True),
]
REQUESTS: list[wire.Request] = [
    wire.Load(1, "a.py", "a", 2**62),
    wire.Call(2, wire.Name("f"), (wire.Handle(1, "module", "N"),), {"x": 1.0}, keep_args=True, no_grad=True),
    wire.Operate(3, "load", wire.Handle(1, "module", "N"), {"weights": wire.DictValue((("w", 1),))}),
    wire.Call(4, wire.Name("f"), (wire.Spec("nn.Sequential", {}, (wire.Spec("nn.Tanh", {}),)),), {}),
    wire.Operate(5, "value", wire.Name("a"), {}, reset=0),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_replies_round_trip(message: wire.Reply) -> None:
    """Every reply arrives equal to what was sent."""
    assert wire.decode_reply(body_of(message)) == message


@pytest.mark.parametrize("message", REQUESTS, ids=lambda message: type(message).__name__)
def test_requests_round_trip(message: wire.Request) -> None:
    """Every request arrives equal to what was sent."""
    assert wire.decode_request(body_of(message)) == message


@pytest.mark.parametrize(
    "module",
    [
        torch.nn.Sequential(torch.nn.Linear(2, 3, bias=False), torch.nn.LeakyReLU(0.3), torch.nn.Linear(3, 1)),
        torch.nn.Conv2d(1, 2, 3, padding=1),
        torch.nn.Bilinear(2, 3, 4),
        torch.nn.BatchNorm1d(3),
    ],
    ids=lambda module: type(module).__name__,
)
def test_modules_are_built_as_described(module: torch.nn.Module) -> None:
    """A listed module that goes in by description has its options and its weights on the other side."""
    spec = values.describe(module)
    assert isinstance(spec, wire.Spec)
    request = wire.decode_request(body_of(wire.Call(1, wire.Name("f"), (spec,), {})))
    assert isinstance(request, wire.Call)

    built = values.build(cast("wire.Spec", request.args[0]))

    assert str(built) == str(module)
    assert all(torch.equal(a, b) for a, b in zip(built.parameters(), module.parameters(), strict=True))


def test_only_what_is_listed_is_described_or_built() -> None:
    """No module of another class goes in, not even one that has a listed name; no other name is built."""
    impostor = type("Linear", (torch.nn.Module,), {})()

    with pytest.raises(values.Refused):
        values.describe(impostor)
    with pytest.raises(values.Refused):
        values.describe(torch.load)
    with pytest.raises(wire.WireError):
        values.build(wire.Spec("load", {"f": "/etc/passwd"}))


def test_too_large_messages_are_refused_before_they_are_sent() -> None:
    """A message over the cap on bytes, items or characters never leaves, in either direction."""
    with pytest.raises(wire.WireError, match="bytes"):
        wire.frame(wire.Returned(1, wire.Bytes(bytes(wire.MAX_FRAME))))
    with pytest.raises(wire.WireError, match="items"):
        wire.frame(wire.Returned(1, wire.ListValue((None,) * wire.MAX_ITEMS)))
    for too_large in (
        torch.zeros(1, dtype=torch.uint8).expand(10**12),
        "x" * (wire.MAX_STRING + 1),
        [None] * (wire.MAX_ITEMS + 1),
    ):
        with pytest.raises(OverflowError, match="fit"):
            values.encode(too_large, kept)


def test_length_over_the_cap_is_refused_at_once() -> None:
    """A frame that announces too much is refused by its first four bytes."""
    reader = wire.FrameReader()
    reader.feed(struct.pack("<I", wire.MAX_FRAME + 1))

    with pytest.raises(wire.WireError, match="over the limit"):
        reader.next()


def returned(value: bytes) -> bytes:
    """Put encoded bytes in place of the value of a Returned."""
    return b"\x83\xa4type\xa8returned\xa2id\x01\xa5value" + value


def listed(kind: bytes, count: int) -> bytes:
    """Encode the beginning of a list or a tuple of so many items."""
    return b"\x82\xa4type" + bytes([0xA0 + len(kind)]) + kind + b"\xa5items\xdd" + struct.pack(">I", count)


ROOM = wire.MAX_FRAME - 100
COLLIDING = [
    wire.TupleValue((n, (-pow(0xC2B2AE3D27D4EB4F, -1, 2**64) * n) % 2**61)) for n in range(values.MAX_STRANGE_KEYS + 1)
]
EXPENSIVE = {
    "small ints": lambda: returned(listed(b"list", ROOM) + b"\xe0" * ROOM),
    "empty lists": lambda: returned(listed(b"list", ROOM // 18) + b"\x82\xa4type\xa4list\xa5items\x90" * (ROOM // 18)),
    "deep lists": lambda: returned(b"\x82\xa4type\xa4list\xa5items\x91" * (ROOM // 18)),
    "not so deep lists": lambda: returned(b"\x82\xa4type\xa4list\xa5items\x91" * 25_000),
    "list that lies": lambda: returned(listed(b"list", 2**32 - 1) + b"\xc0" * 100),
    "map that lies": lambda: returned(b"\xdf\xff\xff\xff\xff" + b"\xc0" * 100),
    "bytes that lie": lambda: returned(b"\x82\xa4type\xa5bytes\xa4data\xc6\xff\xff\xff\xff"),
    "text": lambda: returned(b"\xdb" + struct.pack(">I", ROOM) + b"\n" * ROOM),
    "name of a type": lambda: returned(b"\x82\xa4type\xa6opaque\xa9type_name\xda\xff\xff" + b"\n" * 65535),
    "names": lambda: b"\x83\xa4type\xa6loaded\xa2id\x01\xa5names\xdd" + struct.pack(">I", 400_000) + b"\xa1x" * 400_000,
    "shape": lambda: msgspec.msgpack.encode(
        wire.Returned(1, wire.Tensor("int8", (1,) * (wire.MAX_ITEMS - 100), b"\x00"))
    ),
    "tuple keys": lambda: msgspec.msgpack.encode(wire.Returned(1, wire.DictValue(tuple((k, 1) for k in COLLIDING)))),
}


@pytest.mark.parametrize("make", EXPENSIVE.values(), ids=EXPENSIVE)
def test_expensive_frames_are_refused_cheaply(make: Callable[[], bytes]) -> None:
    """A frame made to cost time or memory is refused within a second and about its own size in memory."""
    body = make()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak so far
    before, start = resident("VmRSS"), time.process_time()

    with pytest.raises(wire.WireError):
        decode(body)

    assert time.process_time() - start < 1.0
    assert resident("VmHWM") - before < wire.MAX_FRAME + (4 << 20)  # the kernel counts in large pages, too


def test_most_items_that_fit_cost_little() -> None:
    """As many items as a frame may hold are decoded within two seconds and 100 MB."""
    count = wire.MAX_ITEMS - 20
    body = returned(listed(b"list", count) + b"\xe0" * count)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, start = resident("VmRSS"), time.process_time()

    found = decode(body)

    assert found == [[-32] * count]
    assert time.process_time() - start < 2.0
    assert resident("VmHWM") - before < 100 << 20


def resident(which: str) -> int:
    """Read the bytes of memory that this process has, or had at its peak."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(which)]
    return int(line.split()[1]) << 10


def decode(body: bytes) -> list[Any]:
    """Do all that the trusted side does with a reply, up to Python's own values."""
    reply = wire.decode_reply(body)
    if not isinstance(reply, wire.Returned):
        return []
    return [values.decode(value, resolve) for value in (reply.value, *(reply.args or ()))]


def test_no_malformed_frame_gives_anything_but_a_wire_error() -> None:
    """Of 200,000 frames, random, mutated or well formed with lies, each decodes or is a WireError."""
    source = random.Random(20_240_521)  # noqa: S311 - to be the same each time
    refused = 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for data in fuzzed(source, FUZZED_FRAMES):
        reader = wire.FrameReader()
        reader.feed(data)
        try:
            body = reader.next()
            if body is not None:
                decode(body)
        except wire.WireError:
            refused += 1

    assert FUZZED_FRAMES // 4 < refused < FUZZED_FRAMES
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10


def fuzzed(source: random.Random, count: int) -> Iterator[bytes]:
    """Make frames: a fifth random, two fifths mutated, two fifths well formed but untrue."""
    valid = [wire.frame(message) for message in MESSAGES]
    for number in range(count):
        if number % 5 == 0:
            body = source.randbytes(source.randrange(60))
            yield struct.pack("<I", len(body)) + body
        elif number % 5 < 3:
            yield mutated(source, bytearray(source.choice(valid)), valid)
        else:
            body = msgspec.msgpack.encode(lying_reply(source))
            yield struct.pack("<I", len(body)) + body


def mutated(source: random.Random, frame: bytearray, others: list[bytes]) -> bytes:
    """Change a frame in up to three places; the length is mostly put right again, so that the rest is read."""
    for _ in range(source.randrange(1, 4)):
        place = source.randrange(len(frame))
        match source.randrange(5):
            case 0:
                frame[place] ^= 1 << source.randrange(8)
            case 1:
                frame[place] = source.choice((0, 1, 7, 0x7F, 0x80, 0xC0, 0xC1, 0xCA, 0xD9, 0xDD, 0xDF, 0xFF))
            case 2:
                del frame[place : place + source.randrange(1, 9)]
                frame = frame or bytearray(b"\x00")
            case 3:
                frame[place:place] = source.randbytes(source.randrange(1, 9))
            case 4:
                frame = frame[:place] + source.choice(others)[place:] or bytearray(b"\x00")
    if source.randrange(10) and len(frame) > 4:
        frame[:4] = struct.pack("<I", len(frame) - 4)
    return bytes(frame)


ODD: list[Any] = [
    None, True, 0, -1, 7, 2**31, 2**63 - 1, 2**64 - 1, -(2**63), 1.5, math.nan, math.inf, "", "float32", "x" * 5000,
    b"", b"\x07", b"\x00\x01\x07\x00", [], [1], [-1], [2**31], [0, 2**31 - 1, 2**31 - 1, 2**31 - 1], {},
    {"type": "list"}, {"type": 3}, {1: 2}, [[]], msgspec.msgpack.Ext(5, b"x"), msgspec.msgpack.Ext(-1, bytes(4)),
]  # fmt: skip


def lying_reply(source: random.Random) -> Any:
    """Make a reply in which a few fields are untrue."""
    kind = source.choice(["returned"] * 8 + ["raised", "loaded", "ready", "unknown"])
    fields: dict[Any, Any] = {"type": kind, "id": odd_or(source, 1)}
    if kind == "returned":
        fields["value"] = lying_value(source, source.randrange(1, 6))
        if source.randrange(3) == 0:
            fields["args"] = odd_or(source, [lying_value(source, 2)])
    elif kind == "raised":
        frames = [{"file": "a", "line": odd_or(source, 1), "function": "f", "source": odd_or(source, "s")}]
        fields |= {"type_name": odd_or(source, "E"), "message": odd_or(source, "m"), "frames": odd_or(source, frames)}
    elif kind == "loaded":
        fault = {"cell": 1, "line": odd_or(source, 1), "type_name": "E", "message": "m", "source_line": "s"}
        fields |= {"names": odd_or(source, ["a"]), "faults": odd_or(source, [fault])}
    return fields


def lying_value(source: random.Random, depth: int) -> Any:
    """Make a value, nested up to a depth, in which a few fields are untrue."""
    kind = source.choice(["tensor"] * 3 + ["bytes", "handle", "opaque", "name", "spec", "odd"])
    if depth:
        kind = source.choice(["list", "tuple", "dict", "dict", kind])
    match kind:
        case "tensor":
            size = source.choice([0, 1, 4, 8, 16, 24])
            shape = source.choice([[], [size], [size // 4], [2, size // 8], [0, 5], [1] * 13, [size, 0, 2**31 - 1]])
            dtype = source.choice([*values.DTYPES, "float8", "object"])
            data = source.choice([bytes(size), source.randbytes(size), bytes([7] * size)])
            return {
                "type": kind,
                "dtype": odd_or(source, dtype),
                "shape": odd_or(source, shape),
                "data": odd_or(source, data),
                "requires_grad": odd_or(source, True),
            }
        case "list" | "tuple":
            items = [lying_value(source, depth - 1) for _ in range(source.randrange(4))]
            return {"type": kind, "items": odd_or(source, items)}
        case "dict":
            pairs = [
                odd_or(source, [lying_value(source, depth - 1), lying_value(source, depth - 1)])
                for _ in range(source.randrange(3))
            ]
            return {"type": kind, "items": odd_or(source, pairs)}
        case "bytes":
            return {"type": kind, "data": odd_or(source, b"x")}
        case "handle":
            return {"type": kind, "id": odd_or(source, 1), "kind": odd_or(source, "module"), "type_name": "N"}
        case "opaque" | "name":
            return {"type": kind, "type_name": odd_or(source, "N"), "name": odd_or(source, "n")}
        case "spec":
            return {"type": kind, "name": "nn.Tanh", "kwargs": odd_or(source, {}), "children": odd_or(source, [])}
    return source.choice(ODD)


def odd_or(source: random.Random, usual: Any) -> Any:
    """Return what is usual, or one time in twelve something odd."""
    return source.choice(ODD) if source.randrange(12) == 0 else usual
