"""What the board answers: it takes the runs of the teams, and shows the page. What it is sent it never runs.

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
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from dojo.learner.telling import Refused, understood
from dojo.report.progress import UNTOUCHED
from dojo.team import board_tape
from dojo.team.board_limits import Limit
from dojo.team.board_live import Board
from dojo.team.board_state import BREAK, END, SWAP, Cell, Work
from dojo.team.board_view import view

COOKIE = "dojo"
SLOW_SECONDS = 10.0  # seconds that a request may take to arrive, and a page to take what it is sent
TEAMS_TOLD = 8  # names of teams, to one that has another name
BEAT_SECONDS = 15.0  # seconds between two views that are the same: so both ends know of each other
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
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
            raise refusal(web.HTTPTooManyRequests, "too many codes were tried from this address: wait some seconds")
        code = str((await _json(request)).get("code", ""))
        if not hmac.compare_digest(code.strip().encode(errors="replace"), self._board.code.encode()):
            raise refusal(web.HTTPForbidden, "this is not the code of this session: the board shows it")
        response = web.json_response({"ok": True})
        response.set_cookie(COOKIE, self._token(), httponly=True, samesite="Strict", path="/")
        return response

    # what comes in

    async def run(self, request: web.Request) -> web.Response:
        """Take a message; only then is it answered."""
        if not self._requests.allows(request.remote or "", time.monotonic()):
            raise refusal(web.HTTPTooManyRequests, "this address sends too much: wait some seconds")
        try:
            message = understood(await request.read())
        except Refused as error:
            raise refusal(web.HTTPUnprocessableEntity, str(error)) from None
        plan = self._board.session.plan
        teams = [team.name for team in plan.teams]
        if message["team"] not in teams:
            there = ", ".join(teams[:TEAMS_TOLD]) + ", …" * (len(teams) > TEAMS_TOLD)
            words = f"the board knows no team {message['team']}: say TEAM= with one of {there}"
            raise refusal(web.HTTPUnprocessableEntity, words)
        if message["kata"] not in {path for _, path in plan.katas}:
            raise refusal(web.HTTPUnprocessableEntity, "the board does not show this kata")
        try:
            await self._board.add(message | {"at": self._board.when(message)}, message["id"])
        except OSError as error:
            raise refusal(web.HTTPInsufficientStorage, f"the board cannot keep it: {error.strerror}") from None
        return web.json_response({"ok": True})

    async def control(self, request: web.Request) -> web.Response:
        """Do what a key of the page asks for, where that is shown on this machine."""
        if not _is_here(request):
            raise refusal(web.HTTPForbidden, "only the machine of the board can do that")
        what = (await _json(request)).get("do")
        if what not in (SWAP, BREAK, END):
            raise refusal(web.HTTPUnprocessableEntity, "there is no such thing to do")
        try:
            await self._board.do(what)
        except OSError as error:
            raise refusal(web.HTTPInsufficientStorage, f"the board cannot keep it: {error.strerror}") from None
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
            raise refusal(web.HTTPNotFound, "there is no report yet")
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
            raise refusal(web.HTTPNotFound, "there is no picture of this tape")
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
        raise refusal(web.HTTPUnprocessableEntity, "this is no JSON object")
    return found


def _is_here(request: web.Request) -> bool:
    """Whether a request comes from this machine: then both ends have the same address."""
    transport = request.transport
    ends = [] if transport is None else [transport.get_extra_info(name) for name in ("peername", "sockname")]
    return len(ends) == 2 and None not in ends and ends[0][0] == ends[1][0]


def refusal(kind: Callable[..., web.HTTPException], words: str) -> web.HTTPException:
    """An answer of this kind that says why."""
    return kind(text=json.dumps({"error": words}), content_type="application/json")
