"""6.9: each operation has its result by a callback, and every call on a socket is made by run_once()."""

import errno
import selectors
import socket
from functools import partial

import pytest

from dojo.suite import Finding, drain, hints, is_nonblocking, loops, numbered, raises_errno, reset, unread, wait_reset

BULK = 800_000  # bytes: more than the buffers of a socketpair hold


sleepless = partial(
    loops.sleepless, words="there was something to report, or run_once(0) was called, and your code waited for a socket"
)


@pytest.fixture
def watched(keep):
    return sleepless(keep(selectors.DefaultSelector()))


@pytest.fixture
def completions(kata, watched):
    return kata.Completions(watched)


def turn(completions, timeout=0):
    """Call run_once(), which no error of a socket may leave."""
    try:
        completions.run_once(timeout)
    except (OSError, EOFError) as error:
        words = (
            "an error of a socket propagated from run_once(), and stopped all the others: its callback should get it"
        )
        raise Finding(words, "run_once() should return", f"it raises {said(error)}") from error


def answers(completions, results, count):
    """What has been called back, after as many turns as that takes, and one more."""
    for _ in range(20):
        if len(results) < count:
            turn(completions)
    turn(completions)
    return [said(result) for result in results]


def said(result):
    """A result as it is; an exception by its name."""
    if isinstance(result, OSError) and result.errno is not None:
        return errno.errorcode[result.errno]
    if isinstance(result, EOFError):
        return "EOFError"
    return type(result).__name__ if isinstance(result, BaseException) else result


def ask(call, *args):
    """Ask for an operation, which must not raise."""
    try:
        call(*args)
    except (OSError, ValueError, KeyError) as error:
        words = "the request raised: an error is a result, and should come by the callback"
        raise Finding(words, f"{call.__name__}() returns", f"it raises {type(error).__name__}: {error}") from error


def registered(selector, sock):
    """The events for which a socket is registered, or None."""
    key = selector.get_map().get(sock.fileno())
    return key.events if key else None


@hints(
    "A read was asked for, and nothing has come. What has to be remembered, and what waits?",
    "The size and the callback. Register the socket for READ; run_once() asks the selector, reads, and calls back.",
    "When nothing is pending any more, unregister it.",
)
def test_the_callback_gets_the_bytes(kata, selector, streams):
    results, (sock,), (peer,) = [], *streams(1)
    completions = kata.Completions(sleepless(selector))
    completions.read(sock, 100, results.append)
    turn(completions)
    assert results == [], "nothing had come yet, and the callback was called"
    peer.send(b"hello")
    turn(completions, None)
    assert results == [b"hello"], "the bytes were there in this run_once(), and the callback did not get them, once"
    assert type(results[0]) is bytes, "the result of a read was not bytes"
    assert registered(selector, sock) is None, "nothing was pending on the socket, and it was still registered"
    assert is_nonblocking(sock), (
        "your code made the socket blocking: the next call on it may wait, and all others with it"
    )
    peer.send(b"more")
    turn(completions)
    assert (results, unread(sock)) == ([b"hello"], 4), "one read was asked for, and your code read what came later"


@hints(
    "The bytes are there already when somebody asks. May you call back at once?",
    "The caller is still in the middle of its own work: only run_once() calls back.",
)
def test_no_callback_comes_from_inside_the_asking_call(completions, streams):
    results, (sock,), (peer,) = [], *streams(1)
    peer.send(b"ready")
    completions.read(sock, 100, results.append)
    assert results == [], "the callback was called while its caller was still asking: only run_once() should call back"
    completions.write_all(sock, b"hello", results.append)
    assert results == [], "the callback was called while its caller was still asking: only run_once() should call back"
    got = answers(completions, results, 2)
    assert sorted(map(str, got)) == ["5", "b'ready'"], "a read did not have its bytes as result, or a write its count"


@hints(
    "Only a read is pending. What does the selector report of a socket that has room, if you ask for WRITE?",
    "It is writable, always: ask for WRITE only while a write is pending, and the thread can sleep.",
)
def test_it_sleeps_until_something_can_be_done(kata, selector, background, streams):
    results, (sock, idle), (peer, _) = [], *streams(2)
    completions = kata.Completions(sleepless(selector))
    for one in (sock, idle):
        completions.write_all(one, b"question", results.append)
        completions.read(one, 100, results.append)
    assert answers(completions, results, 2) == [8, 8], (
        "both questions were not sent, or a read was answered though nothing had come"
    )
    del selector.select
    running = background(completions.run_once, None)
    # Everything is written. What is pending are two reads.
    running.asleep()
    peer.send(b"answer")
    running.result()
    assert results == [8, 8, b"answer"], "the answer came while run_once() waited, and it did not call back"


