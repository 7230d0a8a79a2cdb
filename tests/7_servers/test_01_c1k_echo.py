"""7.1: an echo server for a thousand clients, in one thread, that ends when it is told to and leaves nothing behind."""

import asyncio  # noqa: F401 - here, so that a kata that takes it finds it loaded
import os
import socket

import pytest

from dojo.suite import (
    GREEN,
    LOOKS,
    MUCH,
    ROOM,
    Finding,
    Rest,
    client_gone_before_accept,
    counted,
    deadline,
    descriptors,
    hints,
    is_nonblocking,
    linux_only,
    numbered,
    on_stub,
    over,
    raises_errno,
    reset,
    reset_in_queue,
    rival,
    room_for_descriptors,
    soon,
    unread,
    wait_queued,
)


@pytest.fixture
def stop(keep, tape):
    """`stop`, and the socket at its other end: what is sent there makes it readable."""
    ends = keep(list(socket.socketpair()))
    tape.label(ends[0], "stop")
    return ends


@pytest.fixture
def started():
    """The servers of this test that should go on."""
    return []


@pytest.fixture
def serve(kata, listener, stop, background, tape, started):
    """`serve()` starts the server, with sockets of its own: what the suite closes at the end tells it nothing."""

    def start():
        own, bell = listener.dup(), stop[0].dup()
        tape.label(own, "listener")
        tape.label(bell, "stop")
        stop[1].dup().detach()
        started.append(background(kata.serve, own, bell))

    return start


@pytest.fixture
def comes(comes, tape, started):
    """`comes(condition, what)` waits for it, and says whether it came; in so many turns it should have.

    A server that has a limit on its wait may still do something unasked.
    """
    words = "one call waited, and no other client was served meanwhile"

    def until(condition, what, looks=LOOKS, turns=300):
        try:
            return comes(condition, what, looks, turns=turns, timers=False, stuck=words, serving=started)
        except Finding:
            one_thread(tape)
            raise

    return until


@pytest.fixture
def wait(comes):
    """`wait(condition, what)` does the same, or gives the server other `turns`."""
    return lambda condition, what, turns=300: comes(condition, what, turns=turns)


def one_thread(tape):
    """There is no more than one thread, or this raises."""
    threads = {call.thread for call in tape.calls()}
    assert len(threads) <= 1, "the server used more than one thread"


@pytest.fixture
def resting(comes):
    """`resting()`: whether the server falls asleep."""
    return lambda: comes(Rest(), "the server to fall asleep")


@pytest.fixture
def ends(comes):
    """`ends(serving)`: whether serve() returns now; it does not if it goes on sleeping, or turning."""
    return lambda serving: comes(lambda: serving.done, "serve() to return")


@pytest.fixture
def hear(comes, resting):
    """`hear(client, size)`: what has come back to it; b"" if it is the end."""

    def answer(client, size):
        comes(lambda: unread(client) >= size or over(client), f"{counted(size, 'byte')} to come back")
        if unread(client):
            return client.recv(size) if isinstance(client, socket.socket) else os.read(client, size)
        resting()  # if the server ends as well, its own error is the one to be shown
        return b""

    return answer


@pytest.fixture
def join(listener, connect, ask):
    """`join(number)`: so many clients, all of them accepted."""
    listener.listen(128)

    def clients(number):
        joined = [connect(listener) for _ in range(number)]
        # First come, first served: when the last one in the queue has its answer, the others are in.
        assert ask(joined[-1]) == b"hello", "a client was connected, and got no answer"
        return joined

    return clients


def stranger(listener):
    """A client by its descriptor, with fewer words on the tape, and none at the end: it is never closed."""
    client = socket.socket()
    client.connect(listener.getsockname())
    return client.detach()


@hints(
    "select() says for whom there is something to do. To whom does the answer go?",
    "What a client has sent goes back to that one, as it came: bytes, no text.",
)
@on_stub(GREEN)
def test_everybody_gets_back_what_they_sent(serve, listener, connect, ask):
    serve()
    # The first one says nothing, and holds up nobody.
    connect(listener)
    clients = [connect(listener) for _ in range(3)]
    for number in range(6):
        words = b"\xc3%d\x00\xff" % number
        assert ask(clients[number % 3], words) == words, "a client did not get back what it had sent, and only that"


