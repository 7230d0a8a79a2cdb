"""Ends each connection with shutdown() before it closes it, which fails for a client that has reset: at the end others stay open, and the error is another.

caught by: test_an_error_closes_every_connection
words: a client had reset, and your code raised another error when it closed that connection
"""

import codecs
import socket
import time
from collections.abc import Callable

PAUSE = 0.01


class _Client:
    def __init__(self, conn, greeting):
        conn.setblocking(False)
        self.conn = conn
        self.unsent = greeting
        self.gone = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def send(self):
        if not self.unsent:
            return False
        try:
            taken = self.conn.send(self.unsent)
        except OSError:
            return False
        self.unsent = self.unsent[taken:]
        return True

    def hear(self):
        try:
            data = self.conn.recv(65536)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        self.gone = not data
        return self._decoder.decode(data, final=self.gone)


def serve(listener, show=print):
    mode = listener.gettimeout()
    clients = []
    try:
        listener.setblocking(False)
        while True:
            worked = _accept(listener, clients)
            for client in clients:
                worked |= client.send()
                text = client.hear()
                if text is not None:
                    worked = True
                    if text:
                        show(text)
                if client.gone:
                    client.conn.close()
            clients = [client for client in clients if not client.gone]
            if not worked:
                time.sleep(PAUSE)
    finally:
        for client in clients:
            client.conn.shutdown(socket.SHUT_RDWR)
            client.conn.close()
        listener.settimeout(mode)


def _accept(listener, clients):
    try:
        conn, (host, port) = listener.accept()
    except (BlockingIOError, ConnectionAbortedError):
        return False
    clients.append(_Client(conn, f"welcome, {host} port {port}\n".encode()))
    return True
