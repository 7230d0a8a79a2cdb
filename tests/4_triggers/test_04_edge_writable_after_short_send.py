"""4.4: edge-triggered EPOLLOUT follows only a send that was short or refused, so a writer has to try first."""

import select
import socket

import pytest

from dojo.suite import (
    Finding,
    break_off,
    counted,
    fill,
    hints,
    is_readable,
    linux_only,
    mode_of,
    numbered,
    raises_errno,
    tcp_state,
    unacknowledged,
    unread,
    wait_reset,
    wait_until,
)

pytestmark = linux_only("epoll")

LONG = 480_000  # bytes: more than the buffers below hold


@pytest.fixture
def watch(epoll):
    """`watch(sock)`: non-blocking, with little room, watched for EPOLLOUT; the edge of the registration is taken."""

    def begin(sock):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        sock.setblocking(False)
        epoll.register(sock, select.EPOLLOUT | select.EPOLLET)
        # There is room from the start, and this was said once; it will not be said again.
        assert len(epoll.poll(0)) == 1, "a socket with room is reported when it is registered"
        assert epoll.poll(0) == [], "and not a second time"
        return sock

    return begin


def settled(sock):
    """Whether a connection is at rest: the peer's kernel has all that was sent, and this one knows it."""
    if sock.family == socket.AF_UNIX:
        return True  # what one end does, the other knows at once
    # tcp_state() waits until the kernel has done with the last acknowledgement and told epoll of the room.
    return unacknowledged(sock) == 0 and tcp_state(sock) == "ESTABLISHED"


def moves(epoll, sock, peer):
    """Whether there is something to read, an edge, or the rest at which neither will come any more."""
    return bool(unread(peer) or is_readable(epoll) or settled(sock))


def deliver(epoll, writer, sock, peer, size):
    """What the peer reads, while each edge is handed to the writer, until so many bytes have come or no more can."""
    came = bytearray()
    while len(came) < size:
        at_rest = settled(sock)
        edges = epoll.poll(0)
        for _ in edges:
            writer.on_writable()
        if ready := unread(peer):
            came += peer.recv(ready)
        elif at_rest and not edges:
            writer.on_writable()  # an edge out of turn: does the writer still have the rest?
            wait_until(lambda: unread(peer) or settled(sock), "what an edge out of turn brings")
            words = "your code lost bytes: the kernel did not take them, and you did not keep them"
            if unread(peer):
                words = "bytes are stranded: the peer has read all that was sent, and no edge will come for the rest"
            raise Finding(words, f"{counted(size, 'byte')} at the peer", f"{len(came):,}, and nothing is under way")
        elif not edges:
            wait_until(
                lambda: moves(epoll, sock, peer),
                f"{counted(size, 'byte')} at the peer, of which {len(came):,} have come",
            )
    return bytes(came)


@hints(
    "The registration's edge is gone, and there is room. Who will call on_writable()?",
    "Nobody, before send() has refused something. So which call has to begin?",
    "write() sends at once, as far as there is room.",
)
def test_what_fits_goes_at_once(kata, watch, unix_pair):
    sock, peer = unix_pair
    writer = kata.EdgeWriter(watch(sock))
    writer.write(b"ten bytes.")
    assert unread(peer) == 10, "there was room, and your write() did not send: no edge will come to say so"
    assert peer.recv(100) == b"ten bytes.", "the peer did not read what was written"


@hints(
    "send() took a part. What becomes of the rest, and what tells you to send it?",
    "Keep the rest. The short count has armed the edge: on_writable() will be called when there is room again.",
    "In write() and in on_writable(): send until nothing is pending or BlockingIOError.",
)
def test_what_does_not_fit_goes_out_edge_by_edge(kata, epoll, watch, pair):
    sock, peer = pair
    writer = kata.EdgeWriter(watch(sock))
    writer.write(numbered(LONG))
    came = deliver(epoll, writer, sock, peer, LONG)
    assert came == numbered(LONG), "your code did not send every byte once and in order"
    assert unread(peer) == 0, "all had come, and then more came: your code sent something twice"


@hints(
    "The first write fitted, and the peer has read it. Does that make an edge?",
    "No: nobody was refused. Each write() has to try for itself, not the first alone.",
)
def test_small_writes_need_no_edge(kata, epoll, watch, pair):
    sock, peer = pair
    writer = kata.EdgeWriter(watch(sock))
    for said in (b"first", b"second", b"third"):
        writer.write(said)
        assert deliver(epoll, writer, sock, peer, len(said)) == said, (
            "there was room, and what was written did not arrive"
        )


@hints(
    "No room at all: send() fails. Has the edge been armed by that?",
    "It has: BlockingIOError means that on_writable() will be called. Keep the data until then.",
)
def test_a_refused_write_is_kept(kata, epoll, watch, pair):
    sock, peer = pair
    watch(sock)
    before = fill(sock)
    # Somebody else has filled the buffers to the brim; the peer reads later.
    writer = kata.EdgeWriter(sock)
    writer.write(b"one, ")
    writer.write(b"two")
    came = deliver(epoll, writer, sock, peer, before + 8)
    assert came[before:] == b"one, two", (
        "your code did not keep what was refused, and send it in order when there was room"
    )


