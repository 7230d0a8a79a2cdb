"""1.13: a close that first reads to the end, so that the peer gets everything and no reset."""

import itertools
import socket
import struct
import tracemalloc
from contextlib import suppress

import pytest

from dojo.suite import (
    READS,
    Finding,
    break_off,
    fill,
    hints,
    interrupted,
    read_to_end,
    requirement,
    reset,
    unread,
    wait_fin,
    wait_readable,
    wait_reset,
    wait_unread,
    wait_until,
)

MANY = 8 << 20  # bytes: more than anybody makes room for
RECEIVE_LIMIT = (socket.SOL_SOCKET, socket.SO_RCVTIMEO)  # socket(7)
AT_ONCE = struct.pack("ll", 0, 1)  # a microsecond


def settle(closing):
    """Wait until the function has returned, or sleeps: it does nothing more before the peer acts."""
    try:
        closing.asleep()
    except Finding:
        if not closing.done:
            raise


def receive(peer):
    """How many bytes the peer still gets, and how its stream ends."""
    size = 0
    while True:
        wait_readable(peer, "the end at the peer: nobody has told it that nothing more will come")
        try:
            piece = peer.recv(65536)
        except ConnectionError:
            return size, "a reset"
        if not piece:
            return size, "the end"
        size += len(piece)


@requirement(4, 5)
@hints(
    "The peer has sent something that nobody read. What does close() make of that?",
    "Empty the receive queue before you close, and do not stop before the peer's end.",
    "shutdown(SHUT_WR), recv() until b'', close().",
)
@hints(
    "How many bytes did recv() hand you, in all?",
    "Add up the lengths of the pieces, and return the sum.",
    when="did not return how many bytes",
)
def test_the_peer_reads_the_reply_and_the_end(kata, pair, background):
    sock, peer = pair
    peer.sendall(b"a long question")
    wait_unread(sock, 15)
    sock.sendall(b"go away")
    closing = background(kata.lingering_close, sock, 1000)
    settle(closing)
    with suppress(OSError):
        peer.shutdown(socket.SHUT_WR)
    # Nobody has read the question. The reply and a proper end must reach the peer all the same.
    assert receive(peer) == (7, "the end"), "your code closed with unread input, and the connection was reset"
    assert closing.result() == 15, "your code did not return how many bytes it threw away"


@requirement(4)
@hints(
    "Sent does not mean arrived. Where is a reply that does not fit into the peer's receive queue?",
    "A reset throws away your send queue. Only reading to the peer's end prevents it, SO_LINGER does not.",
    "shutdown(SHUT_WR), recv() until b'', and only then close().",
)
def test_a_reply_in_flight_arrives_whole(kata, pair, background, comes):
    sock, peer = pair
    peer.sendall(b"unread")
    wait_unread(sock, 6)
    total = fill(sock)
    # The peer's queue is full, and the tail of the reply still waits on this side.
    closing = background(kata.lingering_close, sock, 1000)
    settle(closing)
    with suppress(OSError):
        peer.shutdown(socket.SHUT_WR)
    comes(lambda: closing.done, "lingering_close() to return")
    size, end = receive(peer)
    assert end == "the end", "a reset cut off a reply that was still on its way"
    assert size == total, "bytes that were sent before the close did not arrive"
    closing.result()


@requirement(1)
@hints(
    "The peer ends when you end. Who goes first?",
    "Say your own end before you wait for the other: shutdown(SHUT_WR) comes before the first recv().",
)
@pytest.mark.parametrize("question", [b"", b"how much?"], ids=["nothing unread", "nine bytes unread"])
def test_it_says_its_own_end_before_it_reads_or_waits(kata, pair, background, tape, question):
    sock, peer = pair
    peer.sendall(question)
    wait_unread(sock, len(question))
    closing = background(kata.lingering_close, sock, 1000)
    # The peer waits to be told that nothing more will come.
    assert receive(peer) == (0, "the end"), "the peer waited for the end of what you send, and got something else"
    peer.close()
    closing.result()
    if "shutdown" in tape.order():
        before = itertools.takewhile(lambda call: call.name != "shutdown", tape.calls())
        early = [call.text for call in before if call.waited or call.name in (*READS, "sleep")]
        assert early == [], "your code read or waited before it told the peer that nothing more will come"


