import csv
from itertools import islice
from pathlib import Path

import pytest
import torch
from torch import nn

from narrator.training import run as runs
from narrator.training.run import Average, Run, averaged_over, read_state, seed_all

RATE = 0.1


class Toy:
    """A line that is fitted, with all that a run keeps of it."""

    def __init__(self, folder: Path, budget: float, inputs: int = 2) -> None:
        seed_all(3)
        self.inputs = inputs
        self.module = nn.Linear(inputs, 1)
        self.optimiser = torch.optim.AdamW(self.module.parameters(), lr=RATE)
        self.average = Average(self.module, 0.9)
        self.run = Run(folder, budget=budget, config={"inputs": inputs})
        self.run.track(module=self.module, optimiser=self.optimiser, average=self.average)
        self.run.resume()

    def train(self, steps: int | None = None) -> list[int]:
        done = []
        for step in islice(self.run.steps(self.optimiser), steps):
            loss = (self.module(torch.ones(8, self.inputs)) - 4).square().mean()
            self.optimiser.zero_grad()
            loss.backward()
            self.optimiser.step()
            self.average.update(self.module, step)
            self.run.log(loss=loss)
            done.append(step)
        return done


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toy:
    """A run that saves after every step and would go on for an hour."""
    monkeypatch.setattr(runs, "SAVE_EVERY_SECONDS", 0.0)
    return Toy(tmp_path, budget=3600)


def weights(module: nn.Module) -> list[float]:
    return torch.cat([value.flatten() for value in module.state_dict().values()]).tolist()


def test_a_run_ends_when_its_budget_is_spent(tmp_path: Path) -> None:
    toy = Toy(tmp_path, budget=0.05)
    steps = toy.train()
    assert steps == list(range(len(steps)))
    assert toy.run.progress == 1
    assert read_state(tmp_path)["step"] == len(steps) > 0


def test_a_spent_budget_starts_nothing_anew(tmp_path: Path) -> None:
    before = Toy(tmp_path, budget=0.02)
    before.train()
    after = Toy(tmp_path, budget=0.02)
    assert after.train() == []
    assert weights(after.module) == weights(before.module)


def test_a_budget_of_nothing_trains_nothing(tmp_path: Path) -> None:
    assert Toy(tmp_path, budget=0).train() == []


def test_more_budget_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    steps = Toy(tmp_path, budget=0.02).train()
    assert Toy(tmp_path, budget=3600).train(2) == [len(steps), len(steps) + 1]


def test_an_interrupted_run_goes_on_with_the_same_step_time_and_weights(toy: Toy) -> None:
    toy.train(6)  # the sixth is under way when the run is stopped
    saved = read_state(toy.run.folder)
    again = Toy(toy.run.folder, budget=3600)
    assert again.run.step == 5
    assert 0 < again.run.elapsed == saved["elapsed"] <= toy.run.elapsed
    assert (
        weights(again.module) == torch.cat([w.flatten() for w in saved["module"].values()]).tolist()
    )
    assert again.optimiser.state_dict()["state"][0]["step"] == 5
    assert again.train(2) == [5, 6]


def test_a_resumed_run_ends_in_the_same_weights_as_one_that_was_not_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Run, "rate", lambda self: 1.0)
    monkeypatch.setattr(runs, "SAVE_EVERY_SECONDS", 0.0)
    whole = Toy(tmp_path / "whole", budget=3600)
    whole.train(10)
    Toy(tmp_path / "parts", budget=3600).train(5)
    resumed = Toy(tmp_path / "parts", budget=3600)
    resumed.train(6)
    assert weights(resumed.module) == pytest.approx(weights(whole.module), rel=1e-6)
    assert list(resumed.average.weights) == list(whole.average.weights)
    for name, value in whole.average.weights.items():
        assert torch.allclose(resumed.average.weights[name], value)


def test_the_learning_rate_warms_up_and_falls_to_zero(toy: Toy) -> None:
    rates = []
    for share in (0.0, 0.015, 0.03, 0.25, 0.5, 0.75, 1.0):
        toy.run.elapsed = share * toy.run.budget
        rates.append(toy.run.rate())
    assert rates[0] == 0.01
    assert rates[1] == pytest.approx(0.5)
    assert rates[2] == pytest.approx(1.0)
    assert rates[2:] == sorted(rates[2:], reverse=True)
    assert rates[-1] == pytest.approx(0.0, abs=1e-9)


def test_each_step_is_taken_at_its_own_rate_also_after_a_resume(toy: Toy) -> None:
    toy.train(2)
    assert toy.optimiser.param_groups[0]["lr"] == pytest.approx(0.01 * RATE)
    toy.run.elapsed = 0.5 * toy.run.budget
    toy.run.step = 1
    toy.run.save()
    again = Toy(toy.run.folder, budget=3600)
    again.train(1)
    assert again.optimiser.param_groups[0]["lr"] == pytest.approx(RATE * again.run.rate(), rel=0.01)
    assert again.run.rate() > 0.4


def test_the_log_can_be_plotted(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "LOG_EVERY_STEPS", 2)
    toy.train(7)
    with (toy.run.folder / "log.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["step"] for row in rows] == ["0", "2", "4", "6"]
    assert float(rows[0]["loss"]) > 1
    assert float(rows[0]["seconds"]) <= float(rows[-1]["seconds"])


def test_an_average_follows_its_module_slowly() -> None:
    module = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(module.weight)
    average = Average(module, 0.9)
    nn.init.ones_(module.weight)
    average.update(module, 0)
    assert average.weights["weight"].item() == pytest.approx(0.9)
    average.update(module, 10_000)
    assert average.weights["weight"].item() == pytest.approx(0.91)


def test_the_average_does_not_share_memory_with_the_module() -> None:
    module = nn.Linear(1, 1, bias=False)
    average = Average(module, 0.9)
    before = average.weights["weight"].item()
    nn.init.constant_(module.weight, 7)
    assert average.weights["weight"].item() == before


def test_the_time_that_a_machine_sleeps_is_no_training(
    toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 1.0, 1.0, 9_001.0, 9_001.0])
    monkeypatch.setattr(runs.time, "monotonic", lambda: next(clock))
    steps = toy.run.steps(toy.optimiser)
    for _ in range(3):
        next(steps)
    assert toy.run.elapsed == 1 + runs.LONGEST_STEP_SECONDS


def test_the_mean_of_two_runs_lies_between_them(tmp_path: Path, toy: Toy) -> None:
    toy.train(2)
    other = Toy(tmp_path / "other", budget=3600)
    other.train(4)
    one, two = (read_state(run)["average"] for run in (tmp_path, tmp_path / "other"))
    both = averaged_over([tmp_path, tmp_path / "other"])
    assert not torch.equal(one["bias"], two["bias"])
    assert torch.allclose(both["bias"], (one["bias"] + two["bias"]) / 2)
    assert torch.equal(averaged_over([tmp_path])["weight"], one["weight"])


def test_runs_of_different_shapes_have_no_mean(tmp_path: Path, toy: Toy) -> None:
    toy.train(2)
    Toy(tmp_path / "wider", budget=3600, inputs=3).train(2)
    with pytest.raises(ValueError, match="wider trained another shape"):
        averaged_over([tmp_path, tmp_path / "wider"])
