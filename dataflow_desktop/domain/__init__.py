"""Values and rules of the program, and its glossary: these words, no synonyms.

row query
    table, columns, conditions, search and sort: what the user asked to see
sort key, keyset
    the ordering columns, ending in a unique one; their values at one row
page, chunk, frame
    rows read for the table; rows read for an export; rows whose bytes are made as one: packed, a row group
lane
    a way of reading and encoding chunks: columnar or exact; both give the same bytes
export profile
    what an export is asked for, under a name; without its source and target
spec, job, state
    what an export was asked to do; one export from wish to end; where it stands
queue, turn
    the jobs that run or wait to run, in order; the place of one that waits
bound
    the highest key seen when the job began: rows above it are not its rows
part file, target
    the unfinished file; the user's file
sidecar
    what stands beside a part file: enough of the job to go on when its record is lost
position, checkpoint
    keyset, rows and bytes written; a position known to be durable, with digest
durable
    survives power loss: file and folder synced
piece, manifest
    a stretch of a file that has a digest of its own; what was exported, and the proof of it
proof, verdict
    what a file must be, and who says so; whether it is, and what of it is not
pause, cancel, fail
    stop keeping; stop discarding; stop by error
resume, restart, refuse
    go on; begin again; not without a person
consent, remedy
    what a person agreed to after a refusal; what a person can do about it
epoch
    how often a job has got an owner; a write with an older epoch is turned down
generation
    the number of the current row query
"""
