"""Names of files that ask for what is not built yet."""

import pytest

from dataflow_desktop.domain.export_spec import check_format
from dataflow_desktop.errors import ConfigurationError, ReasonCode


@pytest.mark.parametrize("name", ["a.csv", "a.CSV", "a", "a.txt", ".csv", "a.gz.csv", "ordner.gz/a.csv"])
def test_a_name_that_promises_nothing_else_becomes_csv(name: str) -> None:
    check_format(f"/folder/{name}")


@pytest.mark.parametrize(
    "name", ["a.tsv", "a.jsonl", "a.parquet", "a.xlsx", "a.csv.gz", "a.csv.zst", "A.XLSX"]
)
def test_a_name_that_promises_another_format_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_format(f"/folder/{name}")
    assert caught.value.reason.code == ReasonCode.FORMAT_NOT_BUILT.name
