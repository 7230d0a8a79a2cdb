"""5.9: a connection whose peer does not read is not read from either, and the peer's send() feels it."""

import selectors
import socket

import pytest

from dojo.suite import (
    Finding,
    counted,
    drain,
    fill,
    hints,
    is_nonblocking,
    raises_errno,
    reset,
    small_buffers,
    unread,
    wait_reset,
)

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
PIECE = 65536  # bytes that one on_ready() may read


class Server:
    """One connection in a selector, and its client, which plays no part of its own accord."""

    def __init__(self, kata, selector, sock, client, high, low):
        self.sock, self.client = sock, client
        self._selector, self._high, self._low = selector, high, low
        self.ended = False  # whether the client has ended its side
        sock.setblocking(False)
        client.setblocking(False)
        self.conn = kata.EchoConnection(sock, high, low)
        selector.register(sock, READ)

    def turn(self):
        """Ask the selector once for what the connection wants, hand it over, and say whether there was anything."""
        wanted = self.conn.events
        if not wanted:
            return False
        self._selector.modify(self.sock, wanted)
        reported = self._selector.select(0)
        before, mask = self.state(), 0
        for _, mask in reported:
            self.conn.on_ready(mask)
        if reported and self.state() == before:
            raise Finding("your connection asked for what it did nothing about: a busy loop", "progress", "none")
        if not mask & READ:
            assert unread(self.sock) == before[0], (
                "your code read although READ was not reported, and not even asked for"
            )
        self._judge(bool(wanted & READ))
        assert before[0] - unread(self.sock) <= PIECE, "your code read more than 64 KiB in one turn"
        return bool(reported)

    def _judge(self, was_reading):
        """The rule of the two marks."""
        pending, reading = len(self.conn.output), bool(self.conn.events & READ)
        limit = self._high + PIECE
        assert pending <= limit, (
            "your code let more than high + 64 KiB be pending: the client does not read, and memory fills up"
        )
        if pending > self._high:
            assert not reading, "more than `high` bytes were pending, and your code asked to read on"
        elif pending > self._low and not was_reading:
            assert not reading, "your code had stopped reading, and read again before the output was down to `low`"
        elif pending <= self._low and not self.ended:
            assert reading, "no more than `low` was pending, and your code did not ask for input"

    def state(self):
        return unread(self.sock), unread(self.client), self.conn.output, self.conn.events

    def settle(self):
        """Turn after turn until nothing more can be done."""
        while self.turn():
            pass


@pytest.fixture
def serve(kata, selector, unix_pair):
    """`serve(high, low)`: an EchoConnection on one end of a stream, which is driven when the test says so."""
    sock, client = unix_pair

    def start(high=1000, low=100):
        return Server(kata, selector, sock, client, high, low)

    return start


def numbered(count):
    """Bytes of which no part is like another."""
    return b"".join(number.to_bytes(4, "big") for number in range(count))


@hints(
    "Nothing has come, nothing is pending. What is there to wait for?",
    "READ alone. WRITE would be reported in every turn.",
)
def test_a_new_connection_waits_for_input(serve):
    server = serve()
    assert server.conn.events == READ, "nothing was pending yet, and your events were not READ alone"
    assert server.conn.output == b"", "nothing had been read yet, and your output was not empty"
    assert type(server.conn.output) is bytes, "your output was not a bytes object"
    assert is_nonblocking(server.sock), (
        "your code made the socket blocking: a client that does not read stops the whole loop"
    )


@hints(
    "READ was reported. Where does what you read go to?",
    "recv() and append to the output; send() what is pending when WRITE is reported, and delete what was taken.",
)
def test_what_comes_goes_back(serve):
    server = serve()
    for message in (b"hello", b"world"):
        server.client.send(message)
        server.settle()
        assert drain(server.client) == message, "the client did not get back what it had sent"
        assert (server.conn.output, server.conn.events) == (b"", READ), (
            "all was sent, and your events were not READ alone"
        )