@hints(
    "Four of ten bytes have come. Is that a result?",
    "Keep what you have, and ask for the rest: recv(n - len(got)). More than that is not yours.",
)
def test_read_exactly_waits_for_all_and_takes_no_more(completions, streams):
    results, (sock,), (peer,) = [], *streams(1)
    completions.read_exactly(sock, 10, results.append)
    for piece in (b"0123", b"45678"):
        peer.send(piece)
        turn(completions)
        assert results == [], "not all of the ten bytes had come, and the callback was called"
    peer.send(b"9 and more")
    assert answers(completions, results, 1) == [b"0123456789"], (
        "the result was not exactly what was asked for, in one piece"
    )
    assert unread(sock) == 9, "your code read the bytes behind, which nobody had asked for"


@hints(
    "What does send() return, when there is not room for everything?",
    "Keep the rest, wait for WRITE, and call back when the last byte is taken.",
)
def test_write_all_is_done_when_everything_is_sent(completions, streams):
    results, (sock,), (peer,) = [], *streams(1)
    completions.write_all(sock, numbered(BULK), results.append)
    turn(completions)
    assert results == [], "the buffers were full and nobody had read, and your write was done"
    got = bytearray()
    for _ in range(1000):
        got += drain(peer)
        turn(completions)
        if results and not unread(peer):
            break
    assert bytes(got) == numbered(BULK), (
        "not every byte arrived, in order: send() may take a part, and the rest must follow"
    )
    assert results == [BULK], "the result was not the number of bytes that were sent, once"


@hints(
    "Three reads wait for one socket. How many of them does the first byte concern?",
    "The first. Keep a queue for each socket: what was asked for first is done first.",
)
def test_reads_of_one_socket_come_in_order(completions, streams):
    results, (sock,), (peer,) = [], *streams(1)
    ask(completions.read_exactly, sock, 3, results.append)
    ask(completions.read, sock, 100, results.append)
    ask(completions.read_exactly, sock, 2, results.append)
    peer.send(b"abcdef")
    assert answers(completions, results, 2) == [b"abc", b"def"], (
        "the reads were not all answered in the order in which they were asked for"
    )
    peer.send(b"g")
    turn(completions)
    assert results == [b"abc", b"def"], "one of two bytes had come, and the third read was answered"
    peer.send(b"hi")
    assert answers(completions, results, 3) == [b"abc", b"def", b"gh"], "the third read did not get the next two bytes"


@hints(
    "The first write is half way. May the second one send?",
    "Not before the first is done, or its bytes would stand in the middle. Queue writes as well.",
)
def test_writes_on_one_socket_come_in_order(completions, streams):
    results, (sock,), (peer,) = [], *streams(1)
    ask(completions.write_all, sock, numbered(BULK), results.append)
    ask(completions.write_all, sock, b"the end", results.append)
    got = bytearray()
    for _ in range(1000):
        turn(completions)
        got += drain(peer)
        if len(results) > 1:
            break
    got += drain(peer)
    assert bytes(got) == numbered(BULK) + b"the end", "the bytes of two writes got mixed, or some were lost"
    assert results == [BULK, 7], "both writes were not answered, in the order in which they were asked for"


@hints(
    "A read is pending, and the peer says nothing before it has heard us. What does a write wait for?",
    "For room alone: reads and writes have queues of their own, and the mask says which of them can go on.",
)
def test_neither_direction_waits_for_the_other(completions, streams):
    results, (sock, other), (peer, reader) = [], *streams(2)
    ask(completions.read, sock, 100, results.append)
    ask(completions.write_all, sock, b"question", results.append)
    assert answers(completions, results, 1) == [8], "a write was asked for, and waited for a read that nobody answered"
    peer.send(b"answer")
    assert answers(completions, results, 2) == [8, b"answer"], "the answer came, and the read waited on"
    # Now the other way round: there is no room, and something to read.
    ask(completions.write_all, other, numbered(BULK), results.append)
    ask(completions.read, other, 100, results.append)
    turn(completions)
    reader.send(b"hello")
    assert answers(completions, results, 3)[2:] == [b"hello"], "a read was asked for, and waited for a write"


