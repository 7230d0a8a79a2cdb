"""4.3: after an edge a reader goes on to EAGAIN or to the end; what it leaves is not reported again."""

import select
import socket

import pytest

from dojo.suite import break_off, counted, hints, linux_only, mode_of, raises_errno, unread, wait_reset

pytestmark = linux_only("epoll")


@pytest.fixture
def watched(epoll, unix_pair):
    """Both ends of a connection; `sock` is non-blocking and watched by `epoll`, edge-triggered."""
    sock, peer = unix_pair
    sock.setblocking(False)
    epoll.register(sock, select.EPOLLIN | select.EPOLLET)
    return sock, peer


@hints(
    "What has come is there to be read. How does a non-blocking recv() say that there is no more?",
    "It fails with EAGAIN: BlockingIOError. Then return what you have, and False.",
)
def test_the_bytes_of_an_edge_are_read(kata, epoll, watched):
    sock, peer = watched
    peer.sendall(b"abcdef")
    assert len(epoll.poll(0)) == 1, "the bytes are one edge"
    data, ended = kata.read_on_edge(sock)
    assert data == b"abcdef", "six bytes had come, and your code did not return them"
    assert ended is False, "nothing more was there (EAGAIN), and your code took that for the end of the stream"
    assert type(data) is bytes, "your code did not return a bytes object as data"


