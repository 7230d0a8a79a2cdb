"""3.4: an idle connection is writable all the time, so room is watched for only while output is pending."""

import select
import socket
from types import SimpleNamespace

import pytest

from dojo.suite import GREEN, fill, hints, on_stub, read_exactly, small_buffers, unread


@pytest.fixture
def connect_pair(keep, tape):
    """`connect_pair(name, pending)` gives a connection with that output, and its peer."""

    def make(name="sock", pending=b""):
        sock, peer = keep(socket.socketpair())
        small_buffers(sock, peer)
        tape.label(sock, name)
        tape.label(peer, f"{name}'s peer")
        return SimpleNamespace(sock=sock, pending=bytearray(pending), name=name), peer

    return make


def ready(kata, *connections):
    """The names of those that select() finds readable and writable, just now, in the lists of the kata."""
    readers, writers = kata.interest(list(connections))
    found = select.select(readers, writers, [], 0)
    return tuple(sorted(one.name for one in connections if one.sock in part) for part in found[:2])


@on_stub("nothing happened, and the loop was woken at once: a busy loop")
@hints(
    "Nobody has sent anything, and there is nothing to send. What should the loop do?",
    "Sleep. But a socket with room in its buffer is writable, and that is the normal state of it.",
    "Put a socket into the second list only if its connection has pending output.",
)
def test_idle_connections_let_the_loop_sleep(kata, connect_pair):
    one, _ = connect_pair("one")
    other, _ = connect_pair("other")
    for _ in range(100):
        # A turn of the loop. Nothing happens: select() must find nothing, this time and every time.
        assert ready(kata, one, other) == ([], []), "nothing happened, and the loop was woken at once: a busy loop"


@on_stub(GREEN)
@hints(
    "What does the signature promise?",
    "A tuple of two lists. A set, a generator or a filter object is not a list.",
)
def test_two_lists_are_returned(kata, connect_pair):
    one, _ = connect_pair("one")
    for connections, size in (([], 0), ([one], 1)):
        answer = kata.interest(connections)
        assert [type(answer), *map(type, answer)] == [tuple, list, list], (
            "your code did not return a tuple of two lists"
        )
        assert len(answer[0]) == size, "your readers were not the sockets of all connections, each of them once"
        assert len(answer[1]) <= size, "your code put a socket among the writers more than once"


@on_stub(GREEN)
@hints(
    "You are asked what to watch. Who sends?",
    "The loop sends, when select() has found room. interest() only looks at `pending`.",
)
def test_it_only_tells_what_to_watch(kata, connect_pair):
    one, peer = connect_pair("one", b"reply")
    mode = one.sock.gettimeout()
    kata.interest([one])
    assert one.pending == b"reply", "your code changed the pending output, which is the loop's to send"
    assert unread(peer) == 0, "your code sent something to the peer: interest() only tells what to watch"
    assert one.sock.gettimeout() == mode, "your code left the socket in another mode or with another timeout"


@on_stub(GREEN)
@hints(
    "What tells the loop that a peer has sent something?",
    "The first list: every connection's socket belongs into it.",
)
def test_input_wakes_the_loop(kata, connect_pair):
    one, peer = connect_pair("one")
    other, other_peer = connect_pair("other")
    peer.sendall(b"hello")
    assert "one" in ready(kata, one, other)[0], "input had come, and your lists did not tell the loop"
    other_peer.sendall(b"hello")
    assert ready(kata, one, other)[0] == ["one", "other"], (
        "input had come on both connections, and your lists did not tell the loop of both"
    )


@on_stub(GREEN)
@hints(
    "There is output, and room for it. What tells the loop to send?",
    "The second list: a socket with pending output belongs into it.",
)
def test_pending_output_waits_for_room(kata, connect_pair):
    one, _ = connect_pair("one", b"reply")
    assert ready(kata, one)[1] == ["one"], (
        "output was pending and there was room, and your lists did not tell the loop to send"
    )


@on_stub(GREEN)
@hints(
    "There is no room just now. What tells the loop when there is?",
    "select(), if the socket is in the second list: that is what the list is for.",
    "Do not ask whether the socket is writable. Ask whether there is anything to send.",
)
def test_output_without_room_waits_until_there_is_some(kata, connect_pair):
    one, peer = connect_pair("one", b"reply")
    size = fill(one.sock)
    readers, writers = kata.interest([one])
    # The send buffer is full: the loop sleeps now.
    assert select.select(readers, writers, [], 0) == ([], [], []), (
        "there was no room and nothing had come, and the loop was woken"
    )
    read_exactly(peer, size)
    # The peer has read it all. The loop, asleep with the lists from before, is woken.
    woken = select.select(readers, writers, [], 0)[1]
    assert len(woken) == 1, "there was room again and output for it, and your lists did not watch for the room"


