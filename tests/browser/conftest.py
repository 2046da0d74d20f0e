"""One Chromium and a few editions for all page tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import edition_maker
import edition_sizes
from variorum import site
from variorum.config import Config

from .chromium import browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    with browser() as running:
        yield running


def _made(tables: Any, folder: Path) -> Path:
    assert site.publish(tables, folder, {"title": "Maid of Asker and Tolven", "edition": "3f9c1e"}, Config()) == []
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(edition_maker.small(), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(edition_sizes.hostile(), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def middle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(edition_sizes.large(60, 260), tmp_path_factory.mktemp("middle"))


@pytest.fixture(scope="session")
def long_line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(edition_sizes.long_line(), tmp_path_factory.mktemp("long"))
