"""Saves up what was typed too early, for the next one who says something.

caught by: test_a_line_for_nobody_is_not_kept
words: what was typed for nobody answered a later line
"""

import os
import select
import socket
import sys
from collections import deque


class Client:
    def __init__(self, conn, address):
        conn.setblocking(False)
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
                self.unsent = self.unsent[self.conn.send(self.unsent) :]
        except BlockingIOError:
            pass
        except OSError:
            self.gone = True
        return [line.decode("utf-8", "replace") for line in lines]


def serve(listener, operator=sys.stdin, show=print):
    keyboard = operator if isinstance(operator, int) else operator.fileno()
    mode, typed, clients, unanswered, saved = listener.gettimeout(), b"", [], deque(), deque()
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
                        saved.append(line)
            for client in clients:
                if client in readable or client in writable:
                    for text in client.turn(client in readable):
                        show(f"{client.name}: {text}")
                        if saved:
                            client.unsent += saved.popleft() + b"\n"
                        else:
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
