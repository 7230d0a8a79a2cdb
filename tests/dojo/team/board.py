"""`make board`: the shared screen of a dojo, on this terminal and as a page."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import secrets
import signal
import socket
import sys
import time

from dojo.commands import named
from dojo.core import virtual_environment
from dojo.core.places import ROOT, BadInput, shown, typed
from dojo.core.screen import write
from dojo.team import board_plan
from dojo.team.board_log import Store
from dojo.team.board_plan import LOOPBACK, Asked
from dojo.team.board_state import PLAN, Plan, Session

NAME = "NAME"  # stands for a team's; a team that sends it is told which there are
NOWHERE = ("192.0.2.1", 9)  # an address that is nobody's (RFC 5737)


def run(wanted: str, side: str) -> int:
    """Show the session until it is ended, or this process is: then the same command goes on with it.

    Raises BadInput.
    """
    if os.environ.get("OFFLINE"):
        return _bring()
    asked = board_plan.asked(wanted, os.environ)
    store = Store()
    try:
        store.replay()
        plan = _plan(store, asked)
        # A session that was open to the room stays so: whoever starts it again in a hurry has forgotten how.
        host, port = asked.host or store.where[0] or LOOPBACK, store.where[1] if asked.port is None else asked.port
        with _listening(host, board_plan.PORT if port is None else port) as listener:
            _begin(store, plan, asked.code, host, listener.getsockname()[1])
            ended = asyncio.run(_serve(store, host, listener))
    except OSError as error:
        raise BadInput(f"{shown(error.filename or store.place)} cannot be written: {error.strerror}") from None
    finally:
        store.close()
    if not ended:
        write(["the session is kept: make board goes on with it"])
        return 0
    write(["the session has ended; what comes next:", *(f"  {line}" for line in _afterwards(store, plan))])
    return 0


def _bring() -> int:
    """Bring what this machine needs to be set up, and to serve, where there is no network. Raises BadInput."""
    try:
        for requirements in ("requirements.txt", ".ci/board.txt"):
            virtual_environment.download(ROOT / requirements, ROOT / virtual_environment.WHEELS)
    except virtual_environment.Failed as error:
        raise BadInput(str(error)) from None
    write(["make board needs no network here any more, and make neither after make clean: wheels/ holds the packages"])
    return 0


def _plan(store: Store, asked: Asked) -> Plan:
    """The plan of the session that begins, or of the one that is there and goes on. Raises BadInput."""
    plan = asked.plan(store.session.plan if store.session else None)
    if store.session is not None and (asked.katas or asked.teams):
        _check_is_the_same(store, store.session, plan)
    return plan


def _begin(store: Store, plan: Plan, code: str | None, host: str, port: int) -> None:
    """Begin the session, or go on with it. Raises OSError."""
    secret = {"code": board_plan.new_code(), "key": secrets.token_hex(32)} | store.secrets
    secret |= {"code": code} if code else {}
    store.add([{"event": PLAN, "at": time.time(), **plan.to_json(), **secret, "host": host, "port": port}])


def _check_is_the_same(store: Store, session: Session, plan: Plan) -> None:
    """A session goes on with other katas, teams and times, but not as another one. Raises BadInput."""
    place, before = shown(store.place), session.plan
    if session.ended:
        raise BadInput(f"the session in {place} has ended: make fresh begins another, make board alone goes on with it")
    if not {team.name for team in before.teams} & {team.name for team in plan.teams}:
        raise BadInput(f"the session in {place} has other teams: make fresh begins another")


def _afterwards(store: Store, plan: Plan) -> list[str]:
    ids = [id_ for id_, _ in plan.katas]
    wanted = {"retro": "", "judge": " ".join(ids), "compare": ids[-1]}
    return [typed(name, K=katas, SIDES=shown(store.place)) for name, katas in wanted.items() if named(name)]


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises BadInput."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        wrong = error.errno == errno.EADDRNOTAVAIL  # ip(7): the machine has no such address
        other = "HOST=0.0.0.0 stands for every address of this machine" if wrong else "PORT= names another port"
        raise BadInput(f"{_joined(host, port)} cannot be listened on: {why}; {other}") from None


async def _serve(store: Store, host: str, listener: socket.socket) -> bool:
    """Serve and show; whether the session has ended."""
    from dojo.team import board_live, board_server, board_terminal

    board = board_live.Board(store)
    shows = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    if shows:  # what hostile requests come to is nothing for the screen
        logging.disable()
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, over.set)
    served = await board_server.serve(board, listener)
    page, join = _ways_in(host, listener.getsockname()[1], board.code)
    if not shows:
        write([page, join])
    showing = board_terminal.show(board, page, join, over) if shows else board.until_ended(over)
    ticking = asyncio.create_task(board.tick())
    try:
        await showing
    finally:
        ticking.cancel()
        await served.close()
    return board.session.ended


def _ways_in(host: str, port: int, code: str) -> tuple[str, str]:
    """Where the page is, and what a team says to join, in words: nobody's name, or everybody would type it."""
    reached = _own_address() if host in ("0.0.0.0", "::") else host
    alone = host in (LOOPBACK, "::1")
    who = "for this machine alone" if alone else "OPEN to everybody who reaches it"
    where = _joined(reached, port)
    return f"http://{where}  {who}  code {code}", f"make watch TEAM={NAME} BOARD={where} CODE={code}"


def _joined(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _own_address() -> str:
    """The address from which this machine would speak to others; nothing is sent to find it."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(NOWHERE)
            return str(probe.getsockname()[0])
    except OSError:
        return LOOPBACK
