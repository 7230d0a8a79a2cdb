"""Takes what one recv returns for the reply.

caught by: test_a_long_reply_arrives_whole
words: reply goes on until the server's end, not until recv() first returns
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        return sock.recv(1 << 20)
