"""How mistakes answer, told by the jobs of one batch to each other, so that none is replayed once a job.

A file without a name, which jobs inherit and nothing else holds: nurseries are forked before it is made, and let go
of all they have. Records are only ever appended; what a job that was killed has left of one ends the telling.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Mapping

import msgspec

from grader.diagnosis import Answers

_HEADER = struct.Struct("<Q16s")
"""Length and digest of a record."""


class _Record(msgspec.Struct):
    """How one mistake answers."""

    slug: str
    answers: dict[str, Answers]


_decoder = msgspec.msgpack.Decoder(_Record)


class SharedAnswers:
    """Answers by the slug of the mistake, ours and those of the other jobs; made before the jobs are forked."""

    def __init__(self) -> None:
        self._file = os.memfd_create("answers")
        self._read_to = 0
        self._broken = False
        self._known: dict[str, Mapping[str, Answers]] = {}

    def get(self, slug: str) -> Mapping[str, Answers] | None:
        """Return how a mistake answers in each check, if any job has found out by now."""
        if slug not in self._known:
            self._catch_up()
        return self._known.get(slug)

    def put(self, slug: str, answers: Mapping[str, Answers]) -> None:
        """Tell how a mistake answers."""
        self._known[slug] = answers
        record = msgspec.msgpack.encode(_Record(slug, dict(answers)))
        self._append(_HEADER.pack(len(record), _digest(record)) + record)

    def _append(self, data: bytes) -> None:
        """Write at the end, whole: the lock is this process's, and is let go of when it dies."""
        os.lockf(self._file, os.F_LOCK, 0)
        try:
            end = os.fstat(self._file).st_size
            while data:
                written = os.pwrite(self._file, data, end)
                data, end = data[written:], end + written
        finally:
            os.lockf(self._file, os.F_ULOCK, 0)

    def _catch_up(self) -> None:
        while not self._broken and len(header := os.pread(self._file, _HEADER.size, self._read_to)) == _HEADER.size:
            length, digest = _HEADER.unpack(header)
            record = os.pread(self._file, length, self._read_to + _HEADER.size)
            if len(record) < length:
                return  # it is being written
            if _digest(record) != digest:
                self._broken = True
                return
            try:
                found = _decoder.decode(record)
            except msgspec.DecodeError:
                self._broken = True
                return
            self._known.setdefault(found.slug, found.answers)
            self._read_to += _HEADER.size + length


def _digest(record: bytes) -> bytes:
    return hashlib.blake2b(record, digest_size=16).digest()
