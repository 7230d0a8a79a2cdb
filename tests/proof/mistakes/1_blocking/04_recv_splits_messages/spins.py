"""Makes the socket non-blocking and asks again and again.

caught by: test_a_message_in_pieces_comes_back_whole
words: busy loop
"""


def recv_exactly(sock, n):
    before = sock.gettimeout()
    sock.setblocking(False)
    data = b""
    try:
        while len(data) < n:
            try:
                piece = sock.recv(n - len(data))
            except BlockingIOError:
                continue
            if not piece:
                raise EOFError
            data += piece
    finally:
        sock.settimeout(before)
    return data
