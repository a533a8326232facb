"""The application and its window, still empty: all that the first paint needs, and nothing else."""

from dataflow_desktop.ui.desktop import Desktop, create_application, open_settings
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.process_signals import ProcessSignals


class Frame:
    """Made once in a process; the `FirstRows` fills the window."""

    def __init__(self, arguments: list[str]) -> None:
        self.application = create_application(arguments)
        self.settings = open_settings()
        self.desktop = Desktop(self.application, self.settings)
        self.window = MainWindow(self.settings)
        self.signals = ProcessSignals()
        self.signals.end_asked.connect(self.window.close)
