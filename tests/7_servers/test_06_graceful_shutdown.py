"""7.6: a server that stops takes the clients in its queue, refuses later ones, and serves all to their end."""

import asyncio  # noqa: F401  (loaded before the fork, for the answers that use it)
import socket
from functools import partial

import pytest

from dojo.suite import (
    BUSY,
    GONE,
    GREEN,
    NARROW,
    PATIENT,
    ROOM,
    Finding,
    accept_fails,
    asleep_in,
    client_gone_before_accept,
    counted,
    descriptors,
    hints,
    numbered,
    on_stub,
    over,
    pour,
    raises_errno,
    read_to_end,
    reset,
    reset_in_queue,
    small_buffers,
    squeezed,
    unread,
    wait_queued,
    wait_until,
)

BULK = 3_000_000  # bytes: far more than all buffers
GRACE = 600.0  # seconds, of virtual time


def flood(client, comes):
    """The client sends BULK bytes and reads nothing, until nothing goes any more; how much went."""
    return pour(client, comes, BULK, "a client sent more than it read, and was cut off")


def at_once(running, tape):
    """Wait for the end of a call that may not wait for anybody."""

    def look():
        for call in tape.calls():
            if call.ready is False and asleep_in(call) and not running.done:
                got = f"{call.text} waits, at line {call.line}"
                raise Finding(
                    "your code waited for somebody to connect, though it had taken everybody",
                    "no call should wait",
                    got,
                )
        return running.done

    wait_until(look, "stop_accepting() to return")
    return running.result()


@hints(
    "What becomes of the connections in the queue when the listener is closed?",
    "They are reset. Accept until nobody is left, and close then.",
)
@on_stub("your code closed the listener before it took the clients in its queue: they were reset")
def test_clients_in_the_queue_are_taken_first(kata, listener, connect, keep):
    clients = [connect(listener) for _ in range(3)]
    wait_queued(listener, 3)
    listener.setblocking(False)
    accepted = keep(kata.stop_accepting(listener))
    assert len(accepted) == 3, "your code closed the listener before it took the clients in its queue: they were reset"
    names = [conn.getpeername() for conn in accepted]
    assert names == [client.getsockname() for client in clients], (
        "the connections were not all in the list, in the order of arrival"
    )
    for conn, client in zip(accepted, clients, strict=True):
        conn.sendall(b"welcome")
        assert client.recv(7) == b"welcome", "a client that was in the queue did not stay connected"


@hints(
    "Nobody is to come any more. Does emptying the queue see to that?",
    "listener.close(), when the queue is empty.",
)
@on_stub(GREEN)
def test_a_later_client_is_refused(kata, listener, connect, keep):
    address = listener.getsockname()
    connect(listener)
    wait_queued(listener, 1)
    listener.setblocking(False)
    keep(kata.stop_accepting(listener))
    assert listener.fileno() == -1, "the listener was still open: a client that connects now waits for ever"
    late = keep(socket.socket())
    with raises_errno("ECONNREFUSED", words="the listener was still open: a client that connects now waits for ever"):
        late.connect(address)


@hints(
    "accept() fails with something else than EAGAIN. What becomes of the connections that you have already?",
    "The caller does not get them: close them and the listener, and let the error propagate.",
)
@on_stub("the caller never finds out")
def test_an_error_half_way_propagates_and_leaves_nothing_open(kata, listener, connect, keep):
    client, gone, other, _ = (connect(listener) for _ in range(4))
    wait_queued(listener, 4)
    reset_in_queue(gone)
    before = descriptors()
    words = "accept() failed half way, and the caller never finds out"
    with accept_fails(listener, after=3), raises_errno("EMFILE", words=words, other=GONE):
        kata.stop_accepting(listener)
    assert listener.fileno() == -1, "accept() failed half way, and your code left the listener open"
    assert descriptors() == before - 1, "accept() failed half way, and your code left connections open"
    for one in (client, other):
        assert read_to_end(one) == b"", "the connections that were accepted before the error did not end in order"


class Server:
    """The server, and the end of the pair that makes it stop."""

    def __init__(self, background, kata, door, stops, *grace, may_raise):
        self._end = stops[1]
        self.serving = background(kata.serve, door, stops[0], *grace, may_raise=may_raise)

    def stop(self):
        self._end.send(b"!")


@pytest.fixture
def comes(comes):
    """`comes(condition, what)` waits for it, and says whether it has come; a busy loop is a finding."""
    return partial(comes, busy=BUSY)


