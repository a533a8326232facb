"""What owner and reader process say to each other.

owner → reader    a ReadingTask, a WritingTask and the source's secret, each as a line of JSON, then the
                  number of each slot that is free again, as a byte; the end of the stream: nobody wants the
                  rows any more
reader → owner    for each chunk HEADER, and as long as that says JSON: rows, last keyset, the number of the
                  slot that has the bytes (null: they follow), how many bytes; after the last chunk HEADER
                  with 0. Where reading fails, the reason as a JSON text in a chunk's place, or nothing more
"""

import struct

HEADER = struct.Struct(">I")

READER_ARGUMENT = "--reader-process"
"""What makes the program a reader process. A second argument says what it is likely to read, a third is the
descriptor of the shared slots, where there are any."""

FILE, SERVER = "file", "server"
"""What a reader process is likely to read."""
