"""1.1: accept on a blocking listener sleeps until a connection is there."""

from dojo.suite import hints, raises_errno, read_to_end, reset_in_queue, small_buffers, wait_queued


@hints(
    "One call waits for a connection and hands it out. Which?",
    "listener.accept() returns a new socket for this client, and the client's address.",
    "conn, address = listener.accept(), then send on conn, not on listener.",
)
def test_a_client_that_is_waiting_is_greeted(kata, listener, connect):
    client = connect(listener)
    kata.serve_one(listener, b"welcome")
    assert read_to_end(client) == b"welcome", "the client reads the greeting, and then the end"


@hints(
    "There are two addresses: yours and the client's. Which did accept() give you?",
    "The second thing that accept() returns is the address of the other end.",
)
def test_it_returns_the_address_of_the_client(kata, listener, connect):
    client = connect(listener)
    assert kata.serve_one(listener, b"hi") == client.getsockname(), "the address is the client's, not the listener's"


@hints(
    "Who wakes the thread when somebody connects: your code, or the kernel?",
    "Do not make the listener non-blocking and do not call time.sleep(): accept() waits by itself.",
)
def test_it_sleeps_in_the_kernel_until_somebody_connects(kata, listener, connect, background):
    serving = background(kata.serve_one, listener, b"at last")
    # Nobody has connected yet. The thread must be asleep, in a call that a connection ends.
    serving.asleep()
    client = connect(listener)
    assert serving.result() == client.getsockname()
    assert read_to_end(client) == b"at last"


@hints(
    "How often must one ask for a connection that has not come yet?",
    "Once: the call returns when there is an answer. A loop round accept() is polling.",
)
def test_waiting_takes_one_call(kata, listener, connect, background, tape):
    serving = background(kata.serve_one, listener, b"hi")
    serving.asleep()
    connect(listener)
    serving.result()
    assert tape.count("accept") == 1, "a second accept() means that the first did not wait"


@hints(
    "accept() gave you a second socket. Which of the two is finished now?",
    "Close the connection, keep the listener.",
)
def test_the_listener_goes_on_listening(kata, listener, connect):
    for greeting in (b"first", b"second"):
        client = connect(listener)
        kata.serve_one(listener, greeting)
        assert listener.fileno() != -1, "the listener belongs to the caller and stays open"
        assert read_to_end(client) == greeting


@hints(
    "How many bytes does one send() take, when the client is slow to read?",
    "send() tells how many it took. sendall() goes on until all are taken.",
)
def test_a_long_greeting_arrives_whole(kata, listener, connect, background):
    greeting = bytes(range(256)) * 8192
    small_buffers(listener, size=65536)
    client = connect(listener)
    serving = background(kata.serve_one, listener, greeting)
    # Two megabytes do not fit into these buffers: the server has to wait for the reader.
    assert read_to_end(client) == greeting, "every byte of the greeting, in order"
    serving.result()


@hints(
    "What becomes of the connection when sending the greeting raises?",
    "Use the connection as a context manager: it is then closed on every way out.",
)
def test_a_client_that_resets_leaves_no_socket_open(kata, listener, connect):
    client = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(client)
    # Linux hands the dead connection out all the same; sending to it fails.
    with raises_errno("ECONNRESET", "EPIPE", "ECONNABORTED", words="a greeting that nobody got is not a success"):
        kata.serve_one(listener, b"hello?")


@hints(
    "A listener with a timeout keeps it. Did you change the listener's mode?",
    "serve_one need not call setblocking() or settimeout() at all.",
)
def test_the_listener_keeps_its_mode(kata, listener, connect):
    listener.settimeout(30)
    connect(listener)
    kata.serve_one(listener, b"hi")
    assert listener.gettimeout() == 30, "the listener is the caller's, and so is its timeout"
