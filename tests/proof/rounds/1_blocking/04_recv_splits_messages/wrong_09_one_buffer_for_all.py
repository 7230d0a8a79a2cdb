"""Receives up to 64 KiB into one buffer of the module, which calls in two threads share.

caught by: test_a_call_that_waits_does_not_mix_with_another
words: another call came meanwhile, and your code returned its bytes
"""

import socket

_buffer = bytearray(65536)  # saves an allocation for each call


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    if n > len(_buffer):
        with memoryview(bytearray(n)) as view:
            _fill(sock, view)
            return bytes(view)
    with memoryview(_buffer) as view:
        _fill(sock, view[:n])
        return bytes(view[:n])


def _fill(sock: socket.socket, view: memoryview) -> None:
    at = 0
    while at < len(view):
        count = sock.recv_into(view[at:])
        if not count:
            raise EOFError("the stream has ended")
        at += count
