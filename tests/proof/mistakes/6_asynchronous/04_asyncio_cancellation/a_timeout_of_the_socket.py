"""Gives the socket the timeout, and sleeps in recv().

caught by: test_what_comes_in_time_is_returned
words: the thread of the loop falls asleep outside of its selector: no other task runs any more
"""


async def recv_or_none(sock, n, timeout):
    sock.settimeout(timeout)
    try:
        return sock.recv(n)
    except TimeoutError:
        return None
    finally:
        sock.setblocking(False)
