"""Sleeps in select() alone, and takes what is there with calls that never wait."""

import select
import socket


def read_urgent(sock: socket.socket) -> tuple[bytes, bytes]:
    normal, urgent = bytearray(), bytearray()
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        while True:
            _, _, exceptional = select.select([sock], [], [sock])
            if exceptional:
                urgent += sock.recv(1, socket.MSG_OOB)
                continue
            try:
                piece = sock.recv(65536)
            except BlockingIOError:
                continue
            if not piece:
                return bytes(normal), bytes(urgent)
            normal += piece
    finally:
        sock.settimeout(before)
