"""Makes the socket non-blocking, and calls recv() before anything has come.

caught by: test_the_loop_sleeps_in_its_selector_not_in_recv
words: nothing had come yet, and your code took that for an error: it is what the coroutine waits for
"""


async def recv_some(sock, n):
    sock.setblocking(False)
    return sock.recv(n)
