"""3.7: urgent data makes a socket exceptional, and is read apart from the stream."""

import contextlib
import socket

from dojo.suite import hints, is_nonblocking, raises_errno, reset, wait_fin, wait_reset, wait_until

OOB = socket.MSG_OOB


def wait_taken(tape, size, what):
    """Wait until the code under test has read so many bytes, in whatever way."""
    wait_until(lambda: sum(max(call.copied, 0) for call in tape.calls()) >= size, what)


@hints(
    "Most streams have no urgent byte in them. What ends your loop?",
    "b'' from a normal recv() is the end, of the normal bytes and of the urgent ones.",
)
def test_a_stream_without_urgent_bytes(kata, pair):
    sock, peer = pair
    peer.sendall(b"abcdef")
    peer.close()
    wait_fin(sock)
    got = kata.read_urgent(sock)
    assert got == (b"abcdef", b""), "no byte was urgent, and your code did not return all of them as normal"
    assert [type(part) for part in got] == [bytes, bytes], "your code did not return two bytes objects"
    assert kata.read_urgent(sock) == (b"", b""), "the stream was at its end, and your code returned bytes"


@hints(
    "In which of the three lists of select() does a socket with urgent data appear?",
    "In the third, if you put it there: select([sock], [], [sock]).",
    "When the third list comes back with the socket in it: sock.recv(1, socket.MSG_OOB).",
)
def test_an_urgent_byte_among_normal_ones(kata, pair):
    sock, peer = pair
    peer.send(b"abc")
    peer.send(b"!", OOB)
    peer.send(b"def")
    peer.close()
    wait_fin(sock)
    # All of it has arrived; a normal recv() ends after abc.
    normal, urgent = kata.read_urgent(sock)
    assert urgent != b"!!", "your code took the urgent byte twice: a look with MSG_PEEK leaves it there"
    assert b"!" not in normal, "your code put the urgent byte among the normal ones"
    assert urgent == b"!", (
        "an urgent byte came, and your code did not return it: read it with MSG_OOB when the socket is exceptional"
    )
    assert normal == b"abcdef", "your code lost normal bytes, or took the urgent one for one of them"


@hints(
    "Both lists have the socket in them. Which do you serve first?",
    "A recv() that begins at the urgent byte passes over it. So take that byte before.",
)
def test_an_urgent_byte_before_all_others(kata, pair):
    sock, peer = pair
    peer.send(b"!", OOB)
    peer.send(b"def")
    peer.close()
    wait_fin(sock)
    normal, urgent = kata.read_urgent(sock)
    assert urgent == b"!", "your code lost the urgent byte: a normal recv() that begins at it passes over it"
    assert normal == b"def", "your code did not return the normal bytes after the urgent one"


@hints(
    "There is an urgent byte and the end, and nothing else. What does the socket appear as?",
    "As exceptional and as readable. If you take the end first you never read the urgent byte.",
)
def test_an_urgent_byte_and_then_the_end(kata, pair):
    sock, peer = pair
    peer.send(b"!", OOB)
    peer.close()
    wait_fin(sock)
    assert kata.read_urgent(sock) == (b"", b"!"), (
        "before the end there was one byte, an urgent one, and your code did not return it"
    )


@hints(
    "The peer sends three bytes with MSG_OOB. How many does TCP mark?",
    "One: there is a pointer to a single place. recv() with MSG_OOB gives that byte and no more.",
)
def test_only_the_last_of_several_is_urgent(kata, pair):
    sock, peer = pair
    peer.send(b"xyz", OOB)
    peer.close()
    wait_fin(sock)
    assert kata.read_urgent(sock) == (b"xy", b"z"), (
        "the last of the bytes sent together was urgent, and your code did not tell it from the others"
    )


@hints(
    "Nothing has come yet. Which call waits for either kind?",
    "select() with the socket in the first and in the third list, and no timeout.",
    "MSG_OOB never waits: it fails with EINVAL. A normal recv() is not woken by an urgent byte, it swallows it.",
)
def test_it_sleeps_until_something_comes(kata, pair, background):
    sock, peer = pair
    reading = background(kata.read_urgent, sock)
    # Nothing has been sent. Neither kind of byte may be waited for alone.
    reading.asleep()
    peer.send(b"!", OOB)
    peer.send(b"abc")
    peer.close()
    assert reading.result() == (b"abc", b"!"), (
        "your code slept when the urgent byte came, and lost it or took another one"
    )


