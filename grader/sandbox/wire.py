"""The wire between the trusted side and a worker: a closed set of typed messages in length-prefixed frames.

    frame    = length (u32, little endian, at most MAX_FRAME) | MessagePack of one message
    requests = Load, Call, Operate, Unpack, Take         (trusted side -> worker; one at a time)
    replies  = Ready (once), Loaded, Returned, Raised, Unpacked   (worker -> trusted side; `id` names the request)
    the messages about archives are those of `unpacking`
    value    = None, bool, int64, float, str, and the structs of `Value` below

A frame of a few bytes an item would cost forty times its size once decoded, so its items are counted before.

There is no unpickler on either side: a tensor is its dtype, its shape and its bytes. Whatever cannot be said
in this form stays in the worker, and a `Handle` (or an `Opaque`, which cannot be used further) names it.
Nothing that arrives is a verdict: it is what the submitted code claims, well formed. Any violation is a
`WireError`, which ends the worker.
"""

from __future__ import annotations

import struct
from typing import Annotated, Union

import msgspec
from msgspec import Meta

from grader.sandbox.items import more_than
from grader.sandbox.unpacking import Take, Unpack, Unpacked

MAX_FRAME = 64 * 1024 * 1024
"""Bytes of the largest frame, either way."""

MAX_ITEMS = 500_000
"""MessagePack items in one frame: a list of n numbers takes n and a few."""

MAX_STRING = 1024 * 1024
"""Characters of a string that is a value."""

MAX_TEXT = 4096
"""Characters of an exception's text."""

MAX_NAME = 300
"""Characters of a name, of a type or of a line of code."""

MAX_NAMES = 10_000
"""Names that a submission defines."""

_LENGTH = struct.Struct("<I")

Int64 = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
String = Annotated[str, Meta(max_length=MAX_STRING)]
Text = Annotated[str, Meta(max_length=MAX_TEXT)]
ShortName = Annotated[str, Meta(max_length=MAX_NAME)]


class WireError(Exception):
    """Say how the other side broke the protocol."""


class Tensor(msgspec.Struct, tag="tensor", frozen=True):
    """A dense CPU tensor: `data` holds its elements in C order, little endian. `array`: it was one of numpy's."""

    dtype: ShortName
    shape: tuple[Int64, ...]
    data: bytes
    requires_grad: bool = False
    array: bool = False


class Bytes(msgspec.Struct, tag="bytes", frozen=True):
    """Bytes; a struct, since msgspec takes one string-like type in a union."""

    data: bytes


class ListValue(msgspec.Struct, tag="list", frozen=True):
    """A list."""

    items: tuple[Value, ...]


class TupleValue(msgspec.Struct, tag="tuple", frozen=True):
    """A tuple, a named tuple or a torch.Size."""

    items: tuple[Value, ...]


class DictValue(msgspec.Struct, tag="dict", frozen=True):
    """A dict, in its order."""

    items: tuple[tuple[Value, Value], ...]


class Handle(msgspec.Struct, tag="handle", frozen=True):
    """An object that stays in the worker, valid until the next reset; its names are claims, for messages only."""

    id: Int64
    kind: ShortName
    type_name: ShortName


class Name(msgspec.Struct, tag="name", frozen=True):
    """Something that the submission defines, by its name (only towards the worker)."""

    name: str


class Opaque(msgspec.Struct, tag="opaque", frozen=True):
    """Something that cannot be said on the wire, by the name of its type (only from the worker)."""

    type_name: ShortName


class Spec(msgspec.Struct, tag="spec", frozen=True):
    """An object for the worker to build, from the allow-list of `values` (only towards the worker)."""

    name: str
    kwargs: dict[str, Value]
    children: tuple[Spec, ...] = ()
    state: dict[str, Tensor] = {}


Value = Union[  # noqa: UP007 - evaluated at run time, before all names in it exist as types
    None,
    bool,
    Int64,
    float,
    String,
    Bytes,
    Tensor,
    ListValue,
    TupleValue,
    DictValue,
    Handle,
    Name,
    Opaque,
    Spec,
]


class Load(msgspec.Struct, tag="load", frozen=True):
    """Import the submission's file `main` (relative to the working directory) as the module `module`."""

    id: int
    main: str
    module: str
    seed: int


