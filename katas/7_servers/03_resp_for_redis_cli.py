r"""7.3 RESP for redis-cli

A server for redis-cli. A command is "*COUNT", then for each element "$LENGTH"
and that many bytes of any kind, each of these ended by CRLF; or it is a line of
words for people with nc. Many may come in one read, and one in many.
The program below set out to serve that, and is wrong in many places. Fix it.

parse_command(buffer) takes the first whole command off the front. Empty lines and
*0 are skipped. COUNT and LENGTH are digits. As soon as the line that tells is there
it refuses more than 1,024 elements (the words of a line are elements), one over 1 MiB,
over 4 MiB together, a line over 64 KiB with its CRLF, and all else that begins no command.

serve() answers PING, with a word too, ECHO, GET ($-1: no such key), SET, SELECT, QUIT
(+OK, then the end), DEL and EXISTS of any keys (:HOW MANY), and INCR (:VALUE); COMMAND
is *0 or an error. Names come in any case. Another one is "-ERR unknown command ...", and
a wrong number of arguments, or INCR of what is no number of 64 bits, "-ERR ...": one
line, and it goes on. What parse_command refuses is "-ERR Protocol error: ...", then the
stream ends in order, though the client may have sent on, and no command counts any more.
A client that ends gets its answers first; within a command, that is an error, or nothing.
No call waits for one client. With more than 256 KiB of answers pending for it nothing of
its is read or executed until it takes them. Close who resets; skip one that was gone before
accept() returned (ECONNABORTED). Every other error of accept() propagates. Idle, it sleeps.
Each serve() has its own store. When stop is readable, or it fails, close all connections.

Document: beyond it; program 5's loop. make run K=7.3, then redis-cli -p PORT.
"""

import selectors
import socket

STORE: dict[bytes, bytes] = {}


class ProtocolError(Exception):
    """What has come can never become a command; the text says why, in one line."""


def parse_command(buffer: bytearray) -> list[bytes] | None:
    """Take the first whole command from the front of `buffer`, and nothing behind it.

    Returns its elements, at least one; None if there is no whole command yet.
    Raises ProtocolError if what is there can never become one.
    """
    first, *lines = bytes(buffer).split(b"\r\n")
    buffer.clear()
    if not lines:
        return None
    if not first.startswith(b"*"):
        return first.split()
    return lines[1 : 2 * int(first[1:]) : 2]


def execute(words: list[bytes]) -> bytes:
    """What a client gets for a command."""
    name, *arguments = words
    if name == b"PING":
        return b"+PONG\r\n"
    if name == b"ECHO":
        return b"$%d\r\n%b\r\n" % (len(arguments[0]), arguments[0])
    if name == b"SET":
        STORE[arguments[0]] = arguments[1]
        return b"+OK\r\n"
    if name == b"GET":
        value = STORE.get(arguments[0], b"")
        return b"$%d\r\n%b\r\n" % (len(value), value)
    return b"-ERR unknown command '%b'\r\n" % name


def answer(conn: socket.socket) -> bool:
    """Read from a client and answer it; False when it has ended."""
    data = conn.recv(65536)
    words = parse_command(bytearray(data))
    if words:
        conn.sendall(execute(words))
    return bool(data)


def serve(listener: socket.socket, stop: socket.socket) -> None:
    """Answer the clients of a listener, in one thread, until `stop` is readable.

    Both sockets stay the caller's, open and in their modes; nothing is read from
    `stop`. Raises OSError or ValueError if the listener fails.
    """
    mode = listener.gettimeout()
    listener.setblocking(False)
    clients: set[socket.socket] = set()
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(stop, selectors.EVENT_READ)
        try:
            while True:
                for key, _ in selector.select():
                    if key.fileobj is stop:
                        return
                    if key.fileobj is listener:
                        conn, _ = listener.accept()
                        clients.add(conn)
                        selector.register(conn, selectors.EVENT_READ)
                    elif isinstance(key.fileobj, socket.socket) and not answer(key.fileobj):
                        selector.unregister(key.fileobj)
                        clients.discard(key.fileobj)
                        key.fileobj.close()
        finally:
            for conn in clients:
                conn.close()
            listener.settimeout(mode)