@pytest.fixture
def serve(kata, listener, keep, background, tape):
    """`serve()` starts the server on a copy of the listener; one that is `stopped` already has the only one."""
    stops = keep(socket.socketpair())
    tape.label(stops[0], "stop")
    tape.label(stops[1], "operator")

    def start(*grace, stopped=False, may_raise=False):
        own = listener.dup()
        tape.label(own, "listener")
        if stopped:
            listener.close()
            stops[1].send(b"!")
        return Server(background, kata, keep(own), stops, *grace, may_raise=may_raise)

    return start


@pytest.fixture
def ask(comes):
    """`ask(client, words)`: the client sends them, and this is what comes back; b"" if it is the end, or nothing."""

    def answer(client, words=b"hello"):
        try:
            client.sendall(words)
            comes(
                lambda: unread(client) >= len(words) or over(client),
                f"{counted(len(words), 'byte')} to come back",
                PATIENT,
            )
            return client.recv(len(words), socket.MSG_DONTWAIT) if unread(client) else b""
        except ConnectionAbortedError:  # it is accept() that raises this: the server has ended with it
            raise
        except ConnectionError:
            return b""

    return answer


@pytest.fixture
def leave(comes):
    """`leave(client)`: the client ends, and its connection is closed in order."""

    def end(client):
        client.shutdown(socket.SHUT_WR)
        assert comes(lambda: over(client), "the end"), "the client ended, and its connection was never closed"
        assert client.recv(1) == b"", "the client ended in order, and got no end in order"

    return end


@pytest.fixture
def returns(comes):
    """`returns(server, words)`: serve() returns, and that soon."""

    def check(server, words):
        assert comes(lambda: server.serving.done, "serve() to return"), words
        assert server.serving.result() is None, "serve() did not return None"

    return check


@hints(
    "`stop` is not readable yet. What is there to do?",
    "An echo server as in 5.10: everybody at the same time, and b'' is the end.",
)
@on_stub(GREEN)
def test_before_it_stops_everybody_is_served(serve, listener, connect, ask, leave):
    server = serve()
    server.serving.asleep()
    first, second = connect(listener), connect(listener)
    for number, client in enumerate((second, first, second)):
        words = b"number %d" % number
        assert ask(client, words) == words, "a client did not get back what it had sent"
    leave(second)
    assert ask(first) == b"hello", "one client ended, and another one got no answer"
    assert ask(connect(listener)) == b"hello", "nobody had stopped the server, and a later client got no answer"


@hints(
    "They have connected, they have sent, and you have not accepted them yet. Then `stop` is readable.",
    "What stop_accepting() returns are clients like the others: serve them, too.",
)
@on_stub("was reset")
def test_a_client_in_the_queue_is_served_after_the_stop(serve, listener, connect, comes, returns):
    clients = [connect(listener) for _ in range(3)]
    for client in clients:
        client.sendall(b"hello")
        client.shutdown(socket.SHUT_WR)
    wait_queued(listener, 3)
    server = serve(stopped=True)
    for client in clients:
        comes(lambda client=client: unread(client) == 5 or over(client), "the answer to a client that was in the queue")
        try:
            assert read_to_end(client) == b"hello", "a client had connected before the stop, and got no answer"
        except ConnectionError as error:
            raise Finding(
                "a client had connected before the stop, and was reset", "an answer", type(error).__name__
            ) from error
    returns(server, "all clients ended, and serve() did not return")


@hints(
    "`stop` is readable, and clients are connected. Are they done?",
    "Go on as before, without the listener, until the last one has ended.",
)
@on_stub("a conversation was cut off in the middle")
def test_conversations_go_on_after_the_stop(serve, listener, connect, ask, leave, returns, comes):
    server = serve()
    first, second = connect(listener), connect(listener)
    ask(first), ask(second)
    listener.close()
    server.stop()
    comes(lambda: server.serving.done, "the server to have seen the stop")
    for client in (first, second):
        assert ask(client, b"go on") == b"go on", "`stop` was readable, and a conversation was cut off in the middle"
    leave(first)
    assert ask(second) == b"hello", "one client ended, and another one got no answer"
    leave(second)
    returns(server, "all clients ended, and serve() did not return")


@hints(
    "When is the listener closed: at the stop, or when serve() returns?",
    "At the stop. A client that comes after that is refused at once, and may go elsewhere.",
)
@on_stub("a client was still connected, and serve() returned")
def test_nobody_is_let_in_after_the_stop(serve, listener, connect, ask, comes, keep):
    server = serve()
    client = connect(listener)
    ask(client)
    address = listener.getsockname()
    listener.close()
    server.stop()
    comes(lambda: server.serving.done, "the server to have seen the stop")
    assert not server.serving.done, "a client was still connected, and serve() returned"
    late = keep(socket.socket())
    with raises_errno("ECONNREFUSED", words="the server was stopped, and still let clients in"):
        late.connect(address)


