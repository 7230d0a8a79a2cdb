"""4.1: a level-triggered wait reports unread bytes, and the end, again and again until they are dealt with."""

import socket

import pytest

from dojo.suite import Finding, break_off, hints, mode_of, raises_errno, stands_in, unread, wait_reset, wait_until


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
    assert b"".join(pieces) == b"abcdef", "your code left bytes unread that are reported again: go on to the end"
    assert pieces == [b"ab", b"cd", b"ef", b""], "your code did not make one recv(2) for each report, up to the end"


@hints(
    "recv(4) returned one byte. Does that say that the stream is over?",
    "Only b'' says that. The end is reported as the bytes were, and it is read as they were.",
)
def test_a_short_piece_is_not_the_end(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"abcde")
    peer.close()
    pieces = kata.drain_level(sock, 4)
    assert pieces[:2] == [b"abcd", b"e"], "five bytes came, and your code did not return a piece of four and one of one"
    assert pieces[2:] == [b""], "your code stopped at a short piece, or left out b'', which is the end"


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
            words = "your code read b'' again and again: the end stays readable for ever"
            raise Finding(words, "b'' should be read once", "recv() has returned b'' ten times")
        return piece


@hints(
    "When does the report of the end stop, if nobody closes the socket?",
    "Never. b'' is what tells you to stop asking.",
)
def test_the_end_is_the_last_thing_to_read(kata, unix_pair):
    sock, peer = unix_pair
    peer.close()
    assert kata.drain_level(EndsOnce(sock), 100) == [b""], (
        "nothing but the end was there, and your code did not return it as the only item"
    )


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
    assert draining.result() == [b""], (
        "the end came, and nothing before it, and your code did not return it as the only item"
    )


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
    assert draining.result() == wanted, (
        "your code returned other pieces than one recv(2) found: do not fill a piece up later"
    )


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
        assert pieces == wanted, f"one recv({size}) was not made for each report, up to the end"
        assert {type(piece) for piece in pieces} == {bytes}, (
            "your pieces were not bytes objects, as recv() returns them"
        )


@hints(
    "A broken connection is reported as readable too. What does the recv() after it do?",
    "It raises. Which exceptions do you catch?",
    "Catch none: let ConnectionResetError propagate, and TimeoutError (ETIMEDOUT), which is not your own timeout.",
)
@hints(
    "The socket came in blocking mode, and an error propagates. In which mode does the caller get it back?",
    "It need not be changed: a report promises that one recv() will not sleep. Or put it back in a finally clause.",
    when="another mode",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_broken_connection_is_not_the_end(kata, pair, error):
    sock, peer = pair
    before = mode_of(sock)
    break_off(peer, error)
    wait_reset(sock)
    with raises_errno(error, words="the connection broke, and your code took that for the end"):
        kata.drain_level(sock, 100)
    assert mode_of(sock) == before, "the connection broke, and your code left the caller's socket in another mode"


@hints(
    "The peer has said all it wants to say. Does it still listen?",
    "The end is the end of one direction. Leave the socket open: it is the caller's.",
)
def test_the_socket_stays_open_for_an_answer(kata, unix_pair):
    sock, peer = unix_pair
    peer.sendall(b"question")
    peer.shutdown(socket.SHUT_WR)
    kata.drain_level(sock, 100)
    assert sock.fileno() != -1, "your code closed the caller's socket, who may still want to send"
    sock.sendall(b"answer")
    assert peer.recv(100) == b"answer", "the other direction was not open any more"


@hints(
    "The socket came in blocking mode. In which mode does the caller get it back?",
    "It need not be changed: a report promises that one recv() will not sleep.",
)
def test_the_socket_stays_blocking(kata, unix_pair):
    sock, peer = unix_pair
    before = mode_of(sock)
    peer.close()
    kata.drain_level(sock, 100)
    assert mode_of(sock) == before, "your code left the caller's socket in another mode"
