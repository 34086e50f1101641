"""A deterministic simulation: people, a PSP, a network and a clock around the real product, all driven by one seed.

`python -m tests.simulation --seeds 10000` runs many; `--seed N --trace` shows one again, step by step.

steps       who acts next: one actor at a time, between boundaries, chosen by the seed
faults      what may go wrong, how often in this seed, and how often it did
intents     what a PSP keeps
card_data   the number that must be nowhere
psp         its own truth: the oracle that our books are held against
wire        the network between us and the PSP
house       one process of ours on the shared database file; it can die and start again
laws        what must be true, after each step and in the end
"""
