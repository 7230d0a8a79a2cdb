"""5.10: an echo server with callbacks serves everybody, waits for nobody, and leaves nothing behind; and its client."""

import contextlib
import selectors
import socket
from collections import Counter
from functools import partial

import pytest

from dojo.suite import (
    GONE,
    GREEN,
    MUCH,
    NARROW,
    ONE_WAITS,
    READS,
    ROOM,
    WRITES,
    Finding,
    Rest,
    accept_fails,
    break_off,
    client_gone_before_accept,
    descriptors,
    hints,
    numbered,
    on_stub,
    over,
    raises_errno,
    reset,
    reset_in_queue,
    rival,
    room_for_descriptors,
    small_buffers,
    squeezed,
    stale_report,
    unread,
    wait_queued,
    wait_until,
)

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


@pytest.fixture
def watched(selector):
    """An empty selector of each kind that stays open: the server still sleeps in it when the test is over."""
    return type(selector)()


@pytest.fixture
def comes(comes):
    """`comes(condition, what)` waits for it, and says whether it came; in so many turns it should have."""
    return partial(comes, turns=300, stuck=ONE_WAITS)


@pytest.fixture
def wait(comes):
    """`wait(condition, what)` does the same, or gives the server other `turns`."""
    return lambda condition, what, turns=300: comes(condition, what, turns=turns)


@pytest.fixture
def all_get_back(hear):
    """`all_get_back(clients, words)`: each of them sends something, and then each gets it back."""

    def answered(clients, words):
        for number, client in enumerate(clients):
            client.sendall(b"%3d" % number)
        for number, client in enumerate(clients):
            assert hear(client, 3) == b"%3d" % number, words

    return answered


@pytest.fixture
def have_turns(listener, connect, ask):
    """`have_turns(narrow, size)` is what has come to a client after some turns of the server, by another client."""
    other = connect(listener)

    def turns(narrow, size):
        came = narrow.read()
        for _ in range(50):
            if len(came) < size and not narrow.over():
                assert ask(other) == b"hello", "one client's call failed with EAGAIN, and another one got no answer"
                came += narrow.read()
        return came

    return turns


def send_back(listener):
    """A server for one client: while nobody takes the echo it sleeps in sendall(), and reads nothing."""
    with listener.accept()[0] as conn:
        while piece := conn.recv(16384):
            conn.sendall(piece)


@hints(
    "select() says for whom there is something to do. To whom does the answer go?",
    "The callback gets the connection as its first argument: send on that one.",
)
@on_stub(GREEN)
def test_everybody_gets_back_what_they_sent(serve, watched, listener, connect, ask):
    serve(watched)
    # The first one says nothing, and holds up nobody.
    connect(listener)
    clients = [connect(listener) for _ in range(3)]
    for number in range(6):
        words = b"this is number %d" % number
        assert ask(clients[number % 3], words) == words, "a client did not get back what it had sent, and only that"


@hints(
    "Is what recv() returns a text? Where can it be cut?",
    "An echo need not know what the bytes mean: leave decode() out, for showing them too (%r shows bytes).",
)
@on_stub("bytes that are not UTF-8 were not sent back, or not at once")
def test_bytes_come_back_as_they_came(serve, listener, connect, ask):
    serve()
    client = connect(listener)
    # 'é' is C3 A9. Its halves come one by one, and after them invalid UTF-8.
    for piece in (b"\xc3", b"\xa9", b"\xff\x00\xfe"):
        assert ask(client, piece) == piece, "bytes that are not UTF-8 were not sent back, or not at once"


@hints(
    "A client has ended, in order. Does recv() raise anything then?",
    "It returns b'', and the connection stays readable for ever: that is a turn without end.",
    "On b'', and when nothing is pending: selector.unregister(conn), then conn.close().",
)
@on_stub("the client ended, and its connection was never closed")
def test_a_client_that_ends_is_unregistered_and_closed(serve, watched, listener, connect, ask, wait):
    serve(watched)
    other, client = connect(listener), connect(listener)
    ask(other), ask(client)
    known = len(watched.get_map())
    client.shutdown(socket.SHUT_WR)
    closed = wait(lambda: over(client), "the server's end of the stream")
    assert closed, "the client ended, and its connection was never closed: b'' from recv() is the end"
    assert client.recv(1) == b"", "the client ended in order, and got no end in order"
    assert ask(other) == b"hello", "one client ended, and another one got no answer"
    assert len(watched.get_map()) == known - 1, "the connection was closed, and the server left it registered"


