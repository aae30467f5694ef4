"""A training run that knows its budget: learning rate by elapsed time, log, progress, resume."""

import csv
import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

SAVE_EVERY_SECONDS = 120.0
LONGEST_STEP_SECONDS = 30.0  # longer, and the process slept
LOG_EVERY_STEPS = 50
STATE = "state.pt"


def seed_all(seed: int) -> None:
    """Make every source of chance start from `seed`."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def read_state(folder: Path) -> dict[str, Any]:
    """Read what a run saved: its config, its averaged weights under "average", and what it goes on
    from.
    """
    state: dict[str, Any] = torch.load(folder / STATE, map_location="cpu", weights_only=True)
    return state


def write_state(folder: Path, state: Mapping[str, Any]) -> None:
    """Write the state so that a kill at any moment leaves the old one or the new one."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "state.part"
    torch.save(dict(state), part)
    part.replace(folder / STATE)


def begin_with(start: Path, model: nn.Module, judges: nn.Module) -> None:
    """Give `model` the averaged weights of a run, and `judges` what that run's had learned."""
    state = read_state(start)
    model.load_state_dict(state["average"])
    if "judges" in state:
        judges.load_state_dict(state["judges"])


def averaged_over(runs: Sequence[Path]) -> dict[str, Tensor]:
    """Give the mean of the averaged weights of runs that began with the same ones.

    Raises ValueError where they differ in shape. Source: model soups (Wortsman et al. 2022, arXiv
    2203.05482), section 2.
    """
    states = [read_state(folder) for folder in runs]
    for folder, state in zip(runs, states, strict=True):
        if state["config"] != states[0]["config"]:
            raise ValueError(f"{folder} trained another shape than {runs[0]}: there is no mean")
    weights = [state["average"] for state in states]
    return {name: torch.stack([one[name] for one in weights]).mean(dim=0) for name in weights[0]}


class Run:
    """Steps until the budget is spent, then the run is complete and its rate has fallen to zero.

    folder: where state.pt and log.csv stand. budget: seconds of training, saved time included.
    A folder with a state goes on where it stopped, with the same weights, moments and elapsed time.
    """

    def __init__(
        self, folder: Path, *, budget: float, config: dict[str, Any], warmup: float = 0.03
    ) -> None:
        """config: the shapes of what is trained, kept beside the weights."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.config = config
        self.budget = budget
        self.warmup = warmup
        self.step = 0
        self.elapsed = 0.0
        self.parts: dict[str, Any] = {}

    def track(self, **parts: Any) -> None:
        """Name what is saved and restored: modules, optimisers, averages."""
        self.parts.update(parts)

    def resume(self) -> None:
        """Restore the tracked parts from an interrupted run in the same folder, if there is one.

        Raises ValueError where there are only weights to begin with.
        """
        if not (self.folder / STATE).exists():
            return
        state = read_state(self.folder)
        if "step" not in state:
            raise ValueError(f"{self.folder} is what others begin with: name another folder")
        self.step, self.elapsed = state["step"], state["elapsed"]
        for name, part in self.parts.items():
            part.load_state_dict(state[name])

    def save(self) -> None:
        """Write all that the run goes on from."""
        state = {name: part.state_dict() for name, part in self.parts.items()}
        own = {"step": self.step, "elapsed": self.elapsed, "config": self.config}
        write_state(self.folder, state | own)

    @property
    def progress(self) -> float:
        """The spent share of the budget, 0 to 1."""
        return min(1.0, self.elapsed / self.budget) if self.budget > 0 else 1.0

    def rate(self) -> float:
        """The factor on the learning rate: linear warm-up, then a cosine to zero."""
        if self.progress < self.warmup:
            return max(0.01, self.progress / self.warmup)
        return 0.5 * (1 + math.cos(math.pi * (self.progress - self.warmup) / (1 - self.warmup)))

    def steps(self, *optimisers: torch.optim.Optimizer) -> Iterator[int]:
        """Yield step numbers until the budget is spent, with the rate of each step already set."""
        base = [[group["lr"] for group in one.param_groups] for one in optimisers]
        if self.step:
            base = [[group["initial_lr"] for group in one.param_groups] for one in optimisers]
        for one, rates in zip(optimisers, base, strict=True):
            for group, rate in zip(one.param_groups, rates, strict=True):
                group["initial_lr"] = rate
        last_save = self.elapsed
        while self.progress < 1:
            began = time.monotonic()
            for one in optimisers:
                for group in one.param_groups:
                    group["lr"] = group["initial_lr"] * self.rate()
            yield self.step
            self.step += 1
            self.elapsed += min(time.monotonic() - began, LONGEST_STEP_SECONDS)
            if self.elapsed - last_save > SAVE_EVERY_SECONDS:
                self.save()
                last_save = self.elapsed
        self.save()

    def log(self, **values: float | torch.Tensor) -> None:
        """Append a line to log.csv and print it, every LOG_EVERY_STEPS steps."""
        if self.step % LOG_EVERY_STEPS:
            return
        row: Mapping[str, float] = {"step": self.step, "seconds": round(self.elapsed, 1)} | {
            name: round(float(torch.as_tensor(value).detach()), 5) for name, value in values.items()
        }
        path = self.folder / "log.csv"
        fresh = not path.exists()
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(row))
            if fresh:
                writer.writeheader()
            writer.writerow(row)
        shown = "  ".join(f"{name} {value:.4g}" for name, value in row.items())
        print(f"{shown}  {self.budget - self.elapsed:.0f} s left", flush=True)


class Average:
    """An exponential moving average of a module's weights: what is evaluated and shipped."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {
            name: value.detach().clone().float() for name, value in module.state_dict().items()
        }

    @torch.no_grad()
    def update(self, module: nn.Module, step: int) -> None:
        """Move a little towards the module; faster in the first steps, which start from noise."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for name, value in module.state_dict().items():
            self.weights[name].lerp_(value.float(), 1 - decay)

    def state_dict(self) -> dict[str, Tensor]:
        """Give the averaged weights, by name."""
        return dict(self.weights)

    def load_state_dict(self, weights: Mapping[str, Tensor]) -> None:
        """Go on from saved averages."""
        self.weights = {name: weights[name].to(old.device) for name, old in self.weights.items()}
