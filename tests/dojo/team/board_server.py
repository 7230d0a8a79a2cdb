"""The board's server: who may ask for what, what each answer says of itself, and how many may be connected."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from dojo.learner.telling import MESSAGE
from dojo.team.board_http import HEADERS, POLICY, SLOW_SECONDS, Pages, refusal
from dojo.team.board_live import Board

LINGER_SECONDS = 1.0
CONNECTIONS, FROM_ONE = 500, 100  # at the same time, and from one address
ASSETS = {
    "/": ("board.html", "text/html"),
    "/board.css": ("board.css", "text/css"),
    "/board.js": ("board.js", "text/javascript"),
}
OWN = "; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(board: Board) -> web.Application:
    """What answers requests."""
    pages, open_to_all = Pages(board), {"/enter", *ASSETS}

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            origin = request.headers.get("Origin")
            if origin is not None and origin != f"http://{request.host}":
                raise refusal(web.HTTPForbidden, "another page has sent this")
            if request.path not in open_to_all and not pages.knows(request):
                raise refusal(web.HTTPUnauthorized, "this needs the code that the board shows")
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
