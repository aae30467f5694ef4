"""An installation for the tests of voices and consents."""

from pathlib import Path

import pytest
from own_voice import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")
