"""A right answer that keeps text as the stub does, with surrogateescape, which brings every byte back."""

import socket


def recv_all(sock: socket.socket) -> bytes:
    texts = []
    while piece := sock.recv(16384):
        texts.append(piece.decode("utf-8", "surrogateescape"))
    return "".join(texts).encode("utf-8", "surrogateescape")