@hints(
    "Which numbers does your wait take, and which numbers may a descriptor have?",
    "select() takes those below 1024 alone; poll() and epoll take all, and selectors.DefaultSelector with them.",
)
@on_stub("ValueError: filedescriptor out of range in select()")
def test_a_descriptor_of_any_number_is_served(serve, listener, connect, ask, keep):
    room_for_descriptors(1500)
    serve()
    early = connect(listener)
    ask(early)
    # The process has many things open. What it opens from now on has a number above 1024.
    keep([os.dup(0) for _ in range(1100)])
    late = connect(listener)
    for client in (late, early, late):
        assert ask(client) == b"hello", "a connection had a number above 1023, and somebody got no answer"


@hints(
    "Half of them have gone. What does a connection look like whose client has ended?",
    "recv() returns b'', in every turn, for ever. Close it, and unregister it before that.",
    "And those that are left have room to be sent to: ask for WRITE only while there is something to send.",
)
@on_stub(GREEN)
def test_when_half_have_left_it_sleeps(serve, join, wait, resting, ask):
    serve()
    clients = join(40)
    before = descriptors()
    for client in clients[:20]:
        client.close()
    closed = wait(lambda: descriptors() <= before - 40, "their connections to be closed")
    assert closed, "half of them ended, and their connections were never closed: b'' from recv() is the end"
    assert resting(), "half had gone, nobody said anything, and the server went on turning: a busy loop"
    for client in clients[20:]:
        assert ask(client) == b"hello", "half of them had gone, and another one got no answer"


@hints(
    "A client sends and does not read. Where do you wait, when its buffers are full? And if you do not wait?",
    "conn.setblocking(False) after accept(). BlockingIOError from send() means: keep it, and ask for WRITE.",
    "What you keep must not grow for ever. Above 256 KiB ask for WRITE alone, and the client has to wait.",
)
@on_stub("one call waited, and no other client was served meanwhile")
def test_a_client_that_does_not_read_is_not_read_from(serve, listener, connect, ask, overfeed, resting):
    serve()
    other = connect(listener)
    ask(other)
    # It sends without end and reads nothing. When nothing goes any more, the other one has a hundred turns.
    _, sent = overfeed(other)
    assert sent < MUCH, (
        "the client sent and never read, and your server read on: it keeps, or loses, what it cannot send back"
    )
    assert resting(), "the client did not read and there was no room, and the server went on turning: a busy loop"


@hints(
    "send() takes what there is room for. What does it return, and what becomes of the rest?",
    "Keep what was not taken, and the end, if it has come: close when nothing is pending any more.",
    "And there is more to be read in the kernel: with most of it sent, ask for READ again.",
)
@on_stub("one call waited, and no other client was served meanwhile")
def test_when_it_reads_again_every_byte_comes_back(serve, listener, connect, ask, wait, overfeed):
    serve()
    other = connect(listener)
    ask(other)
    client, sent = overfeed(other)
    # Some of it is in the server, some still in the kernel, and behind it comes the end.
    client.shutdown(socket.SHUT_WR)
    got = bytearray()
    while wait(lambda: unread(client) or over(client), "the rest, for a client that reads again", 1000):
        if over(client):
            break
        got += client.recv(ROOM, socket.MSG_DONTWAIT)
    assert bytes(got) == numbered(MUCH)[:sent], "not every byte came back, also what was pending when the client ended"
    assert over(client), "the client had ended and got everything, and its connection was never closed"
    assert client.recv(1) == b"", "everything had gone out, and the connection was not ended in order"
    assert ask(other) == b"hello", "one client had read everything and ended, and another one got no answer"


