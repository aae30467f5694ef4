"""What many tests share: a fake voice and a studio around it."""

from pathlib import Path

import pytest
from fake_voice import FakeVoice, build_studio

from narrator.studio.studio import Studio


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice()


@pytest.fixture
def studio(tmp_path: Path, voice: FakeVoice) -> Studio:
    return build_studio(tmp_path / "home", voice)
