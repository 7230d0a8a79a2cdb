"""3.10: one thread serves many connections, if none of them can hold up or end the others."""

import gc
import socket
import time
import weakref

import pytest

from dojo.suite import (
    GREEN,
    ROOM,
    Finding,
    break_off,
    client_gone_before_accept,
    drain,
    fill,
    has_fin,
    hints,
    is_writable,
    numbered,
    on_stub,
    over,
    overdue,
    reset,
    reset_in_queue,
    rival,
    sleeps,
    soon,
    unread,
    wait_fin,
    wait_queued,
    wait_reset,
    wait_until,
)

BULK = 1_048_576  # bytes: far more than fits on its way back, where ROOM is the send buffer


@pytest.fixture
def server(kata, listener):
    """An EchoServer on the listener, closed when the test is over."""
    made = kata.EchoServer(listener)
    yield made
    made.close()


@pytest.fixture
def drive(server):
    """`drive(condition)` lets the server make steps until it holds; False if it does not come to hold."""

    def until(condition):
        began, steps = time.monotonic(), 0
        while not condition():
            if steps > 100 and overdue(began):
                return condition()
            server.step(0.005)
            steps += 1
        return True

    return until


@pytest.fixture
def enter(listener, connect, server, drive):
    """`enter()` is a client that the server has accepted and answered once."""

    def one_more():
        client = connect(listener)
        client.sendall(b"hello")
        assert ask(client, 5, drive) == b"hello", "the server did not accept a client and send back what it had sent"
        return client

    return one_more


def ask(client, size, drive):
    """What the client can read when so many bytes have come back, or when no more come."""
    drive(lambda: unread(client) >= size or over(client))
    return drain(client, size)


def stuff(server, conn, drive):
    """Let the server make steps until its client's buffers are full, and enough after that to read much more."""
    drive(lambda: not is_writable(conn))
    for _ in range(200):
        server.step(0)


def take_in(server, conn, sending, ends):
    """Let the server make steps until its client has sent everything, or sleeps because nobody takes any more."""
    same = 0
    while not sending.done and same < 200:
        before = unread(conn)
        server.step(0)
        same = same + 1 if sleeps(sending.native_id) and unread(conn) == before else 0
    if ends and sending.done:  # the end comes behind the last byte, unless that is still at the client
        soon(lambda: server.step(0) or conn.fileno() < 0 or has_fin(conn))
    for _ in range(200):
        server.step(0)


def rests(server, tape):
    """Whether one of the next steps sleeps; the first few may still have something to do."""
    tape.mark()
    steps = 0
    while not tape.waits() and steps < 300:
        server.step(0.005)
        steps += 1
    return bool(tape.waits())


def connection(server, client):
    """The server's end of this client's connection, as it stands in addresses."""
    for conn in server.addresses:
        if conn.getpeername() == client.getsockname():
            return conn
    raise Finding(
        "a connection was open, and addresses did not hold it", f"a connection to {client.getsockname()}", "none"
    )


@on_stub(GREEN)
@hints(
    "select() tells which sockets are ready. To whom does the answer go?",
    "Send it on the socket on which it has come.",
)
def test_everybody_gets_back_what_they_sent(enter, drive):
    clients = [enter() for _ in range(3)]
    for round_ in range(2):
        for number, client in enumerate(clients):
            client.sendall(b"%d says %d" % (number, round_))
        for number, client in enumerate(clients):
            wanted = b"%d says %d" % (number, round_)
            assert ask(client, len(wanted), drive) == wanted, (
                "a client did not get back what it had sent, and only that"
            )


@on_stub("from its accept() on")
@hints(
    "Two clients have connected. Whose address is in your one variable?",
    "accept() returns a connection and its address: keep them together, at once.",
    "self.addresses[conn] = address, right after accept().",
)
def test_every_connection_has_its_own_clients_address(listener, connect, server, drive):
    clients = [connect(listener) for _ in range(3)]
    # They have connected, and said nothing so far.
    drive(lambda: len(server.addresses) == 3)
    assert len(server.addresses) == 3, "addresses did not hold every open connection from its accept() on"
    for client in reversed(clients):
        client.sendall(b"hello")
        ask(client, 5, drive)
    for conn, address in server.addresses.items():
        assert address == conn.getpeername(), "the address with a connection was another client's"


@on_stub("UnicodeDecodeError")
@hints(
    "Is what recv() returns a text? Where can it be cut?",
    "An echo need not know what the bytes mean. Leave decode() and encode() out.",
)
def test_bytes_come_back_as_they_came(enter, drive):
    client = enter()
    # 'é' is C3 A9. Its halves come one by one, and after them invalid UTF-8.
    for piece in (b"\xc3", b"\xa9", b"\xff\x00\xfe"):
        client.sendall(piece)
        assert ask(client, len(piece), drive) == piece, "bytes did not come back at once, as they came"


