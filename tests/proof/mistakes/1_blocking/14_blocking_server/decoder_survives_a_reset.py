"""Has one decoder for all clients, which is emptied at the end of a stream, and not after a reset.

caught by: test_invalid_utf8_is_replaced
words: your server put half a character of one client together with half of the next one's
breaks: 3
"""

import codecs
import contextlib
import socket


def serve(listener, show=print):
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            for piece in said(conn, "welcome, {} port {}\n".format(*address).encode()):
                if text := decoder.decode(piece, final=not piece):
                    show(text)


def said(conn, greeting):
    with contextlib.suppress(OSError):
        conn.sendall(greeting)
        while piece := conn.recv(4096):
            yield piece
        yield b""


def talk(address, messages):
    with socket.create_connection(address) as client:
        received = b""
        while b"\n" not in received:
            piece = client.recv(1024)
            if not piece:
                raise EOFError
            received += piece
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        with contextlib.suppress(BlockingIOError):
            while client.recv(65536, socket.MSG_DONTWAIT):
                pass
    return received.partition(b"\n")[0].decode()