@hints(
    "Which calls on a connection raise when its client has sent a reset?",
    "Any of them, and the first already, if the client is gone before it is accepted.",
    "except OSError in the callback: unregister and close this connection, and go on.",
)
@on_stub(GREEN)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_reset_ends_one_client_alone(serve, watched, listener, connect, ask, wait, error):
    # One is in the queue, and gone already.
    gone = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(gone)
    serve(watched)
    other, client = connect(listener), connect(listener)
    ask(other), ask(client)
    both, known = descriptors(), len(watched.get_map())
    # Now one that has had an answer. Its own end is the suite's, the other end the server's.
    break_off(client, error)
    closed = wait(lambda: descriptors() == both - 2, "the connection that was reset to be closed")
    assert closed, "the client reset, and its connection was never closed"
    assert ask(other) == b"hello", "one client reset, and another one got no answer"
    assert len(watched.get_map()) == known - 1, "a connection was reset, and the server left it registered"


@hints(
    "send() takes what there is room for. What does it return?",
    "Keep what was not taken, with its connection, and ask the selector for WRITE as long as there is something.",
    "selector.modify(conn, EVENT_READ | EVENT_WRITE, the callback); del unsent[:taken].",
)
@on_stub("took a part")
def test_what_send_did_not_take_follows(serve, listener, connect, have_turns):
    client, ended = connect(listener, room=NARROW), connect(listener, room=NARROW)
    narrow, last = squeezed(client), squeezed(ended)
    # This one has ended its side before the server begins: the end is there with the bytes.
    ended.sendall(bytes(range(100)))
    ended.shutdown(socket.SHUT_WR)
    stale_report(client)
    serve()
    for words in (bytes(range(100)), bytes(range(100, 200))):
        client.sendall(words)
        came = have_turns(narrow, 100)
        assert not over(client), "a call found nothing to do just then (EAGAIN), and the connection was closed for it"
        assert came == words, "send() took a part, and the rest did not follow"
    came = have_turns(last, 100)
    assert came == bytes(range(100)), "the client ended its side, and did not get all that was pending"


def most_pending(tape):
    """The most bytes that were read from a client and not yet taken by a send, when the server read on."""
    pending, most = Counter(), 0
    for call in tape.calls(*READS, *WRITES, ok=True):
        reads = call.name in READS
        most = max(most, pending[call.fd]) if reads else most
        pending[call.fd] += call.copied if reads else -call.copied
    return most


@hints(
    "A client sends and does not read. Where do you wait, when its buffers are full? And if you do not wait?",
    "conn.setblocking(False) after accept(). BlockingIOError from send() means: keep it, and ask for WRITE.",
    "What you keep must not grow for ever. Above 256 KiB ask for WRITE alone, and the client has to wait.",
)
@on_stub("a call waited for one client")
def test_a_client_that_does_not_read_is_not_read_from(serve, watched, listener, connect, ask, overfeed, tape):
    serve(watched)
    other = connect(listener)
    ask(other)
    # It sends without end and reads nothing. When nothing goes any more, the other one has a hundred turns.
    _, sent = overfeed(other)
    assert sent < MUCH, (
        "the client sent and never read, and your server read on: it keeps, or loses, what it cannot send back"
    )
    assert most_pending(tape) <= 256 * 1024, "more than 256 KiB was pending for a client, and it was read from"


@hints(
    "The client has ended its side. Has it read everything?",
    "Remember the end, ask for WRITE alone, and close when nothing is pending any more.",
    "And there is more to be read in the kernel: with 64 KiB or less left to send, ask for READ again.",
)
@on_stub("a call waited for one client")
def test_when_it_reads_again_every_byte_comes_back(serve, listener, connect, ask, wait, overfeed):
    serve()
    other = connect(listener)
    ask(other)
    client, sent = overfeed(other)
    # Some of it is in the server, some still in the kernel, and behind it comes the end.
    client.shutdown(socket.SHUT_WR)
    got = bytearray()
    while wait(lambda: unread(client) or over(client), "the rest, for a client that reads again", 3000):
        if over(client):
            break
        got += client.recv(ROOM, socket.MSG_DONTWAIT)
        for _ in range(5):  # it reads slowly: the server has turns before it goes on
            ask(other)
    assert got == numbered(MUCH)[:sent], "the client ended its side, and did not get all that was pending"
    assert client.recv(1) == b"", "everything had gone out, and the connection was not ended in order"
    assert ask(other) == b"hello", "one client had read everything and ended, and another one got no answer"


