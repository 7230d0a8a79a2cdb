"""Lets sendall time out and begins it anew: nobody knows how much of it had gone already.

caught by: test_a_peer_that_sends_everything_before_it_reads
words: some of it twice: your code sent that again
"""


def exchange(sock, data, n):
    received = b""
    before = sock.gettimeout()
    sock.settimeout(0.002)
    try:
        while data or len(received) < n:
            try:
                sock.sendall(data)
                data = b""
            except TimeoutError:
                pass
            try:
                while len(received) < n:
                    piece = sock.recv(n - len(received))
                    if not piece:
                        raise EOFError("too early")
                    received += piece
            except TimeoutError:
                pass
    finally:
        sock.settimeout(before)
    return received
