"""Stays with one client until it has left, and only then takes the next.

caught by: test_everybody_is_greeted_though_nobody_speaks
words: conn 1.recv(4096) waits
"""

import codecs
import socket
import time


class Client:
    def __init__(self, conn, greeting):
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
            except BlockingIOError:
                time.sleep(0.01)
                continue
            clients = [Client(conn, f"welcome, {host} port {port}\n".encode())]
            while not clients[0].gone:
                clients[0].look(show)
    finally:
        for client in clients:
            client.conn.close()
        if listener.fileno() != -1:
            listener.settimeout(mode)
