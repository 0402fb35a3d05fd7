"""Runs a program on a terminal of its own and types.

typist.py SHOWN KEYS [SHOWN KEYS ...] -- PROGRAM ARGUMENT...

Types each KEYS as soon as the screen shows SHOWN behind what was waited for before (escape sequences
and carriage returns are no part of it), waits for the program's end and prints its exit status.
"""

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

MOST_SECONDS = 40
NOT_SHOWN = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[=>]|[\r\b\a]")

end_of_dialogue = sys.argv.index("--")
dialogue = sys.argv[1:end_of_dialogue]
program = sys.argv[end_of_dialogue + 1 :]
deadline = time.monotonic() + MOST_SECONDS

child, screen = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execvp(program[0], program)

written = ""


def shown():
    return NOT_SHOWN.sub("", written)


def read_on(wanted):
    """Reads what the program writes next; false once it writes no more."""
    global written
    if time.monotonic() > deadline:
        os.kill(child, 9)
        sys.exit(f"never saw {wanted!r} on {shown()!r}")
    if not select.select([screen], [], [], 0.2)[0]:
        return True
    try:
        read = os.read(screen, 65536)
    except OSError:  # so Linux tells that the terminal's other end is closed
        read = b""
    written += read.decode("utf-8", "replace")
    return read != b""


seen = 0
for wanted, keys in zip(dialogue[::2], dialogue[1::2]):
    while (at := shown().find(wanted, seen)) < 0:
        if not read_on(wanted):
            sys.exit(f"ended before {wanted!r} on {shown()!r}")
    seen = at + len(wanted)
    os.write(screen, keys.encode())
while read_on("its end"):
    pass
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
