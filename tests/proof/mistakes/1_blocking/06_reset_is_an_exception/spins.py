"""Makes the socket non-blocking and asks again and again.

caught by: test_silence_is_neither
words: a busy loop
"""


def read_to_end(sock):
    before = sock.gettimeout()
    sock.setblocking(False)
    data = b""
    try:
        while True:
            try:
                piece = sock.recv(4096)
            except BlockingIOError:
                continue
            if not piece:
                return data, "eof"
            data += piece
    except ConnectionResetError:
        return data, "reset"
    finally:
        sock.settimeout(before)