@on_stub("input had come while output was pending, and your lists did not watch for it: input starves")
@hints(
    "Output waits, and the peer sends. Is it one or the other?",
    "Reading does not depend on what there is to send: a socket may be in both lists.",
    "The list of readers has every connection's socket, with no condition.",
)
def test_input_is_read_while_output_is_pending(kata, connect_pair):
    one, peer = connect_pair("one", b"reply")
    fill(one.sock)
    # The peer does not read until it has sent what it has to say. Both must go on.
    peer.sendall(b"and another thing")
    assert ready(kata, one)[0] == ["one"], (
        "input had come while output was pending, and your lists did not watch for it: input starves"
    )


@on_stub("a connection had nothing to send, and your code watched it for room: a busy loop")
@hints(
    "One connection has output that does not fit. What do the others have to do with it?",
    "Decide for each connection by its own pending output.",
)
def test_the_output_of_one_is_no_reason_to_watch_the_others(kata, connect_pair):
    busy, _ = connect_pair("busy", b"reply")
    idle, _ = connect_pair("idle")
    fill(busy.sock)
    # The busy one has no room and the idle one has no output: there is nothing to do.
    for order in ([busy, idle], [idle, busy]):
        assert ready(kata, *order)[1] == [], (
            "a connection had nothing to send, and your code watched it for room: a busy loop"
        )


@on_stub("your writers were not the connections with output, all of them and no others")
@hints(
    "Two of these three have something to send. How many are in your list?",
    "Go through all the connections, and do not stop at the first that has output.",
)
def test_everyone_with_output_is_watched_for_room(kata, connect_pair):
    connections = [connect_pair(name, pending)[0] for name, pending in (("a", b"x"), ("b", b""), ("c", b"y"))]
    _, writers = ready(kata, *connections)
    assert writers == ["a", "c"], "your writers were not the connections with output, all of them and no others"


@on_stub("all output had been sent, and your code still watched for room: a busy loop")
@hints(
    "The output was sent. Is there any reason left to ask for room?",
    "Keep nothing between the calls: each one looks at the pending output as it is now.",
)
def test_the_interest_ends_with_the_output(kata, connect_pair):
    one, _ = connect_pair("one")
    kata.interest([one])
    one.pending += b"reply"
    assert ready(kata, one)[1] == ["one"], (
        "output had been added since the last call, and your code did not watch for room"
    )
    del one.pending[:2]
    assert ready(kata, one)[1] == ["one"], (
        "a part of the output had been sent, and your code did not watch for room for the rest"
    )
    one.pending.clear()
    assert ready(kata, one)[1] == [], "all output had been sent, and your code still watched for room: a busy loop"


@on_stub("all had been sent, and the loop went round with nothing to do")
@hints(
    "The answer is long, the buffer is small and the peer reads. When does the loop have nothing to do?",
    "When all is sent. Until then the second list has the socket, and from then on it has not.",
)
def test_a_long_output_goes_out_and_then_the_loop_sleeps(kata, connect_pair, background):
    data = bytes(range(256)) * 1000
    one, peer = connect_pair("one", data)
    one.sock.setblocking(False)
    reading = background(read_exactly, peer, len(data))
    while one.pending:
        readers, writers = kata.interest([one])
        assert len(writers) == 1, "there was more to send, and your lists did not watch for the room"
        select.select(readers, writers, [])
        del one.pending[: one.sock.send(one.pending)]
    assert reading.result() == data, "the peer did not get the whole output"
    assert ready(kata, one) == ([], []), "all had been sent, and the loop went round with nothing to do"


@on_stub("the same socket stood twice")
@hints(
    "One connection is given twice. How often is its socket to be watched?",
    "A dict has each key once, and keeps the order: dict.fromkeys().",
)
def test_a_socket_stands_once_in_each_list(kata, connect_pair):
    one, _ = connect_pair("one", b"reply")
    other, _ = connect_pair("other")
    readers, writers = kata.interest([one, other, one])
    names = {one.sock: "one", other.sock: "other"}
    watched = sorted(names.get(sock, "?") for sock in readers)
    assert watched == ["one", "other"], "one connection was given twice, and the same socket stood twice in your list"
    assert len(writers) == 1, "one connection was given twice, and the same socket stood twice among your writers"