@hints(
    "There is no room at the client. Where is what you have read, and what do you wait for now?",
    "It is pending: ask for WRITE too. As long as it is less than `high`, go on reading.",
)
def test_below_the_high_mark_it_goes_on_reading(serve):
    server = serve(high=1000)
    fill(server.sock)
    # The client's buffer is full. It sends, and does not read.
    for number in range(1, 4):
        server.client.send(bytes([number]) * 300)
        server.settle()
        assert unread(server.sock) == 0, "less than `high` was pending, and your code stopped reading"
        words = "your code read bytes that were neither sent nor in `output`: they are lost"
        assert len(server.conn.output) == 300 * number, words
        assert server.conn.events == READ | WRITE, "`high` was not reached, and your events were not READ and WRITE"
    assert server.conn.output == b"\1" * 300 + b"\2" * 300 + b"\3" * 300, (
        "your output did not hold what was read, in order"
    )
    server.client.send(bytes(100))
    server.settle()
    assert server.conn.events == WRITE, "exactly `high` bytes were pending, and your code went on reading"


@hints(
    "1200 bytes are pending, and `high` is 1000. Do you still want to hear of input?",
    "events without READ: the bytes stay in the kernel. Do not read and drop them.",
)
def test_at_the_high_mark_it_stops_reading(serve):
    server = serve(high=1000)
    fill(server.sock)
    for _ in range(2):
        server.client.send(bytes(600))
        server.settle()
    assert not server.conn.events & READ, (
        "`high` was reached, and your code went on reading from a client that does not read"
    )
    assert server.conn.events == WRITE, "your code did not wait for room, so that what is pending can go out"
    before = len(server.conn.output), unread(server.sock)
    server.client.send(bytes(500))
    server.settle()
    after = len(server.conn.output), unread(server.sock)
    assert after == (before[0], before[1] + 500), "your code read what was sent while it had stopped reading"


@hints(
    "A client sends for ever and never reads. How much do you keep for it?",
    "Once `high` is pending, stop reading. The rest is done by the kernel.",
)
def test_the_pressure_reaches_the_sender(serve):
    server = serve(high=50_000, low=10_000)
    taken, enough = 0, 4_000_000
    # The client sends whenever it can, and never reads.
    while taken < enough:
        try:
            taken += server.client.send(bytes(PIECE))
        except BlockingIOError:
            if not server.turn():
                break
    else:
        raise Finding(
            "your code never stopped the sender", "its send() should raise EAGAIN", f"it took {counted(taken, 'byte')}"
        )
    with raises_errno("EAGAIN", words="your code never stopped the sender"):
        server.client.send(b"more")


def converse(server, message):
    """The client sends `message`, and reads only when neither side can go on; returns what it has got back."""
    sent, got = 0, b""
    while True:
        moved = server.turn()
        if sent < len(message):
            try:
                sent += server.client.send(message[sent : sent + PIECE])
                continue
            except BlockingIOError:
                pass
        if not moved:
            piece = drain(server.client)
            got += piece
            if not piece or len(got) > 1_000_000:
                return got


@hints(
    "The client reads again. What has to happen in the turn in which little enough is pending?",
    "READ has to come back. And what did send() return: was all of it taken?",
    "del output[:sent], and when `low` or less is left, ask for READ again.",
)
def test_when_the_client_reads_again_every_byte_comes_back(serve, unix_pair):
    small_buffers(*unix_pair)
    server = serve(high=20_000, low=5_000)
    message = numbered(50_000)
    # 200,000 bytes, of which the client reads some whenever nothing else can go on.
    assert converse(server, message) == message, "not every byte came back, in order, through all the pauses"
    assert server.conn.events == READ, "everything was sent, and your events were not READ alone"
    assert converse(server, message) == message, "the second message did not come back"


@hints(
    "It has stopped at `high`. When does it start again: as soon as there is less than that?",
    "Remember that you paused. Only at `low` or below does the pause end.",
)
def test_between_the_marks_it_goes_on_pausing(serve, unix_pair):
    small_buffers(*unix_pair)
    server = serve(high=40_000, low=20_000)
    for _ in range(100):
        if server.conn.events & READ:
            server.client.send(bytes(1000))
            server.settle()
    # It has stopped. Now the client reads, a little at a time, and sends no more.
    between = set()
    while server.conn.output and drain(server.client):
        server.settle()
        if len(server.conn.output) > 20_000:
            between.add(server.conn.events)
    assert between == {WRITE}, "between the marks, after a pause, your events were not WRITE alone"
    assert server.conn.events == READ, "nothing was pending any more, and your code did not read again"


