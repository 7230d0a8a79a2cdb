"""Asks for the reply again and again instead of waiting for it.

caught by: test_it_waits_for_the_reply_after_its_own_end
words: a busy loop
"""

import socket


def ask(address, request):
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        sock.setblocking(False)
        reply = b""
        while True:
            try:
                piece = sock.recv(65536)
            except BlockingIOError:
                continue
            if not piece:
                return reply
            reply += piece
