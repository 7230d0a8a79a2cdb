"""1.13: a close that first reads to the end, so that the peer gets everything and no reset."""

from contextlib import suppress

from dojo.suite import (
    Finding,
    fill,
    hints,
    read_to_end,
    reset,
    unread,
    wait_fin,
    wait_readable,
    wait_reset,
    wait_unread,
    wait_until,
)


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


@hints(
    "The peer has sent something that nobody read. What does close() make of that?",
    "Empty the receive queue before you close, and do not stop before the peer's end.",
    "shutdown(SHUT_WR), recv() until b'', close().",
)
def test_the_peer_reads_the_reply_and_the_end(kata, pair, background):
    sock, peer = pair
    peer.sendall(b"a long question")
    wait_unread(sock, 15)
    sock.sendall(b"go away")
    closing = background(kata.lingering_close, sock, 1000)
    settle(closing)
    # Nobody has read the question. The reply and a proper end must reach the peer all the same.
    assert receive(peer) == (7, "the end"), "close() with unread input resets the connection"
    peer.close()
    assert closing.result() == 15, "your code should throw the whole question away, and count it, before it closes"


@hints(
    "Sent does not mean arrived. Where is a reply that does not fit into the peer's receive queue?",
    "A reset throws away your send queue. Only reading to the peer's end prevents it, SO_LINGER does not.",
    "shutdown(SHUT_WR), recv() until b'', and only then close().",
)
def test_a_reply_in_flight_arrives_whole(kata, pair, background):
    sock, peer = pair
    peer.sendall(b"unread")
    wait_unread(sock, 6)
    total = fill(sock)
    # The peer's queue is full, and the tail of the reply still waits on this side.
    closing = background(kata.lingering_close, sock, 1000)
    settle(closing)
    size, end = receive(peer)
    assert end == "the end", "the reset has cut off a reply that was still on its way"
    assert size == total, "every byte that was sent before the close arrives"
    peer.close()
    closing.result()


@hints(
    "The peer ends when you end. Who goes first?",
    "Say your own end before you wait for the other: shutdown(SHUT_WR) comes before the first recv().",
)
def test_it_says_its_own_end_before_it_waits(kata, pair, background):
    sock, peer = pair
    closing = background(kata.lingering_close, sock, 1000)
    # The peer waits to be told that nothing more will come.
    assert receive(peer) == (0, "the end"), "both sides wait for the other's end"
    peer.close()
    assert closing.result() == 0, "nothing was sent, so nothing was thrown away"


@hints(
    "The queue is empty now. Does that mean that nothing more will come?",
    "Only b'' means it. Go on with recv(), and let it wait.",
)
def test_what_comes_later_is_thrown_away_too(kata, pair, background):
    sock, peer = pair
    peer.sendall(b"first")
    wait_unread(sock, 5)
    closing = background(kata.lingering_close, sock, 1000)
    wait_fin(peer)
    # What has come is gone by now. The peer has not ended, and a close would answer its next bytes with a reset.
    settle(closing)
    assert not closing.done, "an empty queue is not the peer's end: more may be on its way"
    peer.sendall(b"and second")
    peer.close()
    assert closing.result() == 15, "input counts whenever it comes, until the peer's end"


@hints(
    "The peer has ended before you were called. Is there anything to wait for?",
    "recv() hands out what is queued, and then b''. It does not wait at the end.",
)
def test_a_peer_that_has_ended_already(kata, pair):
    sock, peer = pair
    peer.sendall(b"bye")
    peer.close()
    wait_fin(sock)
    assert kata.lingering_close(sock, 1000) == 3, (
        "your code should throw away what came before the end, and count its bytes"
    )
    assert sock.fileno() == -1, "after the peer's end the socket is closed"


@hints(
    "How much may one recv() take, when only a few bytes are left up to the limit?",
    "Ask recv() for no more than limit - discarded.",
)
def test_the_limit_is_the_most_that_is_thrown_away(kata, pair, keep):
    sock, peer = pair
    peer.sendall(b"12345678")
    wait_unread(sock, 8)
    duplicate = keep(sock.dup())  # shows what is left in the queue
    # The peer does not end. Five bytes are thrown away, and that is enough.
    assert kata.lingering_close(sock, 5) == 5, "the limit is the most that is reported"
    assert sock.fileno() == -1, "at the limit the socket is closed"
    assert unread(duplicate) == 3, "more than limit bytes were taken from the socket"


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
    assert not closing.done, "six of ten bytes are not the limit, and the peer has not ended"
    peer.sendall(b"789abcdef")
    # Fifteen bytes in two pieces, and ten may go.
    assert closing.result() == 10, "the limit is for all pieces together"


@hints(
    "Nothing may be thrown away. What is there to wait for?",
    "At the limit the socket is closed at once; 0 is reached before the first recv().",
)
def test_a_limit_of_0_does_not_wait(kata, pair):
    sock, peer = pair
    sock.sendall(b"that was all")
    assert kata.lingering_close(sock, 0) == 0, "nothing may be thrown away, and nothing was"
    assert sock.fileno() == -1, "at the limit the socket is closed"
    assert read_to_end(peer) == b"that was all", "with nothing unread the peer gets the reply and the end"


@hints(
    "The peer is gone and the call that ends your side fails. Is the socket closed now?",
    "Use the socket as a context manager, or close it in a finally block.",
)
def test_a_connection_that_is_broken_already_is_closed(kata, pair):
    sock, peer = pair
    reset(peer)
    wait_reset(sock)
    with suppress(OSError):  # whether this is an error is open
        kata.lingering_close(sock, 1000)
    assert sock.fileno() == -1, "the connection is broken, and the socket was left open"


@hints(
    "The peer's reset ends your recv() with an error. Is the socket closed now?",
    "Everything from shutdown() on belongs under the protection of with or finally.",
)
def test_a_connection_that_breaks_meanwhile_is_closed(kata, pair, background):
    sock, peer = pair
    closing = background(kata.lingering_close, sock, 1000)
    wait_fin(peer)
    settle(closing)
    reset(peer)
    with suppress(OSError):  # whether this is an error is open
        closing.result()
    assert sock.fileno() == -1, "the connection broke, and the socket was left open"
