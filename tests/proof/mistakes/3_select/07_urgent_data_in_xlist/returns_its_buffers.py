"""Returns the buffers in which it collects.

caught by: test_a_stream_without_urgent_bytes
words: your code did not return two bytes objects
"""

import select
import socket


def read_urgent(sock):
    normal, urgent = bytearray(), bytearray()
    while True:
        readable, _, exceptional = select.select([sock], [], [sock])
        if exceptional:
            urgent += sock.recv(1, socket.MSG_OOB)
        if readable:
            piece = sock.recv(4096)
            if not piece:
                return normal, urgent
            normal += piece