@hints(
    "A client has sent more than it has read back. Then it ends, and then `stop` is readable.",
    "What is pending goes out first. send() takes a part; BlockingIOError means: when there is room.",
)
@on_stub("a call waited for one client that did not read, and the others were not served meanwhile")
def test_what_is_pending_at_the_stop_still_goes_out(serve, listener, connect, ask, comes):
    small_buffers(listener, size=ROOM)
    client, other = connect(listener), connect(listener)
    server = serve()
    sent = flood(client, comes)
    assert ask(other) == b"hello", (
        "a call waited for one client that did not read, and the others were not served meanwhile"
    )
    client.shutdown(socket.SHUT_WR)
    server.stop()
    comes(lambda: server.serving.done, "the server to have seen the stop")
    # Only now the client begins to read.
    try:
        heard = read_to_end(client)
    except ConnectionError as error:
        raise Finding("the answer was cut off at the stop", "all of it", type(error).__name__) from error
    assert heard == numbered(BULK)[:sent], "the answer was cut off at the stop: what was pending should still go out"
    assert ask(other) == b"hello", "one client ended, and another one got no answer"


@hints(
    "recv() has returned b'', and send() has not yet taken everything that came before. What is left to do?",
    "Send it: the client has ended its own direction, and still reads. Close when nothing is pending.",
)
@on_stub(GREEN)
def test_what_is_pending_at_the_end_still_goes_out(serve, listener, connect, comes):
    client = connect(listener, room=NARROW)
    client.sendall(bytes(range(200)))
    client.shutdown(socket.SHUT_WR)
    narrow, came = squeezed(client), bytearray()
    # The server finds everything at once, the end too, and gets rid of 16 bytes at a time.
    serve()
    comes(lambda: came.extend(narrow.read()) or len(came) == 200, "200 bytes to come back", PATIENT)
    assert len(came) == 200, "the client had ended, and was closed before everything had gone out"
    assert came + read_to_end(client) == bytes(range(200)), "what came back was not what was sent, in the same order"


@hints(
    "`stop` stays readable for ever. Do you still ask for it?",
    "Unregister it once it has been seen. Wait for the clients, and for the end of `grace`.",
    "Unregister the listener, too, before it is closed: while it has a copy the kernel goes on reporting it.",
)
@on_stub("a client was still connected, and serve() returned")
def test_it_sleeps_while_it_waits_for_the_last_ones(serve, listener, connect, ask, comes):
    server = serve()
    client = connect(listener)
    ask(client)
    server.stop()
    # The client says nothing, and has not ended.
    comes(lambda: server.serving.done, "the server to wait for its last client")
    assert not server.serving.done, "a client was still connected, and serve() returned"
    # Another process may have a copy of the listener, as this one has. Somebody comes to it.
    try:
        connect(listener)
    except ConnectionRefusedError as error:
        words = "your code shut the listener down for everybody: another process that has a copy cannot use it any more"
        raise Finding(words, "the copy should go on listening", "it refused") from error
    comes(lambda: server.serving.done, "the server to sleep again: nobody has come to it")
    assert ask(client) == b"hello", "`stop` was readable, and a conversation was cut off in the middle"


@hints(
    "One client never ends. How long does the server wait for it?",
    "`grace` seconds from the stop on, not from the last message on. Then close what is left.",
)
@on_stub("and a client was cut off")
def test_a_client_that_never_ends_is_closed_after_the_grace(virtual_time, serve, connect, listener, ask, comes):
    server = serve(GRACE)
    silent, talker = connect(listener), connect(listener)
    ask(silent), ask(talker)
    server.stop()
    # One client says nothing, the other talks on and on: no end of theirs.
    ask(talker), ask(talker)
    for _ in range(2):
        virtual_time.advance(GRACE / 3)
        assert ask(talker) == b"hello", "`grace` was not over, and a client was cut off"
    virtual_time.advance(GRACE / 2)
    words = "`grace` was over, some client never ended, and serve() waited for it"
    assert comes(lambda: server.serving.done, "serve() to return"), words
    server.serving.result()
    for client in (silent, talker):
        assert comes(lambda client=client: over(client), "the end"), "serve() returned, and left a connection open"


