"""Sees to the first of those that are ready, and returns.

caught by: test_one_step_serves_every_ready_connection
words: everybody was ready, and after one step somebody still waited
"""

import select
import socket


class EchoServer:
    def __init__(self, listener):
        self.addresses = {}
        self.unsent = {}
        self.ended = set()
        self.listener = listener
        self.mode = listener.gettimeout()
        listener.setblocking(False)

    def step(self, timeout=None):
        readers = [conn for conn in self.addresses if conn not in self.ended]
        writers = [conn for conn in self.addresses if self.unsent[conn]]
        readable, writable, _ = select.select([self.listener, *readers], writers, [], timeout)
        for sock in readable:
            if sock is self.listener:
                self.accept()
            else:
                self.see_to(sock, True)
            break
        for conn in writable:
            if conn in self.addresses:
                self.see_to(conn, False)

    def accept(self):
        try:
            conn, address = self.listener.accept()
        except BlockingIOError:
            return
        conn.setblocking(False)
        self.addresses[conn] = address
        self.unsent[conn] = b""

    def see_to(self, conn, may_read):
        try:
            if may_read:
                data = conn.recv(65536)
                if not data:
                    self.ended.add(conn)
                self.unsent[conn] += data
            if self.unsent[conn]:
                self.unsent[conn] = self.unsent[conn][conn.send(self.unsent[conn]) :]
        except BlockingIOError:
            return
        except OSError:
            self.drop(conn)
            return
        if conn in self.ended and not self.unsent[conn]:
            self.drop(conn)

    def drop(self, conn):
        del self.addresses[conn], self.unsent[conn]
        self.ended.discard(conn)
        conn.close()

    def close(self):
        for conn in list(self.addresses):
            self.drop(conn)
        self.listener.settimeout(self.mode)