class Call(msgspec.Struct, tag="call", frozen=True):
    """Call what the submission defines, or what a handle names.

    `reset`: before that, put back what an earlier check may have changed, drop all handles, and seed every random
    stream with it. `keep_args`: send the arguments back as they are after the call. `no_grad`: call under
    torch.no_grad(); `inference`: under torch.inference_mode(), which cannot be lifted from inside.
    """

    id: int
    target: Name | Handle
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    keep_args: bool = False
    no_grad: bool = False
    inference: bool = False
    reset: int | None = None


class Operate(msgspec.Struct, tag="operate", frozen=True):
    """Run one of the worker's own operations (`operations.OPERATIONS`) on a target; `reset` as in `Call`."""

    id: int
    operation: str
    target: Name | Handle
    args: dict[str, Value]
    reset: int | None = None


class Ready(msgspec.Struct, tag="ready", frozen=True):
    """The worker is locked down and has run nothing of the student's yet."""

    probes: tuple[ShortName, ...] = ()


class CellFault(msgspec.Struct, frozen=True):
    """A notebook cell that raised: what it would have defined may be missing."""

    cell: Int64
    line: Int64 | None
    type_name: ShortName
    message: Text
    source_line: Text


class Loaded(msgspec.Struct, tag="loaded", frozen=True):
    """The submission was imported; `names` are its public names."""

    id: int
    names: Annotated[tuple[ShortName, ...], Meta(max_length=MAX_NAMES)]
    faults: Annotated[tuple[CellFault, ...], Meta(max_length=50)] = ()


class Returned(msgspec.Struct, tag="returned", frozen=True):
    """A call's value, and its arguments after the call where they were asked for."""

    id: int
    value: Value
    args: tuple[Value, ...] | None = None


class Frame(msgspec.Struct, frozen=True):
    """One line of the student's own code that an exception passed through."""

    file: ShortName
    line: Int64
    function: ShortName
    source: ShortName


class Raised(msgspec.Struct, tag="raised", frozen=True):
    """An exception of the submitted code: text only, never the object.

    `missing`: the name that was asked for is not defined. `rejected`: the file is not a submission.
    """

    id: int
    type_name: ShortName
    message: Text
    frames: Annotated[tuple[Frame, ...], Meta(max_length=50)] = ()
    missing: bool = False
    rejected: bool = False


Request = Load | Call | Operate | Unpack | Take
Reply = Ready | Loaded | Returned | Raised | Unpacked

_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(Request)
_replies = msgspec.msgpack.Decoder(Reply)


def frame(message: Request | Reply) -> bytes:
    """Encode a message as one frame; raises WireError when it is too large or holds a text that is no Unicode."""
    try:
        body = _encoder.encode(message)
    except UnicodeEncodeError as error:
        raise WireError(f"a text cannot be encoded: {error}") from None
    if len(body) > MAX_FRAME:
        raise WireError(f"a message of {len(body)} bytes is over the limit of {MAX_FRAME}")
    if more_than(MAX_ITEMS, body):
        raise WireError(f"a message of more than {MAX_ITEMS} items")
    return _LENGTH.pack(len(body)) + body


def decode_request(body: bytes) -> Request:
    """Decode what the trusted side sent."""
    request: Request = _requests.decode(body)
    return request


def decode_reply(body: bytes | bytearray | memoryview) -> Reply:
    """Decode what a worker sent; anything but a well-formed reply is a WireError."""
    if more_than(MAX_ITEMS, body):
        raise WireError(f"a message of more than {MAX_ITEMS} items")
    try:
        reply: Reply = _replies.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, MemoryError) as error:
        raise WireError(f"not a reply: {str(error)[:200]}") from None
    return reply


class FrameReader:
    """Collects bytes as they come and yields whole frames, never holding more than one frame's worth."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Add bytes as they were read."""
        self._buffer += data

    def next(self) -> bytes | None:
        """Return the body of the next whole frame, or None; raises WireError on a length over the limit."""
        if len(self._buffer) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._buffer)
        if length > MAX_FRAME:
            raise WireError(f"a frame of {length} bytes is over the limit of {MAX_FRAME}")
        end = _LENGTH.size + length
        if len(self._buffer) < end:
            return None
        with memoryview(self._buffer) as whole:
            body = bytes(whole[_LENGTH.size : end])
        del self._buffer[:end]
        return body

    @property
    def empty(self) -> bool:
        """Whether nothing is left over."""
        return not self._buffer
