"""Looks again and again until the time is over, with naps that no bytes can end.

caught by: test_it_sleeps_in_the_kernel_and_bytes_wake_it
words: cannot be woken by a socket: wait in the call itself
"""

import time


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.setblocking(False)
    ends = time.monotonic() + seconds
    try:
        while True:
            try:
                return sock.recv(n)
            except BlockingIOError:
                if time.monotonic() >= ends:
                    return None
                time.sleep(0.005)
    finally:
        sock.settimeout(before)