@hints(
    "The urgent byte has come. Why does select() return at once ever since?",
    "The socket is exceptional as long as the byte is there. Only taking it with MSG_OOB, without MSG_PEEK, ends that.",
)
def test_it_sleeps_again_after_an_urgent_byte(kata, pair, background, tape):
    sock, peer = pair
    reading = background(kata.read_urgent, sock)
    reading.asleep()
    peer.send(b"!", OOB)
    wait_taken(tape, 1, "the urgent byte to be read, which came alone")
    # The byte is taken, and the peer pauses: there is nothing to do until more comes.
    reading.asleep()
    peer.send(b"abc")
    wait_taken(tape, 4, "the normal bytes to be read that came after the urgent one")
    reading.asleep()
    peer.close()
    assert reading.result() == (b"abc", b"!"), (
        "an urgent byte came alone, then three normal ones, and your code returned others"
    )


@hints(
    "After the first urgent byte, can there be a second?",
    "Watch the third list in each turn, and add to what you have.",
)
def test_each_urgent_byte_counts(kata, pair, background, tape):
    sock, peer = pair
    reading = background(kata.read_urgent, sock)
    for turn, mark in enumerate((b"1", b"2", b"3"), 1):
        peer.send(b"ab")
        peer.send(mark, OOB)
        # The kernel keeps one urgent byte for a connection: the peer waits until this one is read.
        wait_taken(tape, 3 * turn, f"two normal bytes and urgent byte number {turn} to be read")
    peer.close()
    assert reading.result() == (b"ababab", b"123"), (
        "three urgent bytes came, one after the other, and your code did not return them"
    )


@hints(
    "One recv() returns as many bytes as are there, or as you allow. Which of the two ended it?",
    "Neither is the end of the stream. Go on until recv() returns b''.",
)
def test_more_bytes_than_one_recv_takes(kata, pair, background):
    sock, peer = pair
    before, after = b"b" * 5_000, b"a" * 5_000

    def send():
        peer.sendall(before)
        peer.send(b"!", OOB)
        peer.sendall(after)
        peer.close()

    background(send, may_raise=True)
    normal, urgent = kata.read_urgent(sock)
    assert urgent == b"!", (
        "one byte was urgent, between 5,000 normal ones and 5,000 more, and your code did not return that byte"
    )
    assert normal == before + after, "your code did not return every normal byte in order"


@hints(
    "Which errors do you catch, and round which call?",
    "If you ask for MSG_OOB only when the socket is exceptional, there is no error to be expected. Catch none.",
)
def test_a_reset_propagates(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    with raises_errno(
        "ECONNRESET", words="the connection was reset, and your code took that for the end of the stream"
    ):
        kata.read_urgent(sock)


@hints(
    "Did you change the mode, the timeout or an option of the socket? It is the caller's.",
    "select() waits on a socket in any mode: nothing needs to be changed.",
    "What you do change is put back in a finally block.",
)
def test_the_socket_is_as_before(kata, pair):
    sock, peer = pair
    sock.settimeout(7)
    peer.send(b"!", OOB)
    peer.close()
    wait_fin(sock)
    kata.read_urgent(sock)
    assert sock.gettimeout() == 7, "after the end of the stream your code left another timeout on the socket"
    assert is_nonblocking(sock), "your code left Python and the kernel with different modes of the socket"
    inline = sock.getsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE)
    assert inline == 0, "after the end of the stream your code left SO_OOBINLINE set"


@hints(
    "Which lines run after an exception, and which do not?",
    "What has to happen on every way out stands in a finally block.",
)
def test_the_socket_is_as_before_after_an_error(kata, pair):
    sock, peer = pair
    sock.settimeout(7)
    reset(peer)
    wait_reset(sock)
    with contextlib.suppress(ConnectionError):
        kata.read_urgent(sock)
    assert sock.gettimeout() == 7, "after a reset your code left another timeout on the socket"
    inline = sock.getsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE)
    assert inline == 0, "after a reset your code left SO_OOBINLINE set"


@hints(
    "A non-blocking socket, and nothing has come: what does recv() do?",
    "It raises BlockingIOError. Wait in select() first, which sleeps whatever the socket's mode is.",
)
def test_a_non_blocking_socket_is_read_as_well(kata, pair, background):
    sock, peer = pair
    sock.setblocking(False)
    reading = background(kata.read_urgent, sock)
    reading.asleep()
    peer.send(b"abc")
    peer.send(b"!", OOB)
    peer.close()
    assert reading.result() == (b"abc", b"!"), "your code did not wait for what came on a non-blocking socket"
    assert sock.gettimeout() == 0, "your code left the caller's socket in another mode"
