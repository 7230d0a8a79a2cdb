"""Takes out whatever has the same number as the closed socket: every other closed one too.

caught by: test_of_several_closed_ones_the_right_one_goes
words: one closed socket was dropped, and your code took out another one
"""


def drop(selector, sock):
    for key in list(selector.get_map().values()):
        if key.fileobj.fileno() == sock.fileno():
            selector.unregister(key.fd)
    sock.close()
