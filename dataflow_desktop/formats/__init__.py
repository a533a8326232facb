"""Chunks of rows → bytes of a file. Nothing here knows where rows come from or where bytes go."""
