"""Asks again at once when nobody has anything to say.

caught by: test_while_nothing_happens_it_rests_and_not_for_long
words: more than one call each millisecond while nothing happened
"""

import codecs
import socket


class Client:
    def __init__(self, conn, greeting):
        conn.setblocking(False)
        self.conn = conn
        self.unsent = greeting
        self.gone = False
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def look(self, show):
        """Do what can be done now; whether anything was."""
        worked = False
        try:
            if self.unsent:
                self.unsent = self.unsent[self.conn.send(self.unsent) :]
                worked = True
        except BlockingIOError:
            pass
        except OSError:
            self.gone = True
        try:
            data = b"" if self.gone else self.conn.recv(4096)
        except BlockingIOError:
            return worked
        except OSError:
            data = b""
        self.gone = not data
        show(self.decoder.decode(data, self.gone))
        if self.gone:
            self.conn.close()
        return True


def serve(listener, show=print):
    mode = listener.gettimeout()
    clients = []
    try:
        listener.setblocking(False)
        while True:
            try:
                conn, (host, port) = listener.accept()
                clients.append(Client(conn, f"welcome, {host} port {port}\n".encode()))
            except (BlockingIOError, ConnectionAbortedError):
                pass
            for client in clients:
                client.look(show)
            clients = [client for client in clients if not client.gone]
    finally:
        for client in clients:
            client.conn.close()
        if listener.fileno() != -1:
            listener.settimeout(mode)
