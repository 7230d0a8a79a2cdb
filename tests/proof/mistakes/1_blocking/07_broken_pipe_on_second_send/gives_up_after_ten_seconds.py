"""Takes it for a break when the peer has not read for ten seconds.

caught by: test_it_sleeps_while_the_buffers_are_full
words: the peer may read as slowly as it likes, and your code limited the wait
breaks: 6
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        before = sock.gettimeout()
        if before is None:
            sock.settimeout(10)
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        except TimeoutError as error:
            if before is not None or error.errno:
                raise
            break
        finally:
            if sock.fileno() != -1:
                sock.settimeout(before)
        taken += 1
    return taken
