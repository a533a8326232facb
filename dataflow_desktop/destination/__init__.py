"""Where an export goes: part file, target and the lock of a job. What it promises is durable is durable."""