@hints(
    "There is room again, and something is still pending. May new data go first?",
    "Put new data behind what is pending, and always send from the front.",
)
def test_nothing_overtakes_what_is_pending(kata, epoll, watch, unix_pair):
    sock, peer = unix_pair
    writer = kata.EdgeWriter(watch(sock))
    writer.write(numbered(LONG))
    # The peer reads all that has come. There is room again, and before anybody looks at epoll:
    came = peer.recv(unread(peer))
    writer.write(b"the end")
    came += deliver(epoll, writer, sock, peer, LONG + 7 - len(came))
    assert came == numbered(LONG) + b"the end", "your code did not send what was written later behind what was pending"


@hints(
    "All has gone out. Is the writer now as it was at the start?",
    "Nothing is pending and nothing is armed: the next write() has to try at once again.",
)
def test_a_writer_that_was_emptied_begins_again(kata, epoll, watch, pair):
    sock, peer = pair
    writer = kata.EdgeWriter(watch(sock))
    for number in (1, 2, 3):
        writer.write(numbered(LONG))
        came = deliver(epoll, writer, sock, peer, LONG)
        assert came == numbered(LONG), f"long write {number} did not go out whole"


@hints(
    "What does on_writable() send when nothing is pending?",
    "Nothing, and it is not an error: the registration is reported, and other events bring EPOLLOUT along.",
)
def test_an_edge_with_nothing_to_send(kata, watch, unix_pair):
    sock, peer = unix_pair
    writer = kata.EdgeWriter(watch(sock))
    writer.on_writable()
    assert unread(peer) == 0, "nothing was written, and your code sent something"
    writer.write(b"once")
    writer.on_writable()
    assert unread(peer) == 4, "all was taken at once, and your code sent it a second time"


@hints(
    "on_writable() finds no room. Is that an error?",
    "Turn BlockingIOError into nothing at all, there as well as in write(): all is kept.",
)
def test_an_edge_without_room_changes_nothing(kata, epoll, watch, unix_pair):
    sock, peer = unix_pair
    writer = kata.EdgeWriter(watch(sock))
    writer.write(numbered(LONG))
    # The peer has not read a byte: the buffers are full, whatever made somebody call on_writable().
    writer.on_writable()
    writer.on_writable()
    came = deliver(epoll, writer, sock, peer, LONG)
    assert came == numbered(LONG), "a call found no room, and your code lost bytes or sent some twice"


@hints(
    "What is made in the body of a class is shared by all its objects.",
    "What is pending belongs to one socket: make it in __init__.",
)
def test_each_writer_has_its_own_bytes(kata, epoll, watch, pair, unix_pair):
    sock, peer = pair
    other, its_peer = unix_pair
    writer, second = kata.EdgeWriter(watch(sock)), kata.EdgeWriter(watch(other))
    writer.write(numbered(LONG))
    second.write(b"hello")
    assert unread(its_peer) == 5, "a writer did not send to its own socket just what was written to it"
    epoll.unregister(other)
    came = deliver(epoll, writer, sock, peer, LONG)
    assert came == numbered(LONG), "your code mixed the bytes of two writers"


@hints(
    "The connection is broken. Will there ever be room again?",
    "Which exception means that there is no room? Catch only that one.",
    "BlockingIOError. A reset is ConnectionResetError; ETIMEDOUT is TimeoutError: let both propagate.",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_failed_connection_is_not_a_full_one(kata, watch, pair, error):
    sock, peer = pair
    writer = kata.EdgeWriter(watch(sock))
    break_off(peer, error)
    wait_reset(sock)
    with raises_errno(error, "EPIPE", words="the connection failed, and your write() took it for a full one"):
        writer.write(b"hello?")
    assert sock.gettimeout() == 0.0, "the connection failed, and your code left the caller's socket in another mode"


@hints(
    "Bytes are pending, and the connection breaks: epoll reports that, too. What tells the caller?",
    "An error that send() raises in on_writable() propagates, unless it is BlockingIOError.",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_connection_that_fails_later_shows_in_on_writable(kata, epoll, watch, pair, error):
    sock, peer = pair
    writer = kata.EdgeWriter(watch(sock))
    writer.write(numbered(LONG))
    wait_until(lambda: unread(peer) > 0, "the first bytes at the peer")
    break_off(peer, error)
    wait_reset(sock)
    assert len(epoll.poll(0)) == 1, "a broken connection is an edge"
    words = "the connection failed while bytes were pending, and the caller never finds out"
    with raises_errno(error, "EPIPE", words=words):
        writer.on_writable()


@hints(
    "While write() waits, no other connection is served.",
    "Send what there is room for and return; leave the socket's mode alone.",
)
def test_it_never_waits_and_leaves_the_mode_alone(kata, watch, unix_pair, tape):
    sock, _ = unix_pair
    writer = kata.EdgeWriter(watch(sock))
    before = mode_of(sock)
    writer.write(numbered(LONG))
    writer.on_writable()
    waited = [call.text for call in tape.waits()]
    assert waited == [], "your code waited for room: an edge tells when there is some"
    assert mode_of(sock) == before, "your code left the caller's socket in another mode"
