"""What owner and reader process say to each other.

owner → reader    a ReadingTask as one line of JSON; the end of the stream: nobody wants the rows any more
reader → owner    for each chunk HEADER, then as long as it says JSON (rows, last keyset) and bytes;
                  after the last chunk HEADER with twice 0; where reading fails, the reason as a JSON text
                  in a chunk's place, or nothing more
"""

import struct

HEADER = struct.Struct(">II")

READER_ARGUMENT = "--reader-process"
"""What makes the program a reader process."""
