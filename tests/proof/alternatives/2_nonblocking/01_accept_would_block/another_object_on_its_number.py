"""Accepts on another socket object, made of a number that stands for the listener, too."""

import os
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    accepted: list[socket.socket] = []
    with socket.socket(fileno=os.dup(listener.fileno())) as door:
        try:
            while True:
                accepted.append(door.accept()[0])
        except BlockingIOError:
            return accepted
        except BaseException:
            for conn in accepted:
                conn.close()
            raise