@hints(
    "A client was slow and has caught up. What do you still wait for on its connection?",
    "There is room again, always. When the last byte is sent, wait for READ alone.",
)
@on_stub("one call waited, and no other client was served meanwhile")
def test_a_client_that_has_caught_up_costs_nothing(serve, listener, connect, ask, hear, overfeed, resting):
    serve()
    other = connect(listener)
    ask(other)
    client, sent = overfeed(other)
    got = b""
    # It reads everything, and stays.
    while len(got) < sent:
        piece = hear(client, max(unread(client), 1))
        assert piece, "the client read again, and nothing more came"
        got += piece
        assert got == numbered(MUCH)[: len(got)], "the client read again, and what came was not what it had sent"
    assert resting(), "all was sent, nobody said anything, and the server went on turning: a busy loop"
    assert ask(client) == b"hello", "a client was slow and had caught up, and got no answer any more"


@hints(
    "You have output for a client, and it resets. Which call tells you?",
    "You wait for WRITE alone then, and send() raises: an end like that in recv().",
)
@on_stub("one call waited, and no other client was served meanwhile")
def test_a_reset_in_mid_reply_ends_one_client_alone(serve, listener, connect, ask, wait, overfeed):
    serve()
    other = connect(listener)
    ask(other)
    before = descriptors()
    client, _ = overfeed(other)
    # There is much pending for it, and nothing is read from it.
    reset(client)
    closed = wait(lambda: descriptors() <= before, "the connection that was reset to be closed")
    assert closed, "the client reset while there was output for it, and its connection was never closed"
    assert ask(other) == b"hello", "one client reset in mid-reply, and another one got no answer"


@hints(
    "The wait said that accept() would not. What can happen before you call it?",
    "Another process may have the same listener. Make it non-blocking, and take BlockingIOError for: nobody any more.",
)
@on_stub("listener.accept() waits")
def test_somebody_else_takes_the_client_first(serve, listener, connect, ask, wait, resting):
    serve()
    resting()
    with rival(listener):
        taken = connect(listener)
        taken.sendall(b"x")
        wait(lambda: over(taken) or unread(taken), "somebody to take the client")
    # Nobody is in the queue now. The next one comes to us, when we sleep again.
    resting()
    assert ask(connect(listener)) == b"hello", "somebody else had taken a client, and the next one got no answer"


@hints(
    "accept() raises EMFILE. Is the client to blame? And is it still in the queue?",
    "The listener stays readable as long as somebody waits in the queue: do not watch it for a while.",
    "Watch it again after a moment, by the timeout of your wait; or keep a spare descriptor to turn people away with.",
)
@deadline(4)
@on_stub("EMFILE")
def test_at_the_limit_of_descriptors_it_serves_on(serve, listener, connect, join, ask, keep, at_the_limit, resting):
    serve()
    other, first, second = join(3)
    late = keep(socket.socket())
    at_the_limit()
    # There is no number left for the connection of one more client.
    late.connect(listener.getsockname())
    for _ in range(5):
        assert ask(other) == b"hello", "there was no descriptor left for one client, and another one got no answer"
    assert resting(), (
        "accept() raised EMFILE, the client stayed in the queue, and the server went on turning: a busy loop"
    )
    # Two go. Four numbers are free, which is enough for the one in the queue and for a new one.
    first.close(), second.close()
    new = connect(listener)
    assert ask(new) == b"hello", "there were free descriptors again, and the server accepted nobody new"


@hints(
    "`stop` is readable. What of yours is open then, and what have you changed that is not yours?",
    "Close every connection and the selector, and put the listener's mode back.",
    "Watch `stop` with the others; try ... finally round the loop, or contextlib.ExitStack.",
)
@pytest.mark.parametrize("mode", [None, 0.0, 30.0], ids=["blocking", "non-blocking", "timeout"])
@on_stub("was never closed")
def test_when_stop_is_readable_it_leaves_nothing_behind(kata, listener, stop, background, join, ends, mode):
    listener.settimeout(mode)
    before, flag = descriptors(), is_nonblocking(listener)
    serving = background(kata.serve, listener, stop[0])
    clients = join(3)
    stop[1].send(b"x")
    assert ends(serving), "`stop` was readable, and the server served on"
    assert serving.result() is None, "serve() did not return None"
    assert listener.fileno() != -1, "the server closed the listener, which is the caller's"
    assert stop[0].fileno() != -1, "the server closed `stop`, which is the caller's"
    assert descriptors() == before + 3, "the server left connections, or something else of its own, open"
    assert soon(lambda: all(over(client) for client in clients)), (
        "serve() returned, and its clients were still connected"
    )
    then = listener.gettimeout(), is_nonblocking(listener)
    assert then == (mode, flag), "serve() returned, and the listener was not open in the mode it had"


