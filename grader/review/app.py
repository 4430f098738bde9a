"""The page itself: Starlette routes below a secret path, for one browser on this machine.

Whoever knows the address may decide, so it holds a token, and is told to nobody else: no referrer, no other host.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from grader.errors import GradeError, UsageError
from grader.gradebook.reviews import ConflictError, Entry
from grader.report.pages import render_review, render_review_item
from grader.report.write import submission_folder
from grader.review.desk import BusyError, Desk, Item
from grader.review.form import Form, read_form
from grader.review.screen import address_of, item_view, overview_view

_MOST_BYTES = 200_000
_PAGES = {"report.html", "feedback.html"}


def app_for(desk: Desk, *, token: str, port: int, who: str) -> Starlette:
    """Make the application; it serves 127.0.0.1 and `port` alone, and nothing outside of the path of `token`."""
    routes = _Routes(desk, f"/{token}", who)
    return Starlette(
        routes=[
            Route("/{token}/", routes.overview),
            Route("/{token}/item", routes.item),
            Route("/{token}/item", routes.decide, methods=["POST"]),
            Route("/{token}/index.html", routes.class_page),
            Route("/{token}/submissions/{student}/{page}", routes.page),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_Guard(token, port))],
        exception_handlers={GradeError: _sentence},
    )


class _Guard:
    """Lets in who has the token and comes from this machine by its own name, and tells browsers to tell nobody."""

    def __init__(self, token: str, port: int) -> None:
        self._token = token.encode()
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, request: Request, follow: Callable[[Request], Awaitable[Response]]) -> Response:
        given = request.url.path.split("/")[1].encode(errors="replace")
        from_here = request.headers.get("origin", "").partition("://")[2] in self._hosts
        if request.headers.get("host") not in self._hosts or not hmac.compare_digest(given, self._token):
            response: Response = PlainTextResponse("There is nothing here.", 404)
        elif request.method == "POST" and not from_here:
            response = PlainTextResponse("This form was sent from another page.", 403)
        elif request.method == "POST" and not _is_short(request.headers.get("content-length", "")):
            response = PlainTextResponse("That is too long.", 413)
        else:
            response = await follow(request)
        response.headers.update(
            {
                "Cache-Control": "no-store",
                "Referrer-Policy": "same-origin",
                "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "DENY",
                "Cross-Origin-Resource-Policy": "same-origin",
            }
        )
        return response


def _is_short(length: str) -> bool:
    """Tell a form of a length that is known and is not too much; one in pieces has none."""
    return re.fullmatch(r"\d{1,9}", length, re.ASCII) is not None and int(length) <= _MOST_BYTES


class _Routes:
    def __init__(self, desk: Desk, base: str, who: str) -> None:
        self._desk, self._base, self._who = desk, base, who

    def overview(self, _request: Request) -> Response:
        """List what waits, and everybody."""
        return HTMLResponse(render_review(overview_view(self._desk, self._base)))

    def item(self, request: Request) -> Response:
        """Show one check of one work, with a form."""
        asked = Item(request.query_params.get("student", ""), request.query_params.get("check", ""))
        return self._form(asked, Form(nonce=secrets.token_hex(16)))

    async def decide(self, request: Request) -> Response:
        """Record what was decided; a form that cannot be taken comes back as it was filled in."""
        fields = await request.form(max_files=0, max_fields=20)
        return await run_in_threadpool(self._decide, {key: str(value) for key, value in fields.items()})

    def _decide(self, fields: dict[str, Any]) -> Response:
        asked = Item(fields.get("student", ""), fields.get("check", ""))
        try:
            work = self._desk.work(asked.student_id)
        except BusyError as error:
            typed = f"{fields.get('points', '')}\n\n{fields.get('comment', '')}"
            return PlainTextResponse(f"Not saved: {error}\n\nWhat you typed:\n\n{typed}", 503)
        check = work.before(asked.check)
        if check is None:
            raise UsageError(f"there is no check {asked.check} here.")
        form = read_form(fields, check.max_points)
        if fields.get("files") != work.standing.sha256:
            return self._form(asked, form.anew(), 409)
        if form.fault:
            return self._form(asked, form, 422)
        entry = Entry(
            0, asked.student_id, work.standing.sha256, asked.check, form.points, form.comment or "", self._who, ""
        )
        try:
            self._desk.decide(entry, nonce=form.nonce, upon=form.upon)
        except ConflictError as error:
            return self._form(asked, form.against(error.current), 409)
        following = self._desk.following(asked)
        target = f"{self._base}/" if following is None else address_of(self._base, following)
        return RedirectResponse(target, 303)

    def class_page(self, _request: Request) -> Response:
        """Show the page of the class."""
        return _file(self._desk.directory / "index.html")

    def page(self, request: Request) -> Response:
        """Show a page of a submission."""
        name = request.path_params["page"]
        folder = submission_folder(self._desk.directory, request.path_params["student"])
        return _file(folder / name) if name in _PAGES else _nothing()

    def _form(self, asked: Item, form: Form, status: int = 200) -> Response:
        return HTMLResponse(render_review_item(item_view(self._desk, self._base, asked, form)), status)


def _file(path: Path) -> Response:
    return FileResponse(path) if path.is_file() else _nothing()


def _nothing() -> Response:
    return PlainTextResponse("There is no such page.", 404)


def _sentence(_request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, UsageError) else 503 if isinstance(error, BusyError) else 500
    return PlainTextResponse(str(error), status)
