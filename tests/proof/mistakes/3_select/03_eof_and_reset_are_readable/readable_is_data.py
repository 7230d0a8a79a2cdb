"""Takes every readable socket for one with data.

caught by: test_the_end_is_eof
words: the peer had ended the stream, and your code did not say "eof
"""

import select


def classify_ready(socks):
    return {sock: "data" for sock in select.select(socks, [], [], 0)[0]}
