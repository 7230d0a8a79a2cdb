"""It waits for the first piece, and then reads only until the kernel's queue is empty.

caught by: test_a_short_read_is_not_the_end
words: A short read was taken for the end of the stream
"""

import fcntl
import socket
import struct
import termios


def queued(sock: socket.socket) -> int:
    return struct.unpack("i", fcntl.ioctl(sock, termios.FIONREAD, bytes(4)))[0]


def recv_all(sock: socket.socket) -> bytes:
    received = bytearray()
    while piece := sock.recv(65536):
        received += piece
        if queued(sock) == 0:
            break
    return bytes(received)
