"""`make run`: a kata that is a program, on a real port, to talk to."""

from __future__ import annotations

import re
import socket

from dojo.loader import CannotStart, load
from dojo.places import ROOT, BadInput, Kata, all_katas, choose, find_side, module_path

PROGRAM = re.compile(r"^def serve\(", re.MULTILINE)


def programs() -> list[Kata]:
    """The katas that are programs: their reference offers ``serve(listener)``."""
    return [kata for kata in all_katas() if PROGRAM.search((ROOT / "solutions" / kata.path).read_text())]


def run(wanted: str, side: str, port: str) -> int:
    """Serve on 127.0.0.1 until Ctrl-C; raises BadInput for what cannot be run."""
    offered = ", ".join(f"K={kata.id}" for kata in programs())
    chosen = choose(wanted) if wanted else []
    if len(chosen) != 1 or chosen[0] not in programs():
        raise BadInput(f"make run takes a kata that is a program: {offered}")
    if not port.isdigit() or not 0 <= int(port) < 65536:
        raise BadInput(f"PORT={port} is not a port: it is a number from 0 to 65535")
    try:
        module = load(module_path(find_side(side), chosen[0]))
        serve = module.serve
    except CannotStart as error:
        raise BadInput(str(error)) from None
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except OSError as error:
            raise BadInput(
                f"port {port} is not to be had ({error.strerror}): say make run K={wanted} PORT=7070"
            ) from None
        listener.listen()
        host, number = listener.getsockname()
        try:
            print(f"{chosen[0].id} {chosen[0].name}, {side}: serving on {host} port {number}; Ctrl-C ends it")
            print(f"talk to it from another terminal with: nc {host} {number}", flush=True)
            serve(listener)
        except KeyboardInterrupt:
            print("\nstopped")
            return 0
        except NotImplementedError:
            raise BadInput(f"{chosen[0].id} is not written yet on {side}; SIDE=solutions runs the reference") from None
    print("serve() has returned")
    return 0