@hints(
    "recv() returns b''. What does that mean for a read, and what for one that still needs three bytes?",
    "b'' is a read's result like any other. For read_exactly() it is EOFError, as a result, not raised.",
)
def test_the_end_of_the_stream_is_a_result(completions, watched, streams):
    results, (sock, other), (peer, writer) = [], *streams(2)
    peer.close()
    ask(completions.read, sock, 100, results.append)
    assert answers(completions, results, 1) == [b""], "the stream ended, and the result of the read was not b''"
    ask(completions.read_exactly, sock, 4, results.append)
    assert answers(completions, results, 2)[1:] == ["EOFError"], (
        "the stream ended before the first of four bytes, and the result was not EOFError"
    )
    writer.send(b"abc")
    writer.shutdown(socket.SHUT_WR)
    ask(completions.read_exactly, other, 4, results.append)
    assert answers(completions, results, 3)[2:] == ["EOFError"], (
        "the stream ended after three of four bytes, and the result was not EOFError"
    )
    assert registered(watched, sock) is None, "nothing was pending on the socket, and it was still registered"


@hints(
    "The peer has reset. Which callback must be told, and how does run_once() go on?",
    "Catch OSError round the call on the socket: the exception is the result, and the others have theirs.",
)
def test_an_error_reaches_the_callback_and_ends_nothing_else(completions, pair, streams):
    results, others = [], []
    (broken, peer), ((sock,), (writer,)) = pair, streams(1)
    broken.setblocking(False)
    reset(peer)
    wait_reset(broken)
    ask(completions.read_exactly, broken, 4, results.append)
    ask(completions.read, sock, 100, others.append)
    writer.send(b"hello")
    assert answers(completions, results, 1) == ["ECONNRESET"], "the peer reset, and that was not the result of the read"
    ask(completions.write_all, broken, b"x", results.append)
    last = answers(completions, results, 2)[-1]
    assert last in ("EPIPE", "ECONNRESET"), "the connection was gone, and that was not the result of the write"
    assert answers(completions, others, 1) == [b"hello"], "one connection was reset, and another one was not answered"


class Full(selectors.SelectSelector):
    """A selector that takes nobody any more, as epoll(7) does at max_user_watches."""

    def register(self, fileobj, events, data=None):
        raise OSError(errno.ENOSPC, "the user has too many watches")


@hints(
    "The socket is closed already, or the selector has no room. Is asking an error?",
    "Asking is not; the operation is. What register() raises is its result, and comes in run_once().",
)
@pytest.mark.parametrize("why", ["closed", "no room in the selector"])
def test_asking_of_what_cannot_be_watched_has_an_error_for_a_result(kata, keep, watched, streams, why):
    results, (sock,) = [], streams(1)[0]
    if why == "closed":
        sock.close()
    completions = kata.Completions(watched if why == "closed" else sleepless(keep(Full())))
    ask(completions.read, sock, 100, results.append)
    ask(completions.write_all, sock, numbered(BULK), results.append)
    assert results == [], "the callback was called while its caller was still asking: only run_once() should call back"
    turn(completions, None)
    assert len(results) == 2, "the socket could not be watched, and not each callback got an error"
    kinds = [isinstance(result, (OSError, ValueError)) for result in results]
    assert kinds == [True, True], "the result was not the exception (OSError or ValueError)"


class Hasty(selectors.SelectSelector):
    """A selector that reports everything as ready."""

    def select(self, timeout=None):
        return [(key, key.events) for key in list(self.get_map().values())]


@hints(
    "select() has said ready, and the call says EAGAIN. Is that a result?",
    "No: the report was out of date. Leave the operation where it is, and wait on.",
)
def test_a_false_alarm_is_nobodys_result(kata, streams):
    results, (sock, full), (peer, _) = [], *streams(2)
    with Hasty() as hasty:
        completions = kata.Completions(hasty)
        ask(completions.read, sock, 100, results.append)
        ask(completions.write_all, full, numbered(BULK), results.append)
        for _ in range(5):
            turn(completions)
        assert [said(result) for result in results] == [], (
            "nothing could be done yet (EAGAIN), and your code took that for a result"
        )
        peer.send(b"hello")
        assert answers(completions, results, 1) == [b"hello"], (
            "the report was wrong before, then the bytes came, and your code did not return them"
        )


