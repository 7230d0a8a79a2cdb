"""Takes what one recv returns for the reply.

caught by: test_a_long_reply_arrives_whole
words: your code did not return the whole reply
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        return sock.recv(1 << 20)
