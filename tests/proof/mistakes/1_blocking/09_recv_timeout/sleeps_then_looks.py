"""Sleeps for the whole time and looks afterwards.

caught by: test_it_sleeps_in_the_kernel_and_bytes_wake_it
words: cannot be woken by a socket: wait in the call itself
"""

import time


def recv_within(sock, n, seconds):
    time.sleep(seconds)
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    finally:
        sock.settimeout(before)
