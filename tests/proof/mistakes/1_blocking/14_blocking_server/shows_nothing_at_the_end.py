"""Shows what the decoder returns at the end of the stream, which is nothing: an empty line, with print().

caught by: test_a_character_that_arrives_in_pieces_is_shown_whole
words: the client had said nothing, and your server called show("")
breaks: 2
"""

import codecs
import socket
from collections.abc import Callable, Iterable, Iterator


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            decoder = codecs.getincrementaldecoder("utf-8")("replace")
            for piece in _said(conn, f"welcome, {host} port {port}\n".encode()):
                if text := decoder.decode(piece):
                    show(text)
            show(decoder.decode(b"", final=True))


def _said(conn: socket.socket, greeting: bytes) -> Iterator[bytes]:
    try:
        conn.sendall(greeting)
        while piece := conn.recv(4096):
            yield piece
    except OSError:
        pass


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    with socket.create_connection(address) as client:
        received = b""
        while b"\n" not in received:
            piece = client.recv(1024)
            if not piece:
                raise EOFError("the server ended before its greeting was whole")
            received += piece
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):
            pass
    return received.partition(b"\n")[0].decode()
