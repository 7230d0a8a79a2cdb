"""Calls idle() in each turn, whether something has happened or not.

caught by: test_it_is_not_called_while_something_happens
words: the limit had not passed, and idle() was called: something had happened in every turn
"""

import select
import socket


class Client:
    def __init__(self, conn, greeting):
        conn.setblocking(False)
        self.conn = conn
        self.unsent = greeting
        self.ended = False

    def fileno(self):
        return self.conn.fileno()

    def turn(self, readable):
        """Do what can be done now; whether the connection lives on."""
        try:
            if readable:
                data = self.conn.recv(4096)
                self.ended = not data
                self.unsent += data
            if self.unsent:
                self.unsent = self.unsent[self.conn.send(self.unsent) :]
        except BlockingIOError:
            return True
        except OSError:
            return False
        return bool(self.unsent) or not self.ended


def serve(listener, limit=5.0, idle=lambda: print("idle")):
    mode = listener.gettimeout()
    clients = []
    try:
        listener.setblocking(False)
        while True:
            readers = [client for client in clients if not client.ended]
            writers = [client for client in clients if client.unsent]
            readable, writable, _ = select.select([listener, *readers], writers, [], limit)
            idle()
            for client in clients[:]:
                if (client in readable or client in writable) and not client.turn(client in readable):
                    client.conn.close()
                    clients.remove(client)
            if listener in readable:
                conn, (host, port) = listener.accept()
                clients.append(Client(conn, f"welcome, {host} port {port}\n".encode()))
    finally:
        for client in clients:
            client.conn.close()
        listener.settimeout(mode)


def repeats(listener, turns):
    return sum(bool(select.select([listener], [], [], 0)[0]) for _ in range(turns))
