"""The reference workload in Numba and NumPy: what `hinterland bench --workload city-choice` runs, without keyed random
numbers and without monotone choice.

    pip install numpy numba
    python benches/peers/city_choice.py [--agents N] [--ticks T] [--threads P] [--engine target/release/hinterland]

Everyone who reconsiders draws from cumulative tables by home that are built once a tick (the table form). Prints million
agent updates a second of each, and with --engine those of the engine, run in turns on the same machine: medians of the
rounds, and ratios.
"""

import argparse
import json
import statistics
import subprocess
import time

import numba
import numpy

CITIES = 50
REVISION = 0.1
MOVING_COST = 1.0

CITY = numpy.arange(CITIES)
PRODUCTIVITY = 1 + 0.5 * ((7 * CITY) % 50) / 50
LAND = 1 + ((13 * CITY) % 50) / 50
X, Y = CITY % 10, CITY // 10
NEARNESS = numpy.exp(-0.2 * numpy.hypot(X[:, None] - X, Y[:, None] - Y))


def tables(people):
    """Weights of cities by home, and their running sums: moving costs are left out."""
    wage = PRODUCTIVITY * people**0.05
    rent = people**0.3 / LAND
    weights = NEARNESS * (wage / rent**0.3)
    return weights, numpy.cumsum(weights, axis=1)


@numba.njit(parallel=True)
def numba_tick(home, place, age, weights, sums, counts):
    threads = counts.shape[0]
    counts[:] = 0
    agents = home.shape[0]
    more = numpy.exp(MOVING_COST) - 1
    for thread in numba.prange(threads):
        for agent in range(thread * agents // threads, (thread + 1) * agents // threads):
            age[agent] += 1
            if numpy.random.random() < REVISION:
                row = home[agent]
                here = place[agent]
                draw = numpy.random.random() * (sums[row, CITIES - 1] + more * weights[row, here])
                if draw < sums[row, CITIES - 1]:
                    place[agent] = numpy.searchsorted(sums[row], draw, side="right")
            counts[thread, place[agent]] += 1


class Numba:
    def __init__(self, agents, threads):
        numba.set_num_threads(threads)
        self.home = (numpy.arange(agents) * CITIES // agents).astype(numpy.uint8)
        self.place = self.home.copy()
        self.age = numpy.zeros(agents, dtype=numpy.uint8)
        self.counts = numpy.zeros((threads, CITIES), dtype=numpy.int64)
        self.people = numpy.bincount(self.place, minlength=CITIES).astype(float)

    def tick(self):
        weights, sums = tables(self.people)
        numba_tick(self.home, self.place, self.age, weights, sums, self.counts)
        self.people = self.counts.sum(axis=0).astype(float)


class NumPy:
    def __init__(self, agents, threads):
        self.random = numpy.random.default_rng(1)
        self.home = (numpy.arange(agents) * CITIES // agents).astype(numpy.uint8)
        self.place = self.home.copy()
        self.age = numpy.zeros(agents, dtype=numpy.uint8)

    def tick(self):
        people = numpy.bincount(self.place, minlength=CITIES).astype(float)
        weights, sums = tables(people)
        self.age += 1
        deciders = numpy.flatnonzero(self.random.random(self.home.size, dtype=numpy.float32) < REVISION)
        home, here = self.home[deciders], self.place[deciders]
        total = sums[home, -1]
        draw = self.random.random(deciders.size) * (total + (numpy.exp(MOVING_COST) - 1) * weights[home, here])
        moves = draw < total
        # One sorted array for all homes: the sums of a home come after those of the home before.
        shifted = (sums / sums[:, -1:] + CITY[:, None]).ravel()
        found = numpy.searchsorted(shifted, draw[moves] / total[moves] + home[moves], side="right") - CITIES * home[moves].astype(int)
        self.place[deciders[moves]] = numpy.minimum(found, CITIES - 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=1_000_000)
    parser.add_argument("--ticks", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--engine", help="the built program, to be run in turns with the peers")
    options = parser.parse_args()

    peers = {"Numba, parallel": Numba(options.agents, options.threads), "NumPy, one thread": NumPy(options.agents, 1)}
    for peer in peers.values():
        peer.tick()
    rates = {name: [] for name in peers}
    for _ in range(options.rounds):
        for name, peer in peers.items():
            start = time.perf_counter()
            for _ in range(options.ticks):
                peer.tick()
            rates[name].append(options.agents * options.ticks / (time.perf_counter() - start) / 1e6)
        for threads in {options.threads, 1} if options.engine else ():
            command = [options.engine, "bench", "--workload", "city-choice", "--json", "--quiet"]
            command += ["--agents", str(options.agents), "--ticks", str(options.ticks), "--threads", str(threads)]
            found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            found = found[0] if isinstance(found, list) else found
            rates.setdefault(f"engine, {threads} threads", []).append(found["agent_updates_per_second"] / 1e6)
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, rate in medians.items():
        print(f"{name:20} {rate:8.1f} million updates a second")
    if options.engine:
        print(f"engine over Numba, {options.threads} threads: {medians[f'engine, {options.threads} threads'] / medians['Numba, parallel']:.1f}")
        print(f"engine over NumPy, 1 thread: {medians['engine, 1 threads'] / medians['NumPy, one thread']:.1f}")


if __name__ == "__main__":
    main()
