"""`make watch`: the loop, the keys, the screens, and what tells of saves.

start takes the terminal (terminal, keyboard, guardian), collection collects the suites, and
loop waits: for keys (keys), saves (saves, file_events), signals and runs (prepared_run). What
is shown is a page (screens), made to fit (fitting), and drawn as one (display).

It imports everything up to learner: the keys do what its commands do.
"""
