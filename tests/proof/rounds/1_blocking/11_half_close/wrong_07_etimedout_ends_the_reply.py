"""Takes TimeoutError for the end once something has come; without a timeout that is ETIMEDOUT, a broken connection.

caught by: test_a_reply_that_breaks_off_is_an_error
words: recv() failed with ETIMEDOUT in the middle of the reply, and your code returned that as if
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.settimeout(None)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while True:
            try:
                data = sock.recv(65536)
            except TimeoutError:
                if not reply:
                    raise
                data = b""  # nothing more comes
            if not data:
                break
            reply += data
        return bytes(reply)
