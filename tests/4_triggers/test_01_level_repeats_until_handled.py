"""4.1: a level-triggered wait reports unread bytes, and the end, again and again until they are dealt with."""

import contextlib
import socket

from dojo.suite import Finding, hints, is_nonblocking, raises_errno, reset, stands_in, unread, wait_reset, wait_until


@hints(
    "Two of six bytes are read. Does a level-triggered wait report the other four?",
    "It does, until nothing is left: wait, recv(size), and again.",
    "poll() and recv(size) in one loop; append each piece and stop at the empty one.",
)
def test_what_one_recv_leaves_is_reported_again(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"abcdef")
    peer.close()
    # Six bytes are there, and the end behind them; nothing else will come.
    pieces = kata.drain_level(sock, 2)
    assert b"".join(pieces) == b"abcdef", "bytes that were left over are reported again: go on to the end"
    assert pieces == [b"ab", b"cd", b"ef", b""], "each report is one recv(2), and the last one is the end"


@hints(
    "recv(4) returned one byte. Does that say that the stream is over?",
    "Only b'' says that. The end is reported as the bytes were, and it is read as they were.",
)
def test_a_short_piece_is_not_the_end(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"abcde")
    peer.close()
    pieces = kata.drain_level(sock, 4)
    assert pieces[:2] == [b"abcd", b"e"], "five bytes are a piece of four and one of one"
    assert pieces[2:] == [b""], "a short piece is not the end: the end is b'', and it is in the list"


@stands_in
class EndsOnce:
    """A socket that does not let itself be read for ever when its stream has ended."""

    def __init__(self, sock):
        self._sock, self._ends = sock, 0

    def __getattr__(self, name):
        return getattr(self._sock, name)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._sock.close()

    def recv(self, *args):
        piece = self._sock.recv(*args)
        self._ends += not piece
        if self._ends == 10:
            words = "the end stays readable for ever: b'' is the last thing to read, and it asks again and again"
            raise Finding(words, "b'' is read once", "recv() has returned b'' ten times")
        return piece


@hints(
    "When does the report of the end stop, if nobody closes the socket?",
    "Never. b'' is what tells you to stop asking.",
)
def test_the_end_is_the_last_thing_to_read(kata, unix_pair):
    sock, peer = unix_pair
    peer.close()
    assert kata.drain_level(EndsOnce(sock), 100) == [b""], "nothing but the end was there: it is the only item"


@hints(
    "Nothing is there. What makes the thread go on: your loop, or the kernel?",
    "A wait without a timeout, or the blocking recv() itself, sleeps until something can be read.",
)
def test_it_sleeps_while_nothing_comes(virtual_time, kata, unix_pair, background):
    sock, peer = unix_pair
    draining = background(kata.drain_level, sock, 2)
    # The peer is silent, and has not ended.
    draining.asleep()
    virtual_time.advance(3600)
    # However long that takes, it is neither the end nor an error.
    draining.asleep()
    peer.close()
    assert draining.result() == [b""], "the end has come, and nothing before it"


@hints(
    "The report says that there is something, not that there is as much as you asked for.",
    "One recv() for each report, whatever it brings. No loop that fills a piece up.",
)
def test_a_piece_is_what_was_there(kata, unix_pair, background):
    sock, peer = unix_pair
    draining = background(kata.drain_level, sock, 2)
    for said in (b"abc", b"d", b"efg"):
        # All that came before is read, and the thread sleeps again.
        draining.asleep()
        peer.sendall(said)
        wait_until(lambda: unread(sock) == 0, "what the peer has sent to be read")
    draining.asleep()
    peer.close()
    wanted = [b"ab", b"c", b"d", b"ef", b"g", b""]
    assert draining.result() == wanted, "a piece is what one recv(2) found, not a piece that was filled up later"


@hints(
    "Who says how much is taken for one report: the caller or you?",
    "size is the argument of recv(), 1 as well as 1,000,000.",
)
def test_any_size_will_do(kata, keep):
    for size, wanted in ((1, [b"a", b"b", b"c", b""]), (3, [b"abc", b""]), (1_000_000, [b"abc", b""])):
        sock, peer = keep(socket.socketpair())
        peer.sendall(b"abc")
        peer.close()
        pieces = kata.drain_level(sock, size)
        assert pieces == wanted, f"one recv({size}) for each report, and the end"
        assert {type(piece) for piece in pieces} == {bytes}, "the pieces are bytes objects, as recv() returns them"


@hints(
    "A reset is reported as readable too. What does the recv() after it do?",
    "It raises. Which exceptions do you catch?",
    "Catch none: let ConnectionResetError out.",
)
def test_a_reset_is_not_the_end(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    with raises_errno("ECONNRESET", words="a reset is an error, and it was taken for the end"):
        kata.drain_level(sock, 100)


@hints(
    "The peer has said all it wants to say. Does it still listen?",
    "The end is the end of one direction. Leave the socket open: it is the caller's.",
)
def test_the_socket_stays_open_for_an_answer(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"question")
    peer.shutdown(socket.SHUT_WR)
    kata.drain_level(sock, 100)
    assert sock.fileno() != -1, "the socket is the caller's, who may still want to send: leave it open"
    sock.sendall(b"answer")
    assert peer.recv(100) == b"answer", "the other direction is still open"


@hints(
    "The socket came in blocking mode. In which mode does it go back, after an error too?",
    "It need not be changed: a report promises that one recv() will not sleep.",
)
def test_the_socket_stays_blocking(kata, unix_pair, pair):
    sock, peer = unix_pair
    peer.close()
    kata.drain_level(sock, 100)
    assert sock.gettimeout() is None, "the caller's socket was blocking, and is not any more"
    assert not is_nonblocking(sock), "the kernel's O_NONBLOCK was not set, and now it is"
    broken, peer = pair
    reset(peer)
    wait_reset(broken)
    with contextlib.suppress(ConnectionResetError):
        kata.drain_level(broken, 100)
    assert broken.gettimeout() is None, "the error got out, and the caller's socket is not blocking any more"
