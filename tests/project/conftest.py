"""A project for each test, closed when it ends."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from made_projects import make

from narrator.project.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with closing(make(tmp_path)) as made:
        yield made
