"""Whether Python can read a file as text at all, said in a sentence that tells a student how to save it."""

from __future__ import annotations

import codecs
import io
import re
import tokenize

from grader.errors import Rejected

_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_CODING = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


def require_text(data: bytes, called: str) -> None:
    """Raise Rejected for a file that is no text, or in another coding than Python takes it for."""
    wide = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None) or _unmarked(data)
    if wide:
        raise Rejected(f"{called} is saved as {wide}, which Python does not read; save it as UTF-8.")
    if b"\0" in data:
        line = _line(data, data.index(b"\0"))
        raise Rejected(f"{called} holds a NUL character in line {line}; save it anew as plain text, in UTF-8.")
    named = next((match[1] for line in _first_lines(data) if (match := _CODING.match(line))), None)
    coding = "UTF-8" if named is None else named.decode(errors="replace")
    try:
        data.decode("utf-8-sig" if named is None else tokenize.detect_encoding(io.BytesIO(data).readline)[0])
    except UnicodeDecodeError as error:
        if _compiles(data):  # it is in a comment alone
            return
        line = _line(data, error.start)
        raise Rejected(f"{called}, line {line}, holds a character that is not {coding}; save it as UTF-8.") from None
    except (SyntaxError, LookupError):
        raise Rejected(
            f"{called} names the coding {coding} in its first lines, which does not fit; leave it out, save as UTF-8."
        ) from None


def _unmarked(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: of Latin letters every second byte is zero."""
    head = data[:400]
    zeros = [head[start::2].count(0) * 4 > len(head) for start in (0, 1)]
    return "UTF-16" if len(head) > 3 and zeros in ([True, False], [False, True]) else None


def _first_lines(data: bytes) -> list[bytes]:
    return data.removeprefix(codecs.BOM_UTF8)[:4096].splitlines()[:2]


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _compiles(data: bytes) -> bool:
    try:
        compile(data, "<submission>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
