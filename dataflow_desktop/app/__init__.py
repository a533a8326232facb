"""The window's front: builds every part once, joins their signals, shuts down in order."""


def run_window(source_address: str | None, table_name: str | None) -> int:
    """Run the window until it is closed and return the exit code.

    Where a window of the same home runs already, that one opens the source.
    """
    from dataflow_desktop.app.window_place import WindowWish, take_place

    place = take_place(WindowWish.from_here(source_address, table_name))
    if place.is_handed_over:
        return 0
    from dataflow_desktop.app.program import run_window as run

    return run(source_address, table_name, place)


def smoke_test() -> int:
    """Make a catalogue, filter and export it through the window; return 0 when the file is right."""
    from dataflow_desktop.app.smoke import smoke_test as run

    return run()
