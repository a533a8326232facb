"""A process that has imported all and waits for its command, so that two of them start at the same moment.

`python -m tests.crash.racer`: each line of standard input is a list of arguments in JSON; the answer is a
line with the exit code and what was said on standard error.
"""

import io
import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

from dataflow_desktop.cli.commands import main as run_command


def run(arguments: Sequence[str]) -> tuple[int, str]:
    """Run one command as a process of its own would."""
    # The command sets how its streams treat odd letters, which a StringIO does not know.
    output, errors = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(output), redirect_stderr(errors):
        code = run_command(arguments)
    errors.seek(0)
    return code, errors.read()


def main() -> None:
    """Say that all is imported, then serve until standard input ends."""
    answers = sys.stdout
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(run(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
