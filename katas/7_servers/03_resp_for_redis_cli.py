r"""7.3 RESP for redis-cli

A server for redis-cli. A command is "*COUNT", then for each element "$LENGTH" and that many
bytes of any kind, each of these ended by CRLF. Or it is a line of words, for people with nc.
Many commands may come in one read, and one in many reads. The program below is wrong in many
places. Fix it.

parse_command(buffer) takes the first whole command off the front. Skip empty lines and *0. COUNT
and LENGTH are digits. Refuse, as soon as the line that tells is there, more than 1,024 elements
(the words of a line are elements), an element over 1 MiB, over 4 MiB together, a line over 64 KiB
with its CRLF, and all else that does not begin a command.

serve() answers PING, with a word too, ECHO, GET ($-1: no such key), SET, SELECT, QUIT (+OK, then
the end), DEL and EXISTS of any keys (:HOW MANY), and INCR (:VALUE); COMMAND is *0 or an error.
Names come in any case. Answer another one with "-ERR unknown command ...", and a wrong number of
arguments, or INCR of anything but a 64-bit number, with "-ERR ...": one line, and go on. Answer
what parse_command refuses with "-ERR Protocol error: ..."; then end the stream in order, even if
the client has sent on, and execute no further command. A client that ends gets its answers first; if it
ends within a command, an error or nothing. Never wait for one client. While more than 256 KiB of
answers is pending for it, read and execute nothing of its until it takes them. Close a client that
resets; skip one that was gone before accept() returned (ECONNABORTED), and let every other error of
accept() propagate. While idle, sleep. Each serve() has its own store. When stop is readable, or it
fails, close all connections.
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
