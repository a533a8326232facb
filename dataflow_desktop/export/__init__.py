"""The export engine: one way from a wish to a whole file, the same for the window and the command line.

    creation    check the wish; bound and count the rows; freeze all of it; create the part file
                head start: the reader process reads ahead meanwhile, if nobody changes the source
    engine      lock the job, begin a new epoch
                recovery    no checkpoint: start over
                            checkpoint: same table and fingerprint? prefix has its digest? cut off the rest
                            whole file recorded: publish it, or see that it was published
                lanes       columnar: a reader process reads, encodes and orders chunks ahead of us
                            exact: this process reads row by row what is little, or what the other cannot read
                            both: text chunk by chunk; what is packed, and Parquet and XLSX, frame by frame,
                            which end where the rows say, so that a file goes on from the end of one
                a value does not fit the type planned for its Parquet column: start over, with text there
                header
                while an encoded chunk lies beyond the position and within the bound:
                    append
                    each second or so: make durable → commit the checkpoint → report
                    stop asked for: make durable → commit the checkpoint → paused
                trailer: what only all rows tell
                make durable → commit FINALIZING with size and digest → publish → write the manifest
                → commit DONE

Promise: the target appears only when it is whole. After any stop the job resumes from its newest checkpoint
and gives the bytes of an undisturbed run, as long as the source's rows in its range have not changed; where
it cannot, it says so and asks. A checkpoint never leads the data it speaks of.

Not promised: rows that others change behind the position while the export runs (reads are short, unless a
snapshot was asked for), and rows that appear above the bound. The record says whether the source changed.
Tables without any key are read in one pass: stopped, they begin again.
"""
