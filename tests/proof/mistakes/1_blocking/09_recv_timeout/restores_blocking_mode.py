"""Makes the socket blocking again, which forgets a timeout that was there before.

caught by: test_the_socket_keeps_its_mode_and_timeout
words: after bytes your code left the socket with another timeout
"""


def recv_within(sock, n, seconds):
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except (TimeoutError, BlockingIOError):
        return None
    finally:
        sock.setblocking(True)
