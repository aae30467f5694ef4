"""Edit a project in a child that is killed at a random moment, again and again.

Run with the folder and the number of kills; prints how many edits were acknowledged and kept.
"""

import os
import random
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

from made_projects import LETTERS, hurry, make, rows

from narrator.project.project import Project

EDITS = 25  # before a child waits to be killed: all of them together are kept as steps of undo


def counted(project: Project) -> int:
    """Give the number that the second sentence of the letters says."""
    return int(project.sentences(LETTERS)[1].text)


def edit(path: Path, acknowledged: int, last: int) -> None:
    """Edit until killed, each edit another number, and tell each that has returned.

    last: what was acknowledged before. One more edit may be on the disk and not told yet, and the
    last one may be taken back to be done again.
    """
    project = Project.open(path)
    hurry(project)  # what is written outlives the program, synced or not
    number = project.sentences(LETTERS)[1].id
    if counted(project) < last:
        project.redo()
    if not last <= counted(project) <= last + 1:
        os._exit(1)
    count = counted(project)
    for _ in range(EDITS):
        count += 1
        project.change_text(number, str(count))
        os.write(acknowledged, count.to_bytes(4, "big"))
        if count % 7 == 0:
            project.undo()
            project.redo()
    signal.pause()


def kill_once(path: Path, chance: random.Random, last: int) -> int:
    """Give the last edit that was acknowledged before the kill."""
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        os.close(receiving)
        edit(path, sending, last)
    os.close(sending)
    first = os.read(receiving, 4)
    assert first, "an acknowledged edit was lost"
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = [first]
    while more := os.read(receiving, 4):
        told.append(more)
    os.close(receiving)
    return int.from_bytes(told[-1], "big")


def main(folder: Path, kills: int) -> None:
    """Kill and look after each kill: nothing acknowledged is lost, nothing is damaged."""
    chance = random.Random(7)
    with closing(make(folder)) as project:
        path = project.path
        number = project.sentences(LETTERS)[1].id
        project.change_text(number, "0")
    before = rows(path)
    last = 0
    for _ in range(kills):
        last = kill_once(path, chance, last)
    with closing(Project.open(path)) as project:
        hurry(project)
        assert last <= counted(project) + bool(project.redo_name)
        while counted(project):
            assert project.undo() is not None
    assert rows(path) == before
    sys.stdout.write(f"{last}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
