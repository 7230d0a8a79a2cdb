"""Takes the caller's timeout away and puts it back when all went well.

caught by: test_the_socket_comes_back_as_it_was
words: your code left the socket in another mode after the break
"""


def deliver(sock, messages):
    before = sock.gettimeout()
    sock.settimeout(None)
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            return taken
        taken += 1
    sock.settimeout(before)
    return taken
