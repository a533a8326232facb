"""Figures of a benchmark: printed as a table, and written as JSON for those that have a bar."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value; `bar` is what an issue asked of it, at most or at least."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    at_most: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the value is on the right side of its bar, None without one."""
        if self.bar is None:
            return None
        return self.value <= self.bar if self.at_most else self.value >= self.bar


def machine() -> str:
    """Return what figures depend on: cores, system, Python, and what else keeps the cores busy now."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {python}{load}"


def print_figures(figures: Sequence[Figure], json_path: Path | None) -> None:
    """Print all `figures`, and write those with a bar to `json_path`."""
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        sys.stdout.write(f"{figure.name:{width}}  {figure.value:12,.2f} {figure.unit}{_verdict(figure)}\n")
    if json_path is not None:
        entries = [
            {
                "name": figure.name,
                "value": figure.value,
                "unit": figure.unit,
                "bar": figure.bar,
                "holds": figure.holds,
            }
            for figure in figures
            if figure.bar is not None
        ]
        json_path.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def _verdict(figure: Figure) -> str:
    if figure.bar is None:
        return ""
    side = "at most" if figure.at_most else "at least"
    return f"   {side} {figure.bar:g}: {'holds' if figure.holds else 'DOES NOT HOLD'}"
