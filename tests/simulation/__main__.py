"""`python -m tests.simulation --seeds 10000`: runs seeds until one breaks a law, and says what was thrown at them."""

import argparse
import os
import sys
import time
from collections import Counter

from tests.simulation.many import outcomes_of, run_batch
from tests.simulation.plants import PLANTS
from tests.simulation.running import Outcome


def main() -> int:
    """Answers 1 when a seed broke a law."""
    asked = _asked()
    if asked.seed is not None:
        (outcome,) = run_batch([asked.seed], asked.plant, trace=asked.trace)
        print("\n".join(outcome.trace))
        print(f"seed {outcome.seed}: {outcome.steps} steps, {outcome.broken or 'clean'}")
        return int(outcome.broken is not None)
    started = time.monotonic()
    faults: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    seeds = steps = 0
    broken: Outcome | None = None
    seeds_asked = range(asked.first, asked.first + asked.seeds)
    for outcome in outcomes_of(seeds_asked, asked.plant, jobs=asked.jobs):
        seeds, steps = seeds + 1, steps + outcome.steps
        faults += outcome.faults
        reached += outcome.reached
        if outcome.broken is not None:
            broken = outcome
            break
        if seeds % 500 == 0:
            print(f"… {seeds} seeds, {steps} steps", file=sys.stderr)
    seconds = time.monotonic() - started
    for end, count in sorted(reached.items()):
        print(f"{count:9}  {end}")
    for kind, count in sorted(faults.items()):
        print(f"{count:9}  {kind}")
    print(f"{faults.total():9}  faults injected")
    print(f"{seeds} seeds, {steps} steps in {seconds:.0f} s: {seeds / seconds:.1f} seeds a second")
    if broken is None:
        print("all clean")
        return 0
    plant = f" --plant {asked.plant}" if asked.plant else ""
    (again,) = run_batch([broken.seed], asked.plant, trace=True)
    print("\n".join(again.trace))
    print(f"seed {broken.seed} broke a law: {broken.broken}")
    print(f"replay: python -m tests.simulation{plant} --seed {broken.seed} --trace")
    return 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first one")
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--trace", action="store_true", help="show it step by step")
    parser.add_argument("--plant", choices=sorted(PLANTS), help="a bug to be found")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
