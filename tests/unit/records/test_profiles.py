"""Profiles of exports: saved as a list that is never lost, and given away as a file that anybody can read."""

import json
from pathlib import Path

import pytest

from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.domain.file_options import Compression, DelimitedOptions, FileFormat, FileOptions
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.domain.row_query import Condition, Operator, Search, SortColumn
from dataflow_desktop.errors import ConfigurationError, DestinationError, ReasonCode, RefusedError
from dataflow_desktop.records.profiles import ProfileStore, read_profile, write_profile

FULL = ExportProfile(
    "Bücher & mehr",
    "products",
    "/data/shop.db",
    FileOptions(
        FileFormat.CSV, Compression.GZIP, DelimitedOptions(";", null_text="NULL"), (("price", "Preis"),)
    ),
    ("id", "price"),
    (
        Condition("category", Operator.IN, ("Books", "Toys, old")),
        Condition("price", Operator.GREATER, (9.5,)),
        Condition("id", Operator.NOT_EQUAL, (5,)),
        Condition("raw", Operator.EQUAL, (b"\x00\xff",)),
        Condition("name", Operator.NOT_NULL),
    ),
    Search("ultra"),
    (SortColumn("price", is_descending=True), SortColumn("id")),
    Consistency.SNAPSHOT,
    InvalidText.REPLACE,
)
BARE = ExportProfile("a", "products", "/data/shop.db")
WRONG = ExportProfile("w", options=FileOptions(delimited=DelimitedOptions(",", null_text=",")))


@pytest.fixture
def file(home: Path) -> Path:
    return home / "profiles.json"


def test_profiles_come_back_by_name_and_whole(file: Path) -> None:
    ProfileStore(file).save(FULL)
    ProfileStore(file).save(BARE)
    assert ProfileStore(file).profiles() == [BARE, FULL]
    assert ProfileStore(file).profile("Bücher & mehr") == FULL


def test_one_of_the_same_name_is_replaced_and_a_deleted_one_is_gone(file: Path) -> None:
    store = ProfileStore(file)
    store.save(FULL)
    other = ExportProfile(FULL.name, "orders")
    store.save(other)
    assert store.profiles() == [other]
    store.delete(FULL)
    assert store.profiles() == []


def test_an_unknown_name_is_refused_with_the_known_ones(file: Path) -> None:
    ProfileStore(file).save(FULL)
    with pytest.raises(ConfigurationError) as caught:
        ProfileStore(file).profile("books")
    assert caught.value.reason.code == ReasonCode.PROFILE_UNKNOWN.name
    assert FULL.name in caught.value.reason.hint


def test_options_that_no_encoder_can_follow_are_not_saved(file: Path) -> None:
    with pytest.raises(ConfigurationError):
        ProfileStore(file).save(WRONG)
    assert not file.exists()


def damaged(profile: dict[str, object]) -> bytes:
    return json.dumps({"version": 1, "profiles": [profile]}).encode()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b'{"version": 1}', damaged({}), damaged({"name": ""}),
     damaged({"name": "w", "options": {"delimited": {"delimiter": "ab"}}}),
     json.dumps({"version": 2, "profiles": []}).encode()],
)  # fmt: skip
def test_what_cannot_be_read_is_put_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = ProfileStore(file)
    assert store.profiles() == []
    assert store.notice is not None
    (aside,) = file.parent.iterdir()
    assert aside.read_bytes() == content


@pytest.mark.parametrize("profile", [FULL, BARE])
def test_a_profile_travels_as_a_file(tmp_path: Path, profile: ExportProfile) -> None:
    path = tmp_path / "p.json"
    write_profile(path, profile)
    assert read_profile(path) == profile
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert stored["dataflow_profile"] == 1
    assert stored["profile"]["name"] == profile.name
    assert f'"name": "{profile.name}"' in path.read_text(encoding="utf-8")  # as people write it


def test_a_file_is_only_replaced_when_that_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text("mine")
    with pytest.raises(RefusedError):
        write_profile(path, FULL)
    assert path.read_text() == "mine"
    write_profile(path, FULL, is_overwrite_allowed=True)
    assert read_profile(path) == FULL
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "p.json", tmp_path):
        with pytest.raises(DestinationError):
            read_profile(path)
    with pytest.raises(DestinationError):
        write_profile(tmp_path / "no" / "p.json", FULL)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ReasonCode.PROFILE_FILE_WRONG),
        (b"SQLite format 3\x00\xff\xfe", ReasonCode.PROFILE_FILE_WRONG),
        (b"[1, 2]", ReasonCode.PROFILE_FILE_WRONG),
        (b"[" * 100_000, ReasonCode.PROFILE_FILE_WRONG),
        (b'{"version": 1, "profiles": []}', ReasonCode.PROFILE_FILE_WRONG),
        (b'{"dataflow_profile": 1}', ReasonCode.PROFILE_FILE_WRONG),
        (b'{"dataflow_profile": "1", "profile": {}}', ReasonCode.PROFILE_FILE_WRONG),
        (b'{"dataflow_profile": 0, "profile": {"name": "x"}}', ReasonCode.PROFILE_FILE_WRONG),
        (b'{"dataflow_profile": 1, "profile": {"name": " "}}', ReasonCode.PROFILE_FILE_WRONG),
        (b'{"dataflow_profile": 1, "profile": {"name": "x", "options": 5}}', ReasonCode.PROFILE_FILE_WRONG),
        (b'{"dataflow_profile": 2, "anything": {}}', ReasonCode.PROFILE_FILE_NEWER),
    ],
)
def test_a_file_that_is_no_profile_is_refused_in_words(
    tmp_path: Path, content: bytes, code: ReasonCode
) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        read_profile(path)
    assert caught.value.reason.code == code.name
    assert str(path) in caught.value.reason.message
    assert path.read_bytes() == content