@hints(
    "Nobody is connected when it stops. What is there to wait for?",
    "Nothing: `grace` is the longest that it waits, and not how long it waits.",
)
@on_stub(GREEN)
def test_with_nobody_left_it_returns_at_once(serve, listener, connect, ask, leave, returns):
    server = serve(3600)
    client = connect(listener)
    ask(client)
    leave(client)
    server.stop()
    returns(server, "nobody was connected any more, and serve() waited for the end of `grace`")


@hints(
    "accept() fails for good, while nobody has asked the server to stop. Who must be told?",
    "The caller: let the error propagate, and close every connection on the way.",
)
@on_stub("left to the garbage collector")
def test_an_error_of_the_listener_propagates(serve, listener, connect, comes):
    first = connect(listener)
    connect(listener)
    # The first one is accepted. Then no descriptor is left.
    with accept_fails(listener, after=1):
        server = serve(may_raise=True)
        came = comes(lambda: server.serving.done, "serve() to end")
        assert came, "accept() failed for good, and the caller never finds out"
        with raises_errno("EMFILE", words="accept() failed for good, and the caller never finds out"):
            server.serving.result()
    assert comes(lambda: over(first), "the end"), "serve() raised, and left a connection open"


@hints(
    "The listener and `stop` are readable at the same time, and the second accept() fails. What of the first client?",
    "You have: close it on every way out, even if nothing has been done for it yet.",
)
@on_stub("the caller never finds out")
def test_an_error_of_the_listener_at_the_stop_propagates(serve, listener, connect, comes):
    clients = [connect(listener), connect(listener)]
    wait_queued(listener, 2)
    with accept_fails(listener, after=1):
        server = serve(stopped=True, may_raise=True)
        came = comes(lambda: server.serving.done, "serve() to end")
        assert came, "accept() failed at the stop, and the caller never finds out"
        with raises_errno("EMFILE", words="accept() failed at the stop, and the caller never finds out"):
            server.serving.result()
    for client in clients:
        assert comes(lambda client=client: over(client), "the end"), "serve() raised, and left a connection open"


@hints(
    "The listener may be blocking. What does accept() do when the queue is empty?",
    "listener.setblocking(False) first: then BlockingIOError says that nobody is left.",
    "ConnectionAbortedError does not: one client was gone before, and the next one may be there.",
)
@on_stub("your code closed the listener before it took the clients in its queue: they were reset")
def test_it_never_waits_whatever_the_mode(kata, listener, connect, keep, background, tape):
    listener.settimeout(30)
    connect(listener), connect(listener)
    wait_queued(listener, 2)
    accepted = keep(at_once(background(kata.stop_accepting, listener), tape))
    assert len(accepted) == 2, "your code closed the listener before it took the clients in its queue: they were reset"
    # And one that nobody has ever connected to.
    empty = keep(socket.create_server(("127.0.0.1", 0)))
    assert at_once(background(kata.stop_accepting, empty), tape) == [], (
        "the queue was empty, and your code did not return an empty list"
    )
    # And one where the first in the queue is gone, and the second is not.
    other = keep(socket.create_server(("127.0.0.1", 0)))
    with client_gone_before_accept(other):
        connect(other)
        wait_queued(other, 2)
        accepted = keep(at_once(background(kata.stop_accepting, other), tape))
        assert len(accepted) == 1, "one client was gone before accept() returned, and the one behind it was lost"


@hints(
    "A client resets. Which of your calls raises, and who else is served by the same loop?",
    "except OSError round the calls on one connection: close this one, and go on.",
    "accept() itself raises ConnectionAbortedError for a client that was gone before: go on with the next one.",
)
@on_stub("one client reset, and another one got no answer")
def test_a_reset_is_the_end_of_one_client_alone(serve, listener, connect, ask, leave, returns, untaken):
    server = serve()
    gone, other, late = connect(listener), connect(listener), connect(listener)
    ask(gone), ask(other), ask(late)
    reset(gone)
    assert ask(other) == b"hello", "one client reset, and another one got no answer"
    with client_gone_before_accept(listener):
        newest = connect(listener)
        assert ask(newest) == b"hello", "one client was gone before accept(), and the next one got no answer"
    leave(newest)
    server.stop()
    assert ask(other) == b"hello", "`stop` was readable, and a conversation was cut off in the middle"
    # Another one resets while the server waits for the last ones.
    reset(late)
    leave(other)
    returns(server, "all clients ended or reset, and serve() did not return")
    assert not untaken, "one client reset, and nobody took its error: asyncio printed it"