@hints(
    "`stop` was readable before you have begun. When do you see it?",
    "A wait for all at once reports it at once: with nobody connected, too.",
)
@on_stub(GREEN)
def test_a_stop_that_came_before_the_start_ends_it_at_once(kata, listener, stop, background, ends):
    # The other end was closed: that is readable as well.
    stop[1].close()
    serving = background(kata.serve, listener, stop[0])
    assert ends(serving), "`stop` was readable before serve() began, and it served"


@hints(
    "Whose error is it, when accept() itself raises?",
    "Only those that will pass are yours to deal with. Let the others propagate, and clean up on this way, too.",
)
@linux_only("an error for accept() once the listener was shut down")
@on_stub("the server left connections, or something else of its own, open")
def test_an_error_of_the_listener_propagates(kata, listener, stop, background, join, ends):
    before = descriptors()
    serving = background(kata.serve, listener, stop[0], may_raise=True)
    clients = join(3)
    # Nobody can be accepted any more, ever.
    listener.shutdown(socket.SHUT_RDWR)
    words = "accept() failed for good, and the caller never finds out"
    assert ends(serving), words
    with raises_errno("EINVAL", words=words):
        serving.result()
    assert descriptors() == before + len(clients), "the server left connections, or something else of its own, open"
    assert listener.gettimeout() is None, "serve() raised, and did not put the listener's mode back"
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener was closed, and the caller never finds out"):
        kata.serve(listener, stop[0])


@hints(
    "A thousand clients have said something. Which of them do you read from, and when?",
    "One wait for all of them, and then each that it reports: no thread for each, and nobody waits until another ends.",
    "selectors.DefaultSelector; register the listener, `stop` and each connection.",
)
@deadline(5)
@on_stub("filedescriptor out of range in select()")
def test_a_thousand_clients_at_once_in_one_thread(serve, listener, hear, tape):
    room_for_descriptors(2200)
    listener.listen(128)
    # A hundred are in the queue before it has begun.
    clients = [stranger(listener) for _ in range(100)]
    serve()
    for _ in range(9):
        os.write(clients[-1], b"hello")
        assert hear(clients[-1], 5) == b"hello", "a hundred were in the queue, and the last one got no answer"
        clients += [stranger(listener) for _ in range(100)]
    one_thread(tape)
    for number, client in enumerate(clients):
        os.write(client, number.to_bytes(4, "big") * 1024)
    for number, client in enumerate(clients):
        message = number.to_bytes(4, "big") * 1024
        assert hear(client, 4096) == message, (
            "a thousand clients sent 4 KiB each, and somebody did not get its own back"
        )


@hints(
    "Which calls on a connection raise when its client has sent a reset?",
    "Any of them, and the first already, if the client is gone before it is accepted.",
    "except OSError: it is the end of this connection, and of no other.",
)
@on_stub("ConnectionResetError")
def test_a_reset_ends_one_client_alone(serve, listener, connect, ask, wait):
    # One is in the queue, and gone already.
    gone = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(gone)
    serve()
    other, client = connect(listener), connect(listener)
    ask(other), ask(client)
    both = descriptors()
    # Now one that has had an answer. Its own end is the suite's, the other end the server's.
    reset(client)
    closed = wait(lambda: descriptors() <= both - 2, "the connection that was reset to be closed")
    assert closed, "the client reset, and its connection was never closed"
    assert ask(other) == b"hello", "one client reset, and another one got no answer"
    with client_gone_before_accept(listener):
        assert ask(connect(listener)) == b"hello", (
            "a client was gone before accept() returned, and the next one was not served"
        )
