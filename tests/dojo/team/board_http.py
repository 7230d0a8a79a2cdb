"""The board's server: it takes the runs of the teams, and shows the page. What it is sent it never runs.

    POST /enter      {"code": …}                 a cookie for all that follows
    POST /run        one message (telling.py)    200 once it is on the disk, 422 for what is none
    POST /control    {"do": "swap"}              from this machine alone
    GET  /events                                 the view, and each further one (server-sent events)
    GET  /report/TEAM/CHAPTER/KATA                 the last report, as text
    GET  /tape/TEAM/CHAPTER/KATA                   its tape, as a page (board_tape.py)
    GET  / /board.css /board.js                  the page, which loads nothing else

Without the cookie there is only the page's empty frame.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from dojo.learner.telling import MESSAGE, Refused, understood
from dojo.report.progress import UNTOUCHED
from dojo.team import board_tape
from dojo.team.board_limits import Limit
from dojo.team.board_live import Board
from dojo.team.board_state import BREAK, END, SWAP, Cell, Work
from dojo.team.board_view import view

COOKIE = "dojo"
SLOW_SECONDS = 10.0  # seconds that a request may take to arrive, and a page to take what it is sent
LINGER_SECONDS = 1.0
BEAT_SECONDS = 15.0  # seconds between two views that are the same: so both ends know of each other
CONNECTIONS, FROM_ONE = 500, 100  # at the same time, and from one address
ASSETS = {
    "/": ("board.html", "text/html"),
    "/board.css": ("board.css", "text/css"),
    "/board.js": ("board.js", "text/javascript"),
}
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
OWN = "; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
# A page that is drawn of what a team has sent: it has its own policy beside this one, and no origin.
DRAWN = f"{POLICY}; sandbox allow-scripts; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Pages:
    """Answers to requests about a board."""

    def __init__(self, board: Board) -> None:
        """Show `board`, and take what is sent to it."""
        self._board = board
        self._guesses, self._requests = Limit(burst=20, a_second=5), Limit(burst=1000, a_second=50)

    # who may come in

    def _token(self) -> str:
        """What is given for the code: of no use for another session, and as good after a restart."""
        return hmac.new(self._board.key.encode(), self._board.code.encode(), hashlib.sha256).hexdigest()

    def knows(self, request: web.Request) -> bool:
        """Whether a request has the cookie."""
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(errors="replace"), self._token().encode())

    async def enter(self, request: web.Request) -> web.Response:
        """Give the cookie for the code; wrong codes are counted, those of each address by themselves."""
        if not self._guesses.allows(request.remote or "", time.monotonic()):
            raise _error(web.HTTPTooManyRequests, "too many codes were tried from this address: wait some seconds")
        code = str((await _json(request)).get("code", ""))
        if not hmac.compare_digest(code.strip().encode(errors="replace"), self._board.code.encode()):
            raise _error(web.HTTPForbidden, "this is not the code of this session: the board shows it")
        response = web.json_response({"ok": True})
        response.set_cookie(COOKIE, self._token(), httponly=True, samesite="Strict", path="/")
        return response

    # what comes in

    async def run(self, request: web.Request) -> web.Response:
        """Take a message; only then is it answered."""
        if not self._requests.allows(request.remote or "", time.monotonic()):
            raise _error(web.HTTPTooManyRequests, "this address sends too much: wait some seconds")
        try:
            message = understood(await request.read())
        except Refused as error:
            raise _error(web.HTTPUnprocessableEntity, str(error)) from None
        plan = self._board.session.plan
        if message["team"] not in {team.name for team in plan.teams}:
            raise _error(web.HTTPUnprocessableEntity, "the board knows no team of this name")
        if message["kata"] not in {path for _, path in plan.katas}:
            raise _error(web.HTTPUnprocessableEntity, "the board does not show this kata")
        try:
            await self._board.add(message | {"at": self._board.when(message)}, message["id"])
        except OSError as error:
            raise _error(web.HTTPInsufficientStorage, f"the board cannot keep it: {error.strerror}") from None
        return web.json_response({"ok": True})

    async def control(self, request: web.Request) -> web.Response:
        """Do what a key of the page asks for, where that is shown on this machine."""
        if not _is_here(request):
            raise _error(web.HTTPForbidden, "only the machine of the board can do that")
        what = (await _json(request)).get("do")
        if what not in (SWAP, BREAK, END):
            raise _error(web.HTTPUnprocessableEntity, "there is no such thing to do")
        try:
            await self._board.do(what)
        except OSError as error:
            raise _error(web.HTTPInsufficientStorage, f"the board cannot keep it: {error.strerror}") from None
        return web.json_response({"ok": True})

    # what is shown

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The view, and again after each change, until the page goes away or takes nothing any more."""
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
        await response.prepare(request)
        while True:
            shown = view(self._board.session, self._board.now()).to_json() | {"here": _is_here(request)}
            shown |= {"code": self._board.code, "paths": dict(self._board.session.plan.katas)}
            seen = self._board.change
            try:
                await asyncio.wait_for(response.write(f"data: {json.dumps(shown)}\n\n".encode()), SLOW_SECONDS)
            except (asyncio.TimeoutError, ConnectionError):
                if request.transport is not None:
                    request.transport.abort()
                return response
            if seen is self._board.change:
                await self._board.changed(BEAT_SECONDS)

    def _cell(self, request: web.Request) -> Cell:
        team, kata = _which(request)
        cell = self._board.session.work.get(team, Work()).cells.get(kata)
        if cell is None or cell.mark == UNTOUCHED:
            raise _error(web.HTTPNotFound, "there is no report yet")
        return cell

    async def report(self, request: web.Request) -> web.Response:
        """The last report of a team on a kata."""
        cell = self._cell(request)
        return web.Response(text=cell.report or "all tests are green")

    async def tape(self, request: web.Request) -> web.Response:
        """The tape of the last report as a page, where there is one."""
        cell, (team, kata) = self._cell(request), _which(request)
        ids = {path: id_ for id_, path in self._board.session.plan.katas}
        drawn = board_tape.page(team, ids.get(kata, ""), cell, self._board.place / team / kata)
        if drawn is None:
            raise _error(web.HTTPNotFound, "there is no picture of this tape")
        return web.Response(text=drawn, content_type="text/html", headers={"Content-Security-Policy": DRAWN})