@hints(
    "`low` may be 0. Can fewer than 0 bytes be pending?",
    "At or below the mark: <=, not <.",
)
def test_the_low_mark_itself_is_low_enough(serve):
    server = serve(high=1, low=0)
    message = numbered(100)
    for _ in range(3):
        got = converse(server, message)
        assert got == message, "nothing was pending, which is as low as `low`, and your code did not read again"


@hints(
    "recv() returns b''. Will there ever be anything to read again?",
    "No: take READ out of events. When nothing is pending either, events is 0.",
)
def test_at_the_end_there_is_nothing_more_to_wait_for(serve):
    server = serve()
    server.client.send(b"farewell")
    server.client.shutdown(socket.SHUT_WR)
    server.ended = True
    server.settle()
    assert server.conn.events == 0, "the stream had ended and all was sent, and your events were not 0"
    assert drain(server.client) == b"farewell", "what came before the end did not go back"
    assert server.sock.fileno() != -1, "your code closed the socket, which is the caller's"


@hints(
    "The client has ended its side. Does it still read?",
    "It may: what is pending goes out as before. Only READ is over.",
)
def test_what_is_pending_at_the_end_still_goes_out(serve, unix_pair):
    small_buffers(*unix_pair)
    server = serve(high=20_000, low=5_000)
    message = numbered(10_000)
    sent = 0
    while sent < len(message) and unread(server.sock) == 0:
        sent += server.client.send(message[sent : sent + 1000])
        server.settle()
    # It has stopped reading, there is more to read, and behind that the end.
    server.client.shutdown(socket.SHUT_WR)
    server.ended = True
    got = converse(server, b"")
    assert got == message[:sent], "your code lost bytes that came before the end"
    assert server.conn.events == 0, "the stream had ended and all was sent, and your events were not 0"


@hints(
    "The client has reset the connection. Who must be told?",
    "The caller: catch BlockingIOError, and no other error.",
)
def test_a_reset_propagates(kata, pair):
    sock, client = pair
    sock.setblocking(False)
    conn = kata.EchoConnection(sock, 1000, 100)
    reset(client)
    wait_reset(sock)
    with raises_errno("ECONNRESET", words="the connection was reset, and the caller never finds out"):
        conn.on_ready(READ)
    assert sock.fileno() != -1, "your code closed the socket, which is the caller's"


@hints(
    "A server has many of these. Whose output is it?",
    "What is set in the class body is everybody's. Set it in __init__, on self.",
)
def test_each_connection_has_its_own_output(serve, kata, pair):
    server = serve(high=10, low=0)
    sock, _ = pair
    sock.setblocking(False)
    other = kata.EchoConnection(sock, 1000, 100)
    fill(server.sock)
    server.client.send(b"twenty bytes of text")
    server.settle()
    assert (other.output, other.events) == (b"", READ), "output of one connection was pending on another"
    assert server.conn.events == WRITE, "your connection used the `high` of another one"


@hints(
    "Nothing is there to be read after all, or there is no room after all. How do the calls say so?",
    "BlockingIOError: nothing has happened, and that is all. It is not the end of the stream.",
    "READ may be reported when you have stopped reading. Read only if `events` asks for it.",
)
def test_a_false_alarm_changes_nothing(serve):
    server = serve()
    # The selector said READ, but somebody else was faster.
    server.conn.on_ready(READ)
    assert server.conn.events == READ, "nothing was there to be read, and your code took that for the end"
    fill(server.sock)
    server.client.send(b"hello")
    server.conn.on_ready(READ)
    server.conn.on_ready(WRITE)
    assert server.conn.output == b"hello", "there was no room after all, and your code lost what was read"
    assert server.conn.events == READ | WRITE, "there was no room after all, and your events were not READ and WRITE"
    server.client.send(bytes(2000))
    server.conn.on_ready(READ)
    assert server.conn.events == WRITE, "more than `high` bytes were pending, and your code asked to read on"
    server.client.send(b"more")
    before = server.state()
    server.conn.on_ready(READ)
    assert server.state() == before, "your code read although it had stopped reading: READ was reported, not asked for"