@requirement(2, 5)
@hints(
    "The queue is empty now. Does that mean that nothing more will come?",
    "Only b'' means it. Go on with recv(), and let it wait.",
)
def test_what_comes_later_is_thrown_away_too(kata, pair, background):
    sock, peer = pair
    peer.sendall(b"first")
    wait_unread(sock, 5)
    closing = background(kata.lingering_close, sock, 1000)
    # What has come is thrown away. The peer has not ended, and a close would answer its next bytes with a reset.
    settle(closing)
    assert not closing.done, "the queue was empty, and your code took that for the peer's end"
    peer.sendall(b"and second")
    peer.close()
    assert closing.result() == 15, "your code did not return how many bytes came until the peer's end"


@requirement(2)
@hints(
    "How long may a peer be silent before it ends?",
    "As long as it likes: the limit is one of bytes. No time that passes is the peer's end.",
)
def test_a_silent_peer_is_waited_for(virtual_time, kata, pair, background):
    sock, peer = pair
    closing = background(kata.lingering_close, sock, 1000)
    virtual_time.advance(61)
    peer.sendall(b"at last")
    peer.close()
    assert closing.result() == 7, "the peer was silent for a minute, and your code did not wait for its end"


@requirement(2)
@hints(
    "How long may a peer be silent before it ends? And what limits your recv()?",
    "SO_RCVTIMEO limits it as settimeout() does. Set neither: no time that passes is the peer's end.",
)
def test_no_limit_of_the_socket_is_the_end(kata, pair, keep, tape):
    sock, peer = pair
    same, begun = keep(sock.dup()), []

    def limit_passes():  # what is set now counts for the same recv(), which goes on after the signal (PEP 475)
        if limited := any(same.getsockopt(*RECEIVE_LIMIT, 16)):
            same.setsockopt(*RECEIVE_LIMIT, AT_ONCE)
        begun.append(len(tape.calls()) if limited else -1)

    def speak():
        wait_until(lambda: begun and len(tape.calls()) > begun[0], "the call to end whose limit has passed")
        with suppress(OSError), peer:
            peer.sendall(b"at last")

    with interrupted(limit_passes, then=speak):
        thrown = kata.lingering_close(sock, 1000)
    assert thrown == 7, "the limit of a recv() passed, and your code took that for the peer's end"


@requirement(4, 5)
@hints(
    "The peer ended before you were called. Is there anything to wait for?",
    "recv() hands out what is queued, and then b''. It does not wait at the end.",
)
def test_a_peer_that_has_ended_already(kata, pair):
    sock, peer = pair
    peer.sendall(b"bye")
    peer.close()
    wait_fin(sock)
    thrown = kata.lingering_close(sock, 1000)
    assert thrown == 3, "three bytes came before the end, and your code did not return that number"
    assert sock.fileno() == -1, "the peer had ended, and your code left the socket open"


@requirement(3, 5)
@hints(
    "How much may one recv() take, when only a few bytes are left up to the limit?",
    "Ask recv() for no more than limit - discarded.",
)
@hints(
    "The limit is reached. What else is there to wait for?",
    "Nothing: look at the limit before each recv(), and not at what may come after it.",
    when="still blocked",
)
@hints(
    "How many bytes did recv() hand you, in all?",
    "Add up the lengths of the pieces, and return the sum.",
    when="returned another number",
)
@pytest.mark.parametrize("size", [8, 5])
def test_the_limit_is_the_most_that_is_thrown_away(kata, pair, keep, size):
    sock, peer = pair
    peer.sendall(bytes(size))
    wait_unread(sock, size)
    duplicate = keep(sock.dup())  # shows what is left in the queue
    # The peer does not end. Five bytes are thrown away, and that is enough, also if no more have come.
    thrown = kata.lingering_close(sock, 5)
    left = unread(duplicate)
    assert left == size - 5, "the limit was 5 bytes, and your code took another number from the socket"
    assert sock.fileno() == -1, "the limit was reached, and your code left the socket open"
    assert thrown == 5, "five bytes were thrown away, and your code returned another number"