def _which(request: web.Request) -> tuple[str, str]:
    """The team and the kata's path that a request names."""
    return request.match_info["team"], f"{request.match_info['chapter']}/{request.match_info['kata']}"


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        found = json.loads(await request.read())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _error(web.HTTPUnprocessableEntity, "this is no JSON object")
    return found


def _is_here(request: web.Request) -> bool:
    """Whether a request comes from this machine: then both ends have the same address."""
    transport = request.transport
    ends = [] if transport is None else [transport.get_extra_info(name) for name in ("peername", "sockname")]
    return len(ends) == 2 and None not in ends and ends[0][0] == ends[1][0]


def _error(kind: Callable[..., web.HTTPException], words: str) -> web.HTTPException:
    return kind(text=json.dumps({"error": words}), content_type="application/json")


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(board: Board) -> web.Application:
    """What answers requests."""
    pages, open_to_all = Pages(board), {"/enter", *ASSETS}

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            origin = request.headers.get("Origin")
            if origin is not None and origin != f"http://{request.host}":
                raise _error(web.HTTPForbidden, "another page has sent this")
            if request.path not in open_to_all and not pages.knows(request):
                raise _error(web.HTTPUnauthorized, "this needs the code that the board shows")
            if request.body_exists:
                await asyncio.wait_for(request.read(), SLOW_SECONDS)
            response = await handler(request)
        except asyncio.TimeoutError:
            response = web.Response(status=408)
            response.force_close()
        except web.HTTPException as refused:
            response = web.Response(status=refused.status, text=refused.text, content_type=refused.content_type)
        if not response.prepared:
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    app = web.Application(client_max_size=MESSAGE, middlewares=[guarded])
    for path, (name, kind) in ASSETS.items():
        app.router.add_get(path, _asset((Path(__file__).parent / name).read_bytes(), kind))
    app.router.add_post("/enter", pages.enter)
    app.router.add_post("/run", pages.run)
    app.router.add_post("/control", pages.control)
    app.router.add_get("/events", pages.events)
    app.router.add_get("/report/{team}/{chapter}/{kata}", pages.report)
    app.router.add_get("/tape/{team}/{chapter}/{kata}", pages.tape)
    return app


def _asset(data: bytes, kind: str) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        headers = {"Content-Security-Policy": POLICY + OWN}
        return web.Response(body=data, content_type=kind, charset="utf-8", headers=headers)

    return handler


@dataclass(frozen=True)
class Served:
    """A server that is running."""

    _runner: web.AppRunner
    _server: asyncio.Server

    async def close(self) -> None:
        """End it, and every connection."""
        self._server.close()
        await self._runner.cleanup()


async def serve(board: Board, listener: socket.socket) -> Served:
    """Serve from now on, on a socket that listens."""
    runner = web.AppRunner(
        application(board), access_log=None, keepalive_timeout=SLOW_SECONDS, lingering_time=LINGER_SECONDS,
        handle_signals=False, shutdown_timeout=LINGER_SECONDS, handler_cancellation=True,
    )  # fmt: skip
    await runner.setup()
    loop, handlers = asyncio.get_running_loop(), runner.server
    assert handlers is not None

    def connection() -> asyncio.Protocol:
        made = handlers()
        loop.call_soon(loop.call_soon, _refuse_too_many, handlers, made)  # once it has its transport
        return made

    server = await loop.create_server(connection, sock=listener, backlog=CONNECTIONS)
    return Served(runner, server)


def _refuse_too_many(server: web.Server, made: web.RequestHandler) -> None:
    """End a connection if there are too many, or too many from its address: they could hold all descriptors."""
    same = sum(_address(one) == _address(made) for one in server.connections)
    if made.transport is not None and (same > FROM_ONE or len(server.connections) > CONNECTIONS):
        made.transport.abort()


def _address(one: web.RequestHandler) -> str:
    return str(one.peername[0]) if one.peername else ""
