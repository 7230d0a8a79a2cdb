"""Takes EAGAIN alone for a queue with nobody in it: one client that was gone before ends the server.

caught by: test_a_reset_ends_one_client_alone
words: one client was gone before accept() returned
"""

import errno
import os
import select
import socket

ENOUGH = 256 * 1024


class Server:
    def __init__(self, listener: socket.socket, stop: socket.socket) -> None:
        self.listener, self.stop = listener, stop
        self.poll = select.poll()
        self.conns: dict[int, socket.socket] = {}
        self.pending: dict[int, list[bytes]] = {}
        self.ended: set[int] = set()
        self.spare = os.dup(stop.fileno())

    def run(self) -> None:
        door, bell = self.listener.fileno(), self.stop.fileno()
        self.poll.register(door, select.POLLIN)
        self.poll.register(bell, select.POLLIN)
        while True:
            events = dict(self.poll.poll())
            if events.pop(bell, 0):
                return
            knock = events.pop(door, 0)
            for fd, event in events.items():
                try:
                    self.serve_one(fd, event)
                except OSError:
                    self.close(fd)
            if knock:
                self.accept()

    def accept(self) -> None:
        try:
            conn, _ = self.listener.accept()
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.EMFILE:
                raise
            os.close(self.spare)
            try:
                self.listener.accept()[0].close()
            except BlockingIOError:
                pass
            self.spare = os.dup(self.stop.fileno())
            return
        conn.setblocking(False)
        self.conns[conn.fileno()] = conn
        self.pending[conn.fileno()] = []
        self.poll.register(conn, select.POLLIN)

    def serve_one(self, fd: int, event: int) -> None:
        queue = self.pending[fd]
        if event & ~select.POLLOUT and fd not in self.ended and sum(map(len, queue)) <= ENOUGH:
            try:
                piece = os.read(fd, 20_000)
                queue.append(piece)
                if not piece:
                    self.ended.add(fd)
            except BlockingIOError:
                pass
        try:
            while queue:
                rest = queue[0][os.write(fd, queue[0]) :]
                queue[:1] = [rest] if rest else []
        except BlockingIOError:
            pass
        reads = fd not in self.ended and sum(map(len, queue)) <= ENOUGH
        interest = (select.POLLIN if reads else 0) | (select.POLLOUT if queue else 0)
        if interest:
            self.poll.modify(fd, interest)
        else:
            self.close(fd)

    def close(self, fd: int) -> None:
        self.poll.unregister(fd)
        self.ended.discard(fd)
        del self.pending[fd]
        self.conns.pop(fd).close()


def serve(listener: socket.socket, stop: socket.socket) -> None:
    mode = listener.gettimeout()
    listener.setblocking(False)
    server = Server(listener, stop)
    try:
        server.run()
    finally:
        for fd in list(server.conns):
            server.close(fd)
        os.close(server.spare)
        listener.settimeout(mode)
