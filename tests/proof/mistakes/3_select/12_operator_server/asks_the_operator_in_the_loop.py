"""Reads the operator's answer as soon as a line is shown, and waits until it is typed.

caught by: test_nobody_waits_for_the_operator
words: one call blocked on one client, and the others were not served meanwhile
"""

import os
import select
import socket
import sys


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
    mode, clients = listener.gettimeout(), []
    try:
        listener.setblocking(False)
        while True:
            writers = [client for client in clients if client.unsent]
            readable, writable, _ = select.select([listener, *clients], writers, [])
            for client in clients:
                if client in readable or client in writable:
                    for text in client.turn(client in readable):
                        show(f"{client.name}: {text}")
                        client.unsent += os.read(keyboard, 65536)
                if client.gone:
                    client.conn.close()
            clients = [client for client in clients if not client.gone]
            if listener in readable:
                conn, address = listener.accept()
                clients.append(Client(conn, address))
    finally:
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)
