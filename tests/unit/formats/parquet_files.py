"""Whole Parquet files, made as an export makes them, and what independent readers find in them."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it has no types to tell

from dataflow_desktop.domain.file_options import Compression
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.encoding import FileEncoder
from dataflow_desktop.formats.parquet import ParquetEncoder
from dataflow_desktop.formats.parquet_types import ParquetKind, ParquetType

MIXED = pl.Struct({"integer": pl.Int64, "real": pl.Float64, "text": pl.String, "bytes": pl.Binary})
FIELDS: dict[type, str] = {int: "integer", float: "real", str: "text", bytes: "bytes"}

INT64 = ParquetType(ParquetKind.INT64)
DOUBLE = ParquetType(ParquetKind.DOUBLE)
UTF8 = ParquetType(ParquetKind.UTF8)
BINARY = ParquetType(ParquetKind.BINARY)
BOOL = ParquetType(ParquetKind.BOOL)
DATE = ParquetType(ParquetKind.DATE)
TIMESTAMP = ParquetType(ParquetKind.TIMESTAMP)
TIMESTAMP_UTC = ParquetType(ParquetKind.TIMESTAMP_UTC)


def decimal(precision: int, scale: int) -> ParquetType:
    return ParquetType(ParquetKind.DECIMAL, precision, scale)


@dataclass(frozen=True)
class Bytes:
    """A file in memory."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]


@dataclass(frozen=True)
class Plan:
    """One column of a file: what it is called, declared as, and written as."""

    name: str
    kind: ColumnKind
    planned: ParquetType

    @property
    def column(self) -> Column:
        is_decimal = self.planned.kind is ParquetKind.DECIMAL
        return Column(self.name, "", self.kind, decimals=self.planned.scale if is_decimal else None)


def encoder_of(plans: Sequence[Plan], compression: Compression = Compression.ZSTD) -> ParquetEncoder:
    return ParquetEncoder(
        [plan.column for plan in plans],
        [plan.name for plan in plans],
        [plan.planned for plan in plans],
        compression,
    )


def body_of(encoder: FileEncoder, frames: Iterable[pl.DataFrame]) -> bytes:
    return encoder.header() + b"".join(encoder.encode(frame, 0) for frame in frames)


def whole_file(encoder: FileEncoder, frames: Sequence[pl.DataFrame]) -> bytes:
    body = body_of(encoder, frames)
    return body + b"".join(encoder.trailer(Bytes(body), sum(frame.height for frame in frames)))


def frame_of(*series: pl.Series) -> pl.DataFrame:
    return pl.DataFrame([one.alias(str(number)) for number, one in enumerate(series)])


def mixed(values: Sequence[Any]) -> pl.Series:
    rows = [None if value is None else {FIELDS[type(value)]: value} for value in values]
    return pl.Series(rows, dtype=MIXED)


def opened(data: bytes) -> Any:  # noqa: ANN401 - a pyarrow.parquet.ParquetFile
    return pq.ParquetFile(io.BytesIO(data))


def by_pyarrow(data: bytes) -> list[tuple[Any, ...]]:
    table = opened(data).read()
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def by_duckdb(data: bytes, folder: Path, where: str = "true") -> list[tuple[Any, ...]]:
    path = folder / "file.parquet"
    path.write_bytes(data)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(f"SELECT * FROM read_parquet('{path}') WHERE {where}").fetchall()