@hints(
    "Somebody wants to close a socket. What is still pending on it, and which callbacks wait for that?",
    "Each callback is still to be called, with OSError(errno.ECANCELED, ...), by run_once().",
    "Unregister the socket in cancel() itself: it is closed right after.",
)
def test_cancel_ends_what_is_pending(completions, watched, streams):
    results, others, (sock, other), (peer, writer) = [], [], *streams(2)
    completions.read_exactly(sock, 10, results.append)
    completions.read(sock, 10, results.append)
    completions.write_all(sock, numbered(BULK), results.append)
    completions.read(other, 10, others.append)
    turn(completions)
    completions.cancel(sock)
    assert results == [], "your cancel() called a callback: only run_once() should call back"
    assert registered(watched, sock) is None, "the socket was about to be closed, and was still registered"
    loops.sleepless(watched, "three callbacks had to be told of cancel(), and run_once() waited for a socket first")
    turn(completions, None)
    assert [said(result) for result in results] == ["ECANCELED"] * 3, "not each callback got ECANCELED"
    # It was not closed after all. And nobody else was cancelled.
    peer.send(b"later"), writer.send(b"hello")
    completions.read(sock, 10, results.append)
    assert answers(completions, results, 4)[3:] == [b"later"], "what was asked for after cancel() was not done"
    assert others == [b"hello"], "another socket was cancelled, and this one was not answered, or more than once"


@hints(
    "Two sockets are ready at once, and the callback of one cancels the other. How often is that one called back?",
    "Once, whatever the result is. Take an operation out of its queue before you call back.",
)
def test_each_is_called_back_once_although_others_are_cancelled(completions, streams):
    socks, peers = streams(2)
    results = [], []

    def first(me):
        def done(result):
            results[me].append(said(result))
            completions.cancel(socks[1 - me])

        return done

    for me in (0, 1):
        completions.read(socks[me], 100, first(me))
        peers[me].send(b"now")
    for _ in range(4):
        turn(completions)
    # The one that is cancelled may have been read before: both results are right.
    assert [len(one) for one in results] == [1, 1], "an operation had no result, or two"
    assert b"now" in results[0] + results[1], "the first callback did not get its bytes"


@hints(
    "A callback asks again, and the next bytes are there already. When is it called back?",
    "In the next run_once(): how many results are there, before the first callback runs?",
)
@pytest.mark.parametrize("state", ["ready", "closed"])
def test_what_a_callback_asks_for_comes_in_a_later_run_once(completions, streams, state):
    results, (sock,), (peer,) = [], *streams(1)

    def again(result):
        before = len(results)
        if before >= 20:
            raise Finding("a callback that asks again kept run_once() going", "once in a run", "again and again")
        results.append(result)
        completions.read(sock, 1, again)
        if len(results) > before + 1:
            raise Finding("a callback asked, and the next one was called from inside", "by run_once()", "at once")

    # Each read can be answered at once: with a byte, or because the socket is closed.
    sock.close() if state == "closed" else peer.send(bytes(100))
    completions.read(sock, 1, again)
    for number in (1, 2, 3):
        turn(completions)
        assert len(results) <= number, "a callback asked for more, and was called back in the same run_once()"
    assert results, "there was an answer to each read, and the callback was never called"


@hints(
    "A callback raises. Who else is waiting for a result?",
    "Take each result out just before its callback is called: those behind it are still there next time.",
)
def test_what_a_callback_raises_propagates_and_no_result_is_lost(completions, streams):
    def bad(result):
        results.append("bad")
        raise LookupError("a mistake in a callback")

    results, (socks, peers) = [], streams(3)
    for sock, peer, done in zip(socks, peers, (results.append, bad, results.append), strict=True):
        completions.read(sock, 100, done)
        peer.send(b"x")
    with raises_errno(
        "LookupError", words="your code swallowed an error in a callback, and the caller never finds out"
    ):
        for _ in range(5):
            turn(completions)
    got = sorted(map(str, answers(completions, results, 3)))
    assert got == ["b'x'", "b'x'", "bad"], "one callback raised, and the result of another one was lost"