@requirement(3, 5)
@hints(
    "Is the limit for one recv() or for all of them together?",
    "Each piece makes what is left of the limit smaller.",
)
def test_the_limit_counts_all_pieces_together(kata, pair, background):
    sock, peer = pair
    closing = background(kata.lingering_close, sock, 10)
    peer.sendall(b"123456")
    wait_until(lambda: sock.fileno() == -1 or unread(sock) == 0, "the first piece to be thrown away")
    settle(closing)
    assert not closing.done, "six of ten bytes had come, the peer had not ended, and your code did not wait"
    peer.sendall(b"789abcdef")
    # Fifteen bytes in two pieces, and ten may go.
    assert closing.result() == 10, (
        "the limit was 10 bytes for all pieces together, and your code returned another number"
    )


@requirement(3)
@hints(
    "Nothing may be thrown away. What is there to wait for?",
    "At the limit the socket is closed at once; 0 is reached before the first recv().",
)
def test_a_limit_of_0_does_not_wait(kata, pair):
    sock, peer = pair
    sock.sendall(b"that was all")
    assert kata.lingering_close(sock, 0) == 0, "nothing may be thrown away, and your code returned another number"
    assert sock.fileno() == -1, "the limit was reached, and your code left the socket open"
    assert read_to_end(peer) == b"that was all", "nothing was unread, and the peer did not get the reply and the end"


@requirement(3, 5)
@hints(
    "How many bytes does your code make room for, before any have come?",
    "Throw them away in pieces: recv(min(65536, limit - discarded)).",
)
@hints(
    "You need the number of bytes alone. What does your code keep of the bytes?",
    "Nothing must be left of a piece but its length: discarded += len(piece).",
    when="kept",
)
def test_the_limit_may_be_more_than_memory_holds(kata, pair, background):
    sock, peer = pair

    def talk(data):
        with suppress(OSError), peer:
            peer.sendall(data)

    background(talk, bytes(MANY))
    tracemalloc.start()
    thrown = kata.lingering_close(sock, 1 << 40)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert thrown == MANY, "your code did not return how many bytes came before the end"
    assert most < MANY, "many megabytes came, and your code kept them all"


@requirement(5, 6)
@hints(
    "The peer is gone and the call that ends your side fails. Is the socket closed now?",
    "Use the socket as a context manager, or close it in a finally clause.",
)
def test_a_connection_that_is_broken_already_is_closed(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    with suppress(OSError):  # whether this is an error is open
        thrown = kata.lingering_close(sock, 1000)
        assert thrown == 0, "nothing had come before the connection broke, and your code returned another number"
    assert sock.fileno() == -1, "the connection was broken, and your code left the socket open"


@requirement(5, 6)
@hints(
    "The peer's reset ends your recv() with an error. Is the socket closed now?",
    "Put everything from shutdown() on into a with or a try with finally.",
)
@hints(
    "Seven bytes were thrown away before the connection broke. What do you return then?",
    "Their number, or nothing at all: let the error propagate. Count in a variable that outlives the error.",
    when="another number",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH"])
def test_a_connection_that_breaks_meanwhile_is_closed(kata, pair, background, error):
    sock, peer = pair
    closing = background(kata.lingering_close, sock, 1000, may_raise=True)
    peer.sendall(b"so much")
    wait_until(lambda: closing.done or sock.fileno() == -1 or unread(sock) == 0, "the bytes to be thrown away")
    settle(closing)
    break_off(peer, error)
    with suppress(OSError):  # whether this is an error is open
        thrown = closing.result()
        assert thrown == 7, f"recv() failed with {error} after seven bytes, and your code returned another number"
    assert sock.fileno() == -1, f"recv() failed with {error}, and your code left the socket open"
