"""`make board`: the shared screen of a dojo, on this terminal and as a page."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import socket
import sys
import time

from dojo.core import virtual_environment
from dojo.core.places import ROOT, BadInput, shown
from dojo.core.screen import write
from dojo.team import board_plan
from dojo.team.board_log import Store
from dojo.team.board_plan import LOOPBACK, Asked
from dojo.team.board_state import PLAN, Plan

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
        _begin(store, asked)
        ended = asyncio.run(_serve(store, asked))
    except OSError as error:
        raise BadInput(f"{shown(error.filename or store.place)} cannot be written: {error.strerror}") from None
    finally:
        store.close()
    if not ended:
        write(["the session is kept: make board goes on with it"])
        return 0
    write(["the session has ended; what comes next:", *(f"  {line}" for line in _afterwards(store))])
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


def _begin(store: Store, asked: Asked) -> None:
    """Begin a session, or go on with the one that is there, with what is asked for now. Raises BadInput."""
    plan = asked.plan
    if store.session is None:
        if plan is None:
            raise BadInput(f'make board takes katas and teams: K="1.4 2.2" and {board_plan.FEW_TEAMS}')
    elif plan is None:
        plan = store.session.plan
    else:
        _check_is_the_same(store, plan)
    secret = {"code": board_plan.new_code(), "key": secrets.token_hex(32)} | store.secrets
    secret |= {"code": asked.code} if asked.code else {}
    store.add([{"event": PLAN, "at": time.time(), **plan.to_json(), **secret}])


def _check_is_the_same(store: Store, plan: Plan) -> None:
    """A session goes on with other katas, teams and times, but not as another one. Raises BadInput."""
    assert store.session is not None
    place, before = shown(store.place), store.session.plan
    if store.session.ended:
        raise BadInput(f"the session in {place} has ended: make fresh begins another, make board alone goes on with it")
    if not {team.name for team in before.teams} & {team.name for team in plan.teams}:
        raise BadInput(f"the session in {place} has other teams: make fresh begins another")


def _afterwards(store: Store) -> list[str]:
    place = shown(store.place)
    return [f"make judge SIDES={place}", f"make retro SIDES={place}"]


async def _serve(store: Store, asked: Asked) -> bool:
    """Serve and show; whether the session has ended. Raises BadInput where nobody can be served."""
    from dojo.team import board_http, board_live, board_terminal

    board = board_live.Board(store)
    shows = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    if shows:  # what hostile requests come to is nothing for the screen
        logging.disable()
    try:
        served = await board_http.listen(board, asked.host, asked.port)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise BadInput(
            f"{_joined(asked.host, asked.port)} cannot be listened on: {why}; PORT= names another port"
        ) from None
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, over.set)
    places = _places(asked.host, served.port)
    if not shows:
        write([f"{words}  code {store.secrets['code']}" for words in places])
    showing = board_terminal.show(board, places, over) if shows else board.until_ended(over)
    ticking = asyncio.create_task(board.tick())
    try:
        await showing
    finally:
        ticking.cancel()
        await served.close()
    return board.session.ended


def _places(host: str, port: int) -> list[str]:
    """Where the board can be reached, in words."""
    if host in (LOOPBACK, "::1"):
        return [f"http://{_joined(host, port)}  for this machine alone"]
    reached = _own_address() if host in ("0.0.0.0", "::") else host
    return [f"http://{_joined(reached, port)}  OPEN to everybody who reaches it"]


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
