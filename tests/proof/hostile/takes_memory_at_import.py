"""Takes memory up to 2 GiB while it is imported.

verdict: could not start
words: GiB of memory
deadline: 20
"""

import time

kept = [bytearray(b"x") * (16 << 20) for _ in range(128)]
time.sleep(100)