@hints(
    "You have output for a client, and it resets. Which call tells you?",
    "You wait for WRITE alone then, and send() raises: an end like that in recv().",
)
@on_stub("a call waited for one client")
def test_a_reset_in_mid_reply_ends_one_client_alone(serve, watched, listener, connect, ask, wait, overfeed):
    serve(watched)
    other = connect(listener)
    ask(other)
    before, known = descriptors(), len(watched.get_map())
    client, _ = overfeed(other)
    # There is much pending for it, and nothing is read from it.
    reset(client)
    closed = wait(lambda: descriptors() == before, "the connection that was reset to be closed")
    assert closed, "the client reset while there was output for it, and its connection was never closed"
    assert ask(other) == b"hello", "one client reset in mid-reply, and another one got no answer"
    assert len(watched.get_map()) == known, "a connection was reset, and the server left it registered"


@hints(
    "Nobody has anything to say. What is reported all the same, in every turn?",
    "A connection with room is writable, always: ask for WRITE only while there is output.",
    "When the last byte is sent: selector.modify(conn, EVENT_READ, the callback).",
)
@on_stub(GREEN)
def test_it_sleeps_while_nobody_says_anything(serve, watched, listener, connect, wait, tape, have_turns):
    client = connect(listener, room=NARROW)
    narrow = squeezed(client)
    serve(watched)
    # There is not room for everything at once. When it is all sent, nobody has anything to say.
    client.sendall(bytes(100))
    have_turns(narrow, 100)
    slept = wait(Rest(), "the server to fall asleep")
    assert slept, "nobody said anything, and the server went on turning: a busy loop"


@hints(
    "Many end at once, some in order and some not. Which of your lines run for the others in the same turn?",
    "Each callback sees to its own connection, and to its errors. No break, no return, no try round the loop.",
)
@on_stub("a hundred clients ended or reset, and their connections were never closed")
def test_three_hundred_clients_and_a_hundred_vanish_at_once(serve, listener, connect, all_get_back, wait):
    room_for_descriptors(1000)
    listener.listen(128)
    serve()
    clients = []
    # Fifty at a time: more than that might find the queue full.
    for _ in range(6):
        clients += [connect(listener) for _ in range(50)]
        all_get_back(clients[-50:], "a client did not get back what it had sent")
    before = descriptors()
    for number, client in enumerate(clients[:100]):
        reset(client) if number % 3 else client.close()
    closed = wait(lambda: descriptors() == before - 200, "their connections to be closed", 150)
    assert closed, "a hundred clients ended or reset, and their connections were never closed"
    all_get_back(clients[100:], "a hundred clients had gone, and another one got no answer")


@hints(
    "What is in the selector that you have not put there? How is it called?",
    "key.data(key.fileobj, mask), once for each pair that select() returns; the mask may hold both bits.",
)
@on_stub(GREEN)
def test_what_the_caller_has_registered_is_called_too(serve, watched, listener, connect, ask, unix_pair):
    sock, peer = unix_pair
    called = set()

    def callback(*args):
        called.add(args)

    # The caller's own: something to be read, and room, both in one event. It comes in every turn.
    peer.send(b"x")
    watched.register(sock, READ | WRITE, callback)
    serve(watched)
    assert ask(connect(listener)) == b"hello", "one event came again and again, and a client had to wait for its end"
    assert called == {(sock, READ | WRITE)}, (
        "the server did not make one call for each event: key.data(key.fileobj, mask)"
    )


@hints(
    "Whose error is it, when accept() itself raises?",
    "Let it propagate; and on the way out close every connection, your own watched, and put the listener's mode back.",
    "try ... finally round the loop, or contextlib.ExitStack; listener.settimeout(what it was).",
)
@on_stub("the server left connections, or a selector of its own, open")
def test_an_error_of_the_listener_propagates(kata, listener, connect, background, ask, wait, keep):
    late, before = keep(socket.socket()), descriptors()
    listener.settimeout(30)
    serving = background(kata.serve, listener, may_raise=True)
    clients = [connect(listener) for _ in range(3)]
    all_served = all(ask(client) for client in clients) and descriptors()
    # One leaves, and is closed. Then somebody comes, accept() fails, and in the same moment another one resets.
    clients.pop(0).close()
    wait(lambda: descriptors() == all_served - 2, "the connection of a client that left to be closed")
    with accept_fails(listener, "EINVAL", leaving=clients.pop()) as failing:
        late.connect(listener.getsockname())
        wait(lambda: serving.done or failing.fired > 1, "serve() to end with the error of accept()")
    assert serving.done, "the server swallowed an error of accept(), and went on"
    with raises_errno("EINVAL", words="an error of accept() was swallowed: the caller never finds out", other=GONE):
        serving.result()
    assert descriptors() == before + len(clients), "the server left connections, or a selector of its own, open"
    assert listener.gettimeout() == 30, "serve() ended, and did not put the listener's mode back"
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener was closed, and the caller never finds out"):
        kata.serve(listener)


