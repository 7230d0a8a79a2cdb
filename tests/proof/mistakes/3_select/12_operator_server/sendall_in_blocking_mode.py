"""Answers with sendall() on a blocking connection.

caught by: test_a_client_that_does_not_read_holds_up_nobody_and_loses_nothing
words: one call blocked on one client, and the others were not served meanwhile
"""

import os
import select
import socket
import sys
from collections import deque


class Client:
    def __init__(self, conn, address):
        self.conn = conn
        self.name = "{} port {}".format(*address)
        self.gone = False
        self.unsent = b""
        self.heard = b""

    def fileno(self):
        return self.conn.fileno()

    def turn(self, readable):
        """Do what can be done now; the lines that have become whole."""
        lines = []
        try:
            if readable:
                data = self.conn.recv(4096)
                self.gone = not data
                *lines, self.heard = (self.heard + data).split(b"\n")
                if self.gone and self.heard:
                    lines.append(self.heard)
            if self.unsent:
                self.conn.sendall(self.unsent)
                self.unsent = b""
        except BlockingIOError:
            pass
        except OSError:
            self.gone = True
        return [line.decode("utf-8", "replace") for line in lines]


def serve(listener, operator=sys.stdin, show=print):
    keyboard = operator if isinstance(operator, int) else operator.fileno()
    mode, typed, clients, unanswered = listener.gettimeout(), b"", [], deque()
    try:
        listener.setblocking(False)
        while True:
            writers = [client for client in clients if client.unsent]
            readable, writable, _ = select.select([listener, keyboard, *clients], writers, [])
            if keyboard in readable:
                data = os.read(keyboard, 65536)
                if not data:
                    break
                *lines, typed = (typed + data).split(b"\n")
                for line in lines:
                    if unanswered:
                        client = unanswered.popleft()
                        client.unsent += line + b"\n"
                        client.turn(readable=False)
                    else:
                        show("nobody is waiting for an answer")
            for client in clients:
                if client in readable or client in writable:
                    for text in client.turn(client in readable):
                        show(f"{client.name}: {text}")
                        unanswered.append(client)
                if client.gone:
                    client.conn.close()
            clients = [client for client in clients if not client.gone]
            unanswered = deque(client for client in unanswered if not client.gone)
            if listener in readable:
                conn, address = listener.accept()
                clients.append(Client(conn, address))
    finally:
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)
