"""Makes the socket blocking "to be sure" and leaves it so.

caught by: test_the_socket_keeps_its_timeout
words: your code left the socket in another mode
"""


def recv_all(sock):
    sock.setblocking(True)
    data = b""
    while piece := sock.recv(1024):
        data += piece
    return data
