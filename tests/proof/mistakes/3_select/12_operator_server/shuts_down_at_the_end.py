"""Ends each connection with shutdown() before it closes it, which fails for a client that has reset: at the end others stay open, and the error is another.

caught by: test_an_error_that_is_no_clients_propagates
words: a client had reset, and your code raised another error when it closed that connection
"""

import contextlib
import os
import select
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterable
from typing import TextIO

PIECE = 65536
NOBODY = "nobody is waiting for an answer"


class _Client:
    def __init__(self, conn, address):
        conn.setblocking(False)
        self.conn = conn
        self.name = f"{address[0]} port {address[1]}"
        self.gone = False
        self.unsent = bytearray()
        self._heard = b""

    def fileno(self):
        return self.conn.fileno()

    def hear(self):
        try:
            data = self.conn.recv(PIECE)
        except OSError as error:
            self.gone = not isinstance(error, BlockingIOError)
            return []
        self.gone = not data
        *lines, self._heard = (self._heard + data).split(b"\n")
        if self.gone and self._heard:
            lines.append(self._heard)
        return [line.decode("utf-8", "replace") for line in lines]

    def tell(self):
        with contextlib.suppress(OSError):
            del self.unsent[: self.conn.send(self.unsent)]


def serve(listener, operator=sys.stdin, show=print):
    keyboard = operator if isinstance(operator, int) else operator.fileno()
    typed = b""
    mode = listener.gettimeout()
    clients = []
    unanswered = deque()
    try:
        listener.setblocking(False)
        while True:
            readers = [listener, keyboard, *clients]
            readable, writable, _ = select.select(readers, [client for client in clients if client.unsent], [])
            if keyboard in readable:
                data = os.read(keyboard, PIECE)
                if not data:
                    return
                *lines, typed = (typed + data).split(b"\n")
                for line in lines:
                    if unanswered:
                        client = unanswered.popleft()
                        client.unsent += line + b"\n"
                        client.tell()
                    else:
                        show(NOBODY)
            for client in clients:
                if client in readable:
                    for text in client.hear():
                        show(f"{client.name}: {text}")
                        unanswered.append(client)
                if client in writable:
                    client.tell()
                if client.gone:
                    client.conn.close()
            clients = [client for client in clients if not client.gone]
            unanswered = deque((client for client in unanswered if not client.gone))
            if listener in readable:
                with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                    clients.append(_Client(*listener.accept()))
    finally:
        for client in clients:
            client.conn.shutdown(socket.SHUT_RDWR)
            client.conn.close()
        listener.settimeout(mode)


def ask(address, lines):
    answers = []
    heard = b""
    with socket.create_connection(address) as client:
        for line in lines:
            if not line:
                answers.append("")
                continue
            client.sendall(line.encode() + b"\n")
            while b"\n" not in heard:
                piece = client.recv(PIECE)
                if not piece:
                    raise EOFError("the server ended before its answer was whole")
                heard += piece
            answer, _, heard = heard.partition(b"\n")
            answers.append(answer.decode("utf-8", "replace"))
    return answers
