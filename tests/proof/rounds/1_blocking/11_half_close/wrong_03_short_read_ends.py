"""Takes a read that does not fill the buffer for the last one, and returns without having seen the end.

caught by: test_a_long_reply_arrives_whole
words: your code did not return the whole reply: it goes on until the server's end
"""

import socket

SIZE = 4096


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(address)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while True:
            chunk = sock.recv(SIZE)
            reply += chunk
            if len(chunk) < SIZE:
                return bytes(reply)
