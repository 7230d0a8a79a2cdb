"""3.11 idle server

One thread waits for everybody in one select(), which has a time limit: when nothing
has happened for that long, the thread can use the time for something else.

The program below is such a server, with its client. It is wrong in several places. Fix
it. serve(listener, limit, idle):
- Greet each client once, with a line. Then send back what it says, byte for byte, as
  it comes. When it has ended, send what is left for it. Then, or when it has reset,
  close its connection. Leave no client unread or unclosed.
- Whatever a client does, it neither ends the server nor holds up the others, and none
  of their bytes is lost. Skip one that was gone before accept() returned (ECONNABORTED).
- Call idle() once whenever `limit` seconds have passed without any event. Each event
  restarts the limit. While a client does not take its answers, that is not an event.
- Until something happens the thread sleeps in the kernel.
- Let an error that is not a client's propagate. Then, and at Ctrl-C, close every
  connection, and leave the listener in the mode in which it came.
talk(address, messages) connects once, reads the greeting, sends each message when the
echo of the one before is whole, and closes on every way out.
repeats(listener, turns), an experiment: in how many turns does select() report a
listener in whose queue somebody waits, if nobody calls accept()?

Document: program 3, server and client. Talk to yours: make run K=3.11, and nc.
"""

import select
import socket
from collections.abc import Callable, Iterable


def nothing_happens() -> None:
    """Say so on the screen."""
    print("nothing happens", flush=True)


def serve(listener: socket.socket, limit: float = 5.0, idle: Callable[[], None] = nothing_happens) -> None:
    r"""Greet the clients of a listener and send back what they say, in one thread, for ever.

    Each is greeted with "welcome, HOST port PORT\n" in UTF-8: its own address.
    `idle` is called after `limit` seconds (more than 0) without an event.
    Raises OSError if accept() fails, and whatever `idle` raises.
    """
    while True:
        readable, _, _ = select.select([listener], [], [], limit)
        for sock in readable:
            conn, (host, port) = sock.accept()
            conn.sendall(f"welcome, {host} port {port}\n".encode())


def talk(address: tuple[str, int], messages: Iterable[bytes]) -> tuple[str, list[bytes]]:
    """Read the server's greeting, send each message when the one before has come back, and close the connection.

    Returns the greeting, which is UTF-8, without its newline, and the echoes.
    Raises ConnectionRefusedError if nobody listens at `address`, EOFError if
    the server ends before all has come, and OSError for other failures.
    """
    client = socket.socket()
    greeting = b""
    echoes = []
    for message in messages:
        client.connect(address)
        greeting = client.recv(1024)
        client.sendall(message)
        echoes.append(client.recv(1024))
    return greeting.decode().rstrip("\n"), echoes


def repeats(listener: socket.socket, turns: int) -> int:
    """Wait `turns` times for a listener, with a limit of 0 seconds, and accept nobody.

    Returns how many of the waits reported it as readable.
    """
    reported = 0
    for _ in range(turns):
        if select.select([listener], [], [], 0):
            reported += 1
    return reported
