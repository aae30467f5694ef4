"""The command line over a fake voice, for tests that stop or kill a whole process.

Arguments: the folder of the studio, seconds that each sentence takes, then narrator's own.
"""

import sys
import time
from pathlib import Path

from fake_voice import FakeVoice, build_studio

from narrator.cli import main as cli
from narrator.speech import Speech, SynthesisRequest


class SlowVoice(FakeVoice):
    """A fake voice that takes its time."""

    seconds = 0.0

    def speak(self, request: SynthesisRequest) -> Speech:
        time.sleep(self.seconds)
        return super().speak(request)


def run(home: Path, seconds: float, arguments: list[str]) -> int:
    voice = SlowVoice()
    voice.seconds = seconds
    code = cli.main(arguments, lambda folders: build_studio(home, voice), lambda *_: 0)
    (home / "spoken.txt").write_text(str(len(voice.spoken)), "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]))