@on_stub("the client ended, and its connection was never closed")
@hints(
    "A client has ended. What does recv() return, and what does select() say of its socket from then on?",
    "b'' is the end: close the connection, and take it out of everything that knows it.",
)
def test_a_client_that_ends_is_closed_and_the_others_stay(enter, server, drive):
    clients = [enter() for _ in range(3)]
    conn = weakref.ref(connection(server, clients[1]))
    clients[1].shutdown(socket.SHUT_WR)
    drive(lambda: over(clients[1]))
    assert over(clients[1]), "the client ended, and its connection was never closed"
    left = sorted(server.addresses.values())
    stayed = sorted(client.getsockname() for client in (clients[0], clients[2]))
    assert left == stayed, "a connection had ended, and addresses did not hold just the others"
    clients[2].sendall(b"still here")
    assert ask(clients[2], 10, drive) == b"still here", "one client had ended, and the others were not served as before"
    gc.collect()
    assert conn() is None, "the client was gone, and something of the server still held its socket: memory fills up"


@on_stub("one client's reset ended the server for everybody")
@hints(
    "recv() raises ConnectionResetError. Which client does that concern, and which not?",
    "Catch OSError round the calls on one connection; close that connection, and go on.",
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_client_that_resets_ends_itself_alone(enter, server, drive, error):
    gone, client = enter(), enter()
    conn = connection(server, gone)
    break_off(gone, error)
    wait_reset(conn)
    client.sendall(b"still here")
    try:
        answer = ask(client, 10, drive)
        drive(lambda: len(server.addresses) == 1)
    except OSError as raised:
        wanted, got = "the others are served as before", f"step() raises {type(raised).__name__}"
        raise Finding("one client's reset ended the server for everybody", wanted, got) from raised
    assert answer == b"still here", "one client reset, and another one got no answer"
    assert list(server.addresses.values()) == [client.getsockname()], (
        "a connection was reset, and the server did not take it out"
    )


@on_stub("still blocked in")
@hints(
    "A client sends and never reads. What does send() do when the buffers are full?",
    "Make each connection non-blocking when it is accepted: a send() without room raises BlockingIOError.",
    "That is not an error of the connection: keep the bytes, and send them when select() says that there is room.",
)
def test_a_client_that_does_not_read_holds_up_nobody(listener, enter, server, drive):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    greedy, client = enter(), enter()
    conn = connection(server, greedy)
    # The first client sends what it can, twice, and reads nothing of what comes back.
    greedy.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * ROOM)
    for _ in range(2):
        fill(greedy)
        stuff(server, conn, drive)
    client.sendall(b"me too")
    assert ask(client, 6, drive) == b"me too", "one client did not read, and another one got no answer"
    # Now it resets, while the server has bytes for it.
    reset(greedy)
    wait_reset(conn)
    drive(lambda: len(server.addresses) == 1)
    assert list(server.addresses.values()) == [client.getsockname()], (
        "one client had reset, and addresses did not hold just the other one"
    )


@on_stub("still blocked in")
@hints(
    "How many bytes has send() taken? What becomes of the rest?",
    "Keep what is left with its connection; ask select() for room as long as there is something left.",
    "After b'' from recv() do not read any more. Close the connection when nothing is left, and not before.",
)
@pytest.mark.parametrize("ends", [True, False], ids=["ends", "stays"])
def test_what_found_no_room_follows_even_after_the_end(listener, enter, server, drive, background, tape, ends):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    client = enter()

    def send_all():
        client.sendall(numbered(BULK))
        if ends:
            client.shutdown(socket.SHUT_WR)

    sending = background(send_all)
    # It reads only when the server has more for it than there is room for, and may have ended before the last byte.
    conn = connection(server, client)
    stuff(server, conn, drive)
    take_in(server, conn, sending, ends)
    assert rests(server, tape), "a client did not read yet, and the server ran without a pause"
    got = bytearray()
    while len(got) < BULK and drive(lambda: unread(client) or over(client)) and not over(client):
        got += client.recv(100_000, socket.MSG_DONTWAIT)
    assert bytes(got) == numbered(BULK), "what found no room at first did not come later, all of it and in order"


@on_stub(GREEN)
@hints(
    "Nobody has anything to say. What is ready all the same?",
    "An idle connection has room, and is writable all the time: ask for that only while you have bytes for it.",
    "A connection at its end is readable all the time: close it.",
)
def test_it_sleeps_while_nobody_says_anything(enter, server, background):
    clients = [enter() for _ in range(2)]
    step = background(server.step, None)
    # Two clients are there, and both have got all their bytes back.
    step.asleep()
    clients[1].sendall(b"hi")
    step.result()


