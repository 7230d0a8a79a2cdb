"""Ends each connection with shutdown() before it closes it, which fails for a client that has reset: at the end others stay open, and the error is another.

caught by: test_an_error_of_the_listener_propagates_and_leaves_nothing_open
words: a client had reset, and your code raised another error when it closed that connection
"""

import contextlib
import select
import socket
from collections.abc import Callable, Iterable

PIECE = 65536
FULL = 1 << 20


def nothing_happens():
    print("nothing happens")


class _Client:
    def __init__(self, conn, greeting):
        conn.setblocking(False)
        self.conn = conn
        self.unsent = bytearray(greeting)
        self.ended = False

    def fileno(self):
        return self.conn.fileno()

    def listens(self):
        return not self.ended and len(self.unsent) < FULL

    def turn(self, readable):
        try:
            if readable:
                data = self.conn.recv(PIECE)
                self.ended = not data
                self.unsent += data
            if self.unsent:
                del self.unsent[: self.conn.send(self.unsent)]
        except BlockingIOError:
            pass
        except OSError:
            return False
        return bool(self.unsent) or not self.ended


def serve(listener, limit=5.0, idle=nothing_happens):
    mode = listener.gettimeout()
    clients = []
    try:
        listener.setblocking(False)
        while True:
            readers = [client for client in clients if client.listens()]
            writers = [client for client in clients if client.unsent]
            readable, writable, _ = select.select([listener, *readers], writers, [], limit)
            if not readable and (not writable):
                idle()
            for client in [client for client in clients if client in readable or client in writable]:
                if not client.turn(client in readable):
                    client.conn.close()
                    clients.remove(client)
            if listener in readable:
                with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                    conn, (host, port) = listener.accept()
                    clients.append(_Client(conn, f"welcome, {host} port {port}\n".encode()))
    finally:
        for client in clients:
            client.conn.shutdown(socket.SHUT_RDWR)
            client.conn.close()
        listener.settimeout(mode)


def talk(address, messages):
    with socket.create_connection(address) as client:
        line = b""
        while b"\n" not in line:
            line += _more(client, 1024)
        echoes = []
        for message in messages:
            client.sendall(message)
            echo = b""
            while len(echo) < len(message):
                echo += _more(client, len(message) - len(echo))
            echoes.append(echo)
    return (line.partition(b"\n")[0].decode(), echoes)


def _more(client, size):
    piece = client.recv(size)
    if not piece:
        raise EOFError("the server ended in the middle of the conversation")
    return piece


def repeats(listener, turns):
    return sum((bool(select.select([listener], [], [], 0)[0]) for _ in range(turns)))
