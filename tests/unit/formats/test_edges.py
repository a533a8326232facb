"""What stands before and after the rows of a file, and what is loaded for it."""

import subprocess
import sys

import pytest

from dataflow_desktop.domain.file_options import Compression, FileFormat, FileOptions
from dataflow_desktop.domain.frame_layout import layout_for
from dataflow_desktop.domain.schema import ColumnKind
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.formats.edges import FileEdges
from dataflow_desktop.formats.encoders import encoder_for
from tests.unit.formats.xlsx_books import column

COLUMNS = (column(ColumnKind.INTEGER, name="id"), column(ColumnKind.TEXT, name='a "name", of <one>'))
WITHOUT_POLARS = [
    (FileFormat.CSV, Compression.NONE),
    (FileFormat.CSV, Compression.GZIP),
    (FileFormat.TSV, Compression.ZSTD),
    (FileFormat.JSONL, Compression.NONE),
    (FileFormat.JSONL, Compression.GZIP),
    (FileFormat.XLSX, Compression.NONE),
]

HEADER = """
import sys
from dataflow_desktop.domain.file_options import Compression, FileFormat, FileOptions
from dataflow_desktop.domain.frame_layout import layout_for
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.formats.edges import FileEdges

options = FileOptions(file_format=FileFormat(sys.argv[1]), compression=Compression(sys.argv[2]))
FileEdges(WritingTask((), options, layout_for(options, 1))).header()
sys.exit("polars" in sys.modules)
"""


@pytest.mark.parametrize(("file_format", "compression"), WITHOUT_POLARS)
def test_the_header_is_the_one_of_the_encoder(file_format: FileFormat, compression: Compression) -> None:
    options = FileOptions(file_format=file_format, compression=compression)
    task = WritingTask(COLUMNS, options, layout_for(options, len(COLUMNS)))
    assert FileEdges(task).header() == encoder_for(task).header()


@pytest.mark.parametrize(("file_format", "compression"), WITHOUT_POLARS)
def test_edges_need_no_polars(file_format: FileFormat, compression: Compression) -> None:
    command = [sys.executable, "-c", HEADER, file_format, compression]
    assert subprocess.run(command, check=False).returncode == 0