@on_stub(GREEN)
@hints(
    "How long may one step take, if nothing happens? And with a timeout of 0?",
    "Hand the timeout on to select() as it is.",
)
def test_the_timeout_limits_the_wait(silence, enter, server, tape):
    enter()
    tape.mark()
    server.step(0)
    assert tape.waits() == [], "the timeout was 0, and your step waited"
    clock = silence.clock()
    server.step(0.02)
    assert clock() >= 0.02, "nothing happened, and the step was over before its timeout"
    for seconds in silence.longer(5.5, 31.0):
        clock = silence.clock()
        server.step(seconds)
        assert clock() >= seconds, f"nothing happened, and the step was over before its {seconds} s"


@on_stub(GREEN)
@hints(
    "select() returns a list. How many of them do you see to, before you return?",
    "All of them, each once: no break and no return inside of the loop.",
)
def test_one_step_serves_every_ready_connection(listener, connect, enter, server):
    clients = [enter() for _ in range(3)]
    conns = [connection(server, client) for client in clients]
    connect(listener)
    wait_queued(listener, 1)
    for client, conn in zip(clients, conns, strict=True):
        client.sendall(b"me")
        wait_until(lambda conn=conn: unread(conn) == 2, "the bytes to arrive at the server")
    # One new client and three messages are there when the step begins.
    server.step(0)
    assert [unread(conn) for conn in conns] == [0, 0, 0], (
        "everybody was ready, and after one step somebody still waited"
    )


@on_stub(GREEN)
@hints(
    "One client sends without a pause. When is it the others' turn?",
    "One recv() for each ready connection and step, of a limited size. What is left is ready in the next step.",
)
def test_a_client_that_sends_much_waits_for_its_next_turn(listener, enter, server, background):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    chatty, client = enter(), enter()
    conns = [connection(server, chatty), connection(server, client)]
    background(chatty.sendall, bytes(150_000), may_raise=True)
    wait_until(lambda: unread(conns[0]) == 150_000, "much to arrive at the server")
    client.sendall(b"me")
    wait_until(lambda: unread(conns[1]) == 2, "the other client's bytes to arrive at the server")
    server.step(0)
    taken = 150_000 - unread(conns[0])
    assert taken <= 65536, "one client got more than its share of the step, and the others waited meanwhile"
    assert unread(conns[1]) == 0, "one client sent much, and the other one had to wait until it was done"


@on_stub("still blocked in listener.accept()")
@hints(
    "select() said that accept() would not wait. What can happen before you call it?",
    "Another process may have the same listener. Make it non-blocking, and take BlockingIOError for: nobody any more.",
)
def test_somebody_else_takes_the_client_first(kata, listener, connect):
    server = kata.EchoServer(listener)
    client = connect(listener)
    wait_queued(listener, 1)
    with rival(listener):
        server.step(0)
    wait_fin(client)
    assert server.addresses == {}, "somebody else had taken the client, and addresses held a connection"
    server.close()


@on_stub("the server closed the listener")
@hints(
    "Which of the sockets has the server opened itself?",
    "Close the connections, and put the listener's timeout back if you have changed it.",
)
def test_close_closes_the_connections_and_no_more(kata, listener, connect):
    for mode in (None, 30.0, 0.0):
        listener.settimeout(mode)
        server = kata.EchoServer(listener)
        clients = [connect(listener) for _ in range(3)]
        for client in clients:
            client.sendall(b"hello")
            wait_until(lambda server=server, client=client: server.step(0.005) or unread(client), "the first answer")
        # One resets, and close() is called before the next step() could tell of it.
        reset_in_queue(clients.pop(1))
        try:
            server.close()
        except OSError as error:
            words = "a client had reset, and close() raised the error of its connection"
            raise Finding(words, "close() returns", f"{type(error).__name__}: {error}") from error
        for client in clients:
            wait_fin(client)
        assert listener.fileno() != -1, "the server closed the listener, which belongs to the caller"
        assert listener.gettimeout() == mode, "the server left the caller's listener in another mode"


@on_stub("ECONNRESET")
@hints(
    "The kernel keeps a client in its queue that is gone already. Which calls on its connection fail?",
    "accept() itself tells the address: getpeername() raises. The error of recv() is this client's alone.",
    "accept() raises ConnectionAbortedError for a client that was gone before: go on without it.",
)
def test_a_client_that_is_gone_before_it_is_accepted(listener, connect, enter, server, drive):
    gone = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(gone)
    # It is in the queue still, first of all.
    client = enter()
    drive(lambda: len(server.addresses) == 1)
    assert list(server.addresses.values()) == [client.getsockname()], (
        "a client was gone, and addresses did not hold just the others"
    )
    with client_gone_before_accept(listener):
        late = enter()
    stayed = [client.getsockname(), late.getsockname()]
    assert sorted(server.addresses.values()) == sorted(stayed), (
        "a client was gone before accept() returned, and addresses did not hold just the others"
    )
