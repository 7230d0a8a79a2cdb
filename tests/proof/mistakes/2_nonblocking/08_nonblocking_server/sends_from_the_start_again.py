"""Sends the whole greeting again when a part of it was taken.

caught by: test_a_greeting_for_which_there_is_no_room_follows_later
words: and your server sent them again
"""

import codecs
import socket
import time


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
                if self.conn.send(self.unsent) == len(self.unsent):
                    self.unsent = b""
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
            worked = False
            try:
                conn, (host, port) = listener.accept()
                clients.append(Client(conn, f"welcome, {host} port {port}\n".encode()))
                worked = True
            except (BlockingIOError, ConnectionAbortedError):
                pass
            for client in clients:
                worked |= client.look(show)
            clients = [client for client in clients if not client.gone]
            if not worked:
                time.sleep(0.01)
    finally:
        for client in clients:
            client.conn.close()
        if listener.fileno() != -1:
            listener.settimeout(mode)