@hints(
    "How large is the buffer of your recv(), and how much may have come?",
    "One recv() takes as much as it was told to. Go on until it fails with EAGAIN.",
    "Collect the pieces in a loop; BlockingIOError ends it.",
)
def test_nothing_is_left_unread(kata, epoll, watched):
    sock, peer = watched
    for size in (10, 8_192, 10_000, 100_000):
        message = bytes(range(250)) * (size // 250) + b"x" * (size % 250)
        peer.sendall(message)
        # However much it is, there is one edge, and there will not be another for what is left.
        assert len(epoll.poll(0)) == 1, "the bytes are one edge"
        data, ended = kata.read_on_edge(sock)
        left = unread(sock)
        assert left == 0, f"{counted(size, 'byte')} came, and your code left some unread: they are not reported again"
        assert (data, ended) == (message, False), (
            "your code did not return all the bytes, in order, and that the stream goes on"
        )


@hints(
    "The peer has sent its last bytes and closed, before you looked. How many edges is that?",
    "One. recv() returned fewer bytes than you asked for: is it sure that there is nothing behind them?",
    "Only EAGAIN and b'' say that nothing more is there: go on after a short read.",
)
def test_bytes_and_the_end_are_one_edge(kata, epoll, watched):
    sock, peer = watched
    peer.sendall(b"abcdef")
    peer.close()
    # Both are there before the first wait, and nothing will come behind the end.
    assert len(epoll.poll(0)) == 1, "the bytes and the end are one edge"
    data, ended = kata.read_on_edge(sock)
    assert data == b"abcdef", "your code did not return the bytes in front of the end"
    assert epoll.poll(0) == [], "no further edge tells of the end"
    assert ended is True, "the end stood behind the bytes, and your code never read it: no further edge will tell of it"


@hints(
    "Is there an arrival after which you need not look for the end?",
    "No: after every recv() that brought something comes another one.",
)
def test_the_end_is_found_behind_any_number_of_bytes(kata, epoll, keep):
    for size in (1, 3, 1_024, 4_096, 8_192, 10_000, 65_536, 100_000):
        sock, peer = keep(socket.socketpair())
        sock.setblocking(False)
        epoll.register(sock, select.EPOLLIN | select.EPOLLET)
        peer.sendall(bytes(size))
        peer.close()
        assert len(epoll.poll(0)) == 1, "the bytes and the end are one edge"
        data, ended = kata.read_on_edge(sock)
        assert len(data) == size, "your code did not return all the bytes in front of the end"
        assert ended is True, (
            f"{counted(size, 'byte')} and the end came, and your code never read the end: no edge will tell of it"
        )


@hints(
    "What does recv() return at the end, and what does it do when nothing is there?",
    "b'' at the end, also when no bytes stand in front of it; an exception when nothing is there.",
)
def test_an_end_without_bytes_is_an_end(kata, epoll, watched):
    sock, peer = watched
    peer.shutdown(socket.SHUT_WR)
    assert len(epoll.poll(0)) == 1, "the end is an edge"
    assert kata.read_on_edge(sock) == (b"", True), (
        "the stream had ended without bytes, and your code did not return (b'', True)"
    )
    assert sock.fileno() != -1, "your code closed the caller's socket, who may still want to send"
    assert kata.read_on_edge(sock) == (b"", True), "after the end, your code did not report the end again"


@hints(
    "Somebody else was faster, and nothing is there any more. Has the stream ended?",
    "EAGAIN is not the end: the peer is there and may send at any time.",
)
def test_nothing_there_is_not_the_end(kata, epoll, watched):
    sock, peer = watched
    peer.sendall(b"gone")
    assert len(epoll.poll(0)) == 1, "the bytes are one edge"
    # Somebody else reads what the edge told of.
    sock.recv(100)
    data, ended = kata.read_on_edge(sock)
    assert data == b"", "nothing was there, and your code returned bytes"
    assert ended is False, "your code took EAGAIN for the end: the peer has not ended the stream"


@hints(
    "Each edge has bytes of its own. What is left over from the last one?",
    "Nothing: start with an empty buffer at each call.",
)
def test_each_edge_brings_its_own_bytes(kata, epoll, watched):
    sock, peer = watched
    for said in (b"one", b"two", b"three"):
        peer.sendall(said)
        assert len(epoll.poll(0)) == 1, "all that came before was read, so this is a new edge"
        assert kata.read_on_edge(sock) == (said, False), (
            "your code did not return the bytes that came since the last call, and no end"
        )
    peer.close()
    assert len(epoll.poll(0)) == 1, "the end alone is an edge, too"
    assert kata.read_on_edge(sock) == (b"", True), (
        "only the end came since the last call, and your code did not return (b'', True)"
    )


@hints(
    "Three messages came before anybody looked. How many edges, and how many reads?",
    "One edge. The stream knows no messages: read until EAGAIN.",
)
def test_several_arrivals_are_one_edge(kata, epoll, watched):
    sock, peer = watched
    for said in (b"one ", b"two ", b"three"):
        peer.sendall(said)
    assert len(epoll.poll(0)) == 1, "three arrivals before the wait are one edge"
    assert kata.read_on_edge(sock) == (b"one two three", False), (
        "three messages came with one edge, and your code did not read all of them"
    )


@hints(
    "A broken connection is an edge too. What does recv() do then?",
    "It raises: ConnectionResetError, or TimeoutError (ETIMEDOUT) if the kernel gave the connection up.",
    "Catch BlockingIOError, and nothing else.",
)
@hints(
    "The socket came non-blocking, and an error propagates. In which mode does the caller get it back?",
    "Leave the mode alone: a non-blocking recv() answers at once.",
    when="another mode",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_broken_connection_is_an_error(kata, epoll, pair, error):
    sock, peer = pair
    sock.setblocking(False)
    before = mode_of(sock)
    epoll.register(sock, select.EPOLLIN | select.EPOLLET)
    break_off(peer, error)
    wait_reset(sock)
    with raises_errno(error, words="the connection broke, and the caller never finds out"):
        kata.read_on_edge(sock)
    assert mode_of(sock) == before, "the connection broke, and your code left the caller's socket in another mode"


@hints(
    "The caller has other sockets to look after. May this one hold it up?",
    "No: a non-blocking recv() answers at once. Leave the mode alone, on every way out.",
)
def test_it_never_waits_and_leaves_the_mode_alone(kata, watched, tape):
    sock, peer = watched
    before = mode_of(sock)
    peer.sendall(b"abc")
    kata.read_on_edge(sock)
    assert mode_of(sock) == before, "your code left the caller's socket in another mode"
    waited = [call.text for call in tape.waits()]
    assert waited == [], "your code waited, though the next arrival is another edge"