@hints(
    "KeyboardInterrupt is not an Exception. Which clause runs for it too?",
    "finally: unregister and close every connection, unregister the listener, put its mode back.",
    "The selector is the caller's, and what else is in it: do not close it, do not empty it.",
)
@on_stub("the connections were left open at Ctrl-C")
def test_ctrl_c_leaves_nothing_behind(kata, selector, listener, connect, background, ask, unix_pair):
    def interrupt(sock, mask):
        raise KeyboardInterrupt

    # The caller's own callback, by which Ctrl-C comes when we want it.
    selector.register(unix_pair[0], READ, interrupt)
    before = descriptors()
    serving = background(kata.serve, listener, selector, may_raise=True)
    for client in (connect(listener), connect(listener)):
        ask(client)
    unix_pair[1].send(b"x")
    wait_until(lambda: serving.done, "serve() to end: it was interrupted")
    assert descriptors() <= before + 2, "the connections were left open at Ctrl-C"
    assert selector.get_map() is not None, "the selector is the caller's, and was closed"
    left = [key.data for key in selector.get_map().values()]
    assert left == [interrupt], "the selector did not hold just the caller's registration"
    assert listener.gettimeout() is None, "serve() ended, and did not put the listener's mode back"
    with contextlib.suppress(KeyboardInterrupt):
        serving.result()
        raise Finding("the interrupt was swallowed: the caller never finds out", "KeyboardInterrupt", "it returned")


@hints(
    "The server sends back what it has read, before it reads on. Who reads that while you still send?",
    "Wait until the socket is readable or writable, and do that part: the echo comes in many pieces.",
    "A non-blocking socket in a selector: recv() or send(); all sent, shutdown(SHUT_WR); go on until recv() says b''.",
)
@on_stub("still blocked in socket 1.sendall(")
def test_the_client_takes_the_echo_while_it_sends(kata, listener, background):
    # More than the buffers of both sides hold: the kernel lets a client's own grow to some megabytes.
    data = 4 * numbered(MUCH)
    small_buffers(listener, size=ROOM)
    background(send_back, listener, may_raise=True)
    came = kata.echo(listener.getsockname(), data)
    assert len(came) == len(data), (
        "the echo came in many pieces, and your echo() did not read all up to the end of the stream"
    )
    assert came == data, "your echo() did not return what came back, in order"
    assert type(came) is bytes, "your echo() did not return bytes"


@hints(
    "The server resets. Which of your lines still run?",
    "Let the error propagate, and close on this way, too: with socket.create_connection(address) as sock.",
)
@on_stub("the server reset, and your echo() left its socket open")
def test_a_reset_of_the_server_propagates_from_the_client(kata, listener, background, keep):
    small_buffers(listener, size=ROOM)
    before = descriptors()
    echoing = background(kata.echo, listener.getsockname(), 4 * numbered(MUCH), may_raise=True)
    wait_queued(listener, 1)
    conn = keep(listener.accept()[0])
    # Some of it comes back, and all buffers are full: the client sleeps.
    conn.sendall(conn.recv(1000))
    echoing.asleep()
    reset(conn)
    words = "the server reset, and your echo() took that for the end"
    with raises_errno("ConnectionResetError", "BrokenPipeError", words=words):
        echoing.result()
    assert descriptors() == before, "the server reset, and your echo() left its socket open"


@hints(
    "select() said that accept() would not wait. What can happen before you call it?",
    "Another process may have the same listener. Make it non-blocking, and take BlockingIOError for: nobody any more.",
    "accept() raises ConnectionAbortedError for a client that was gone before: go on without it.",
)
@on_stub("listener.accept() waits")
def test_somebody_else_takes_the_client_first(serve, watched, listener, connect, ask, wait, tape):
    serve(watched)
    wait(Rest(), "the server to fall asleep")
    with rival(listener):
        taken = connect(listener)
        assert wait(lambda: over(taken), "somebody else to take the client"), "nobody takes the client from the queue"
    # Nobody is in the queue now. The next one comes to us, when we sleep in select() again.
    wait(Rest(), "the server to fall asleep")
    assert ask(connect(listener)) == b"hello", "somebody else took a client, and the server did not serve the next one"
    with client_gone_before_accept(listener):
        assert ask(connect(listener)) == b"hello", (
            "a client was gone before accept() returned, and the next one was not served"
        )
