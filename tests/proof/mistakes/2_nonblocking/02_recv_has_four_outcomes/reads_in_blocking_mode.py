"""Makes the socket blocking for the read and not non-blocking again.

caught by: test_the_socket_stays_non_blocking
words: data had arrived, and your code left the socket in another mode
"""

import select


def try_recv(sock, n):
    if not select.select([sock], [], [], 0)[0]:
        return None
    sock.setblocking(True)
    return sock.recv(n)
