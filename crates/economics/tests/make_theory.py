"""Writes the table of theoretical figures with which tests/theory compares the closed forms.

Usage: python make_theory.py > theory_values.csv

Nothing here uses a closed form. Break points come from complete equilibria, solved from the equations of demand, supply
and income, whose stability is found by finite differences or as the largest eigenvalue of a numerical Jacobian; logits
with crowding from repetition; the spread of finite agents from the transition matrix of their chain; the best city size
from a search for the maximum. A line is: quantity, parameters, values; numbers within a cell are separated by a
semicolon. Needs numpy, scipy and mpmath.
"""
import mpmath as mp
import numpy as np
from scipy.optimize import brentq, fsolve

mp.mp.dps = 40
TASTES = [(5, 0.4), (5, 0.3), (4, 0.3), (3, 0.2), (10, 0.5), (1.5, 0.1), (2.5, 0.55), (7, 0.05), (20, 0.8)]


def write(quantity, parameters, values):
    cells = [";".join(repr(float(x)) for x in numbers) for numbers in (parameters, values)]
    print(f"{quantity},{cells[0]},{cells[1]}")


def solve(equations, start):
    """A root of a system in mpmath, by Newton's method on logarithms."""
    logs = lambda *x: equations([mp.e ** v for v in x])
    root = mp.findroot(logs, [mp.log(mp.mpf(x)) for x in start], tol=mp.mpf(10) ** -50, maxsteps=100)
    return [mp.e ** v for v in root]


def ring_costs(regions, cost):
    return [[cost ** min(abs(i - j), regions - abs(i - j)) for j in range(regions)] for i in range(regions)]


# ---- core and periphery: firms, workers and farmers given; unknown are wages and price indices ----

def equilibrium(workers, firms, farmers, costs, sigma, mu, start=None):
    sigma, mu = mp.mpf(sigma), mp.mpf(mu)
    places = range(len(workers))
    fixed = sum(workers) / (sigma * sum(firms))
    markup = sigma / (sigma - 1)

    def parts(x):
        wage, index = x[:len(workers)], x[len(workers):]
        profits = mu - sum(w * l for w, l in zip(wage, workers))
        income = [(1 - mu) * farmers[s] / sum(farmers) + wage[s] * workers[s] + profits * workers[s] / sum(workers)
                  for s in places]
        quantity = [sum(costs[r][s] * (wage[r] * markup * costs[r][s]) ** -sigma * mu * income[s] * index[s] ** (sigma - 1)
                        for s in places) for r in places]
        return wage, index, profits, income, quantity

    def equations(x):
        wage, index, profits, income, quantity = parts(x)
        labour = [firms[r] * (fixed + quantity[r]) / workers[r] - 1 for r in places]
        prices = [sum(firms[r] * (wage[r] * markup * costs[r][s]) ** (1 - sigma) for r in places) / index[s] ** (1 - sigma) - 1
                  for s in places]
        return labour + prices

    wage0 = mu / sum(workers)
    start = start or [wage0] * len(workers) + [wage0 * markup * sum(firms) ** (1 / (1 - sigma))] * len(workers)
    wage, index, profits, income, quantity = parts(solve(equations, start))
    rate = [wage[r] * markup * quantity[r] / sigma / (fixed * wage[r]) - 1 for r in places]
    return wage, index, profits / sum(workers), rate


def real_gap(share, cost, sigma, mu):
    """Difference of the logs of real wages of two like regions, firms in proportion to workers."""
    people, half = [mp.mpf(share), 1 - mp.mpf(share)], [mp.mpf(1) / 2] * 2
    wage, index, _, _ = equilibrium(people, people, half, ring_costs(2, mp.mpf(cost)), sigma, mu)
    return mp.log(wage[0] / wage[1]) - mu * mp.log(index[0] / index[1])


def bisect(f, low, high, rounds=70):
    """A root by bisection: slow, but it assumes nothing."""
    sign = f(low) > 0
    assert sign != (f(high) > 0), (low, high)
    for _ in range(rounds):
        middle = mp.sqrt(low * high)
        if (f(middle) > 0) == sign:
            low = middle
        else:
            high = middle
    return mp.sqrt(low * high)


def brackets(f, low, high, steps):
    grid = [mp.mpf(low) * (mp.mpf(high) / low) ** (mp.mpf(i) / steps) for i in range(steps + 1)]
    signs = [f(x) > 0 for x in grid]
    return [(a, b) for a, b, p, q in zip(grid, grid[1:], signs, signs[1:]) if p != q]


def slope(f):
    step = mp.mpf(10) ** -8
    half = mp.mpf(1) / 2
    return f(half + step) / step


def centre_gap(cost, sigma, mu):
    """What the first mover from a centre with everything would gain, from prices and demand at the centre."""
    sigma, mu, cost = mp.mpf(sigma), mp.mpf(mu), mp.mpf(cost)
    wage, spending = mu, [mu * ((1 - mu) / 2 + mu), mu * (1 - mu) / 2]
    markup = sigma / (sigma - 1)
    index = [wage * markup, wage * markup * cost]
    demand = lambda price, to, toll: toll * (price * toll) ** -sigma * spending[to] * index[to] ** (sigma - 1)
    # A firm needs 1/sigma workers of fixed work and breaks even selling (sigma - 1)/sigma.
    even = (sigma - 1) / sigma
    pays = solve(lambda x: [(demand(x[0] * markup, 0, cost) + demand(x[0] * markup, 1, mp.mpf(1))) / even - 1], [wage])[0]
    assert abs((demand(index[0], 0, mp.mpf(1)) + demand(index[0], 1, cost)) / even - 1) < 1e-30
    return mp.log(pays / wage) - mu * mp.log(index[1] / index[0])


def core_periphery():
    for sigma, mu in TASTES:
        top = 2 ** (mp.mpf(40) / sigma)
        f = lambda cost: slope(lambda share: real_gap(share, cost, sigma, mu))
        write("break", (sigma, mu), [bisect(f, mp.mpf(1.01), top)])
        write("sustain", (sigma, mu), [bisect(lambda cost: centre_gap(cost, sigma, mu), mp.mpf(1.02), top ** 2)])
    for sigma, mu, beta in [(5, 0.4, 20), (5, 0.4, 50), (5, 0.4, 200), (3, 0.3, 15), (2, 0.8, 50)]:
        f = lambda cost: beta * slope(lambda share: real_gap(share, cost, sigma, mu)) - 4
        found = [bisect(f, *pair) for pair in brackets(f, 1.003, 30, 60)]
        write("logit_break", (sigma, mu, beta), found)
        for share in [0.75, 0.995]:
            f = lambda cost: beta * real_gap(share, cost, sigma, mu) - mp.log(share / (1 - mp.mpf(share)))
            found = [bisect(f, *pair) for pair in brackets(f, 1.003, 30, 60)]
            write("logit_zero", (sigma, mu, beta, share), found)
    for sigma, mu in [(5, 0.4), (4, 0.3)]:
        for share in [0.6, 0.995]:
            found = [bisect(lambda cost: real_gap(share, cost, sigma, mu), mp.mpf(1.05), mp.mpf(4))]
            write("zero", (sigma, mu, share), found)
    for case, (workers, firms) in {"proportional": ([3, 2, 1], [3, 2, 1]), "uneven": ([3, 2, 1], [2.4, 2.3, 1.1])}.items():
        costs = [[1, 1.5, 2], [1.4, 1.1, 1.3], [2, 1.6, 1]]
        farmers = [1, 3, 2]
        for sigma, mu in [(5, 0.4), (2, 0.7)]:
            lift = lambda numbers: [mp.mpf(repr(x)) for x in numbers]
            wage, index, profit, rate = equilibrium(lift(workers), lift(firms), lift(farmers), [lift(r) for r in costs],
                                                    mp.mpf(repr(sigma)), mp.mpf(repr(mu)))
            write("short_run", [sigma, mu, *workers, *firms, *farmers, *sum(costs, [])], [*wage, *index, *rate, profit])


# ---- footloose entrepreneurs: unknown are rewards; profits are a margin of sales ----

def rewards(entrepreneurs, workers, free, sigma, mu):
    places = range(len(workers))
    sigma, mu = mp.mpf(sigma), mp.mpf(mu)
    price = sigma / (sigma - 1)
    toll = [[f ** (1 / (1 - sigma)) for f in row] for row in free]
    index = [sum(entrepreneurs[r] * (price * toll[r][s]) ** (1 - sigma) for r in places) ** (1 / (1 - sigma)) for s in places]

    def equations(x):
        income = [workers[s] + x[s] * entrepreneurs[s] for s in places]
        sold = [sum(toll[r][s] * (price * toll[r][s]) ** -sigma * mu * income[s] * index[s] ** (sigma - 1) for s in places)
                for r in places]
        return [(price - 1) * sold[r] / x[r] - 1 for r in places]

    return solve(equations, [mu / sigma] * len(workers)), index


def footloose_entrepreneur():
    half = [mp.mpf(1) / 2] * 2

    def gap(share, free, sigma, mu):
        reward, index = rewards([share, 1 - share], half, [[mp.mpf(1), free], [free, mp.mpf(1)]], sigma, mu)
        return mp.log(reward[0] / reward[1]) - mu * mp.log(index[0] / index[1])

    for sigma, mu in TASTES:
        f = lambda free: slope(lambda share: gap(share, free, sigma, mu))
        write("entrepreneur_break", (sigma, mu), [bisect(f, mp.mpf(0.001), mp.mpf(0.9999))])
        # A centre holds: the limit of shares that leave out ever fewer.
        f = lambda free: gap(1 - mp.mpf(10) ** -18, free, sigma, mu)
        write("entrepreneur_sustain", (sigma, mu), [bisect(f, mp.mpf(0.001), mp.mpf(0.9999))])
    for sigma, mu, share in [(5, 0.4, 0.6), (3, 0.2, 0.995)]:
        f = lambda free: gap(mp.mpf(share), free, sigma, mu)
        write("entrepreneur_zero", (sigma, mu, share), [bisect(f, mp.mpf(0.001), mp.mpf(0.9999))])
    for sigma, mu, beta, share in [(5, 0.4, 200, 0.75), (2, 0.5, 60, 0.995)]:
        f = lambda free: beta * gap(mp.mpf(share), free, sigma, mu) - mp.log(share / (1 - mp.mpf(share)))
        found = [bisect(f, *pair) for pair in brackets(f, 0.001, 0.9999, 80)]
        write("entrepreneur_logit_zero", (sigma, mu, beta, share), found)
    free = [[1, 0.3, 0.2], [0.35, 1, 0.5], [0.2, 0.4, 0.9]]
    for sigma, mu in [(5, 0.4), (2, 0.7)]:
        lift = lambda numbers: [mp.mpf(x) for x in numbers]
        reward, index = rewards(lift([3, 2, 1]), lift([1, 3, 2]), [lift(row) for row in free], sigma, mu)
        write("entrepreneur_short_run", [sigma, mu, 3, 2, 1, 1, 3, 2, *sum(free, [])], [*reward, *index])


# ---- footloose capital: the share of firms at which capital earns the same ----

def footloose_capital():
    for share, free in [(0.55, 0.3), (0.7, 0.6), (0.5, 0.9), (0.35, 0.2), (0.1, 0.8), (0.9, 0.05)]:
        def gap(n):
            return (share / (n + free * (1 - n)) + free * (1 - share) / (free * n + 1 - n)
                    - free * share / (n + free * (1 - n)) - (1 - share) / (free * n + 1 - n))
        inside = gap(0.0) > 0 > gap(1.0)
        write("capital", (share, free), [brentq(gap, 0, 1, xtol=1e-15) if inside else float(gap(0.5) > 0)])


# ---- land: rents divided among residents; unknown are wages, price indices and incomes ----

def land_equilibrium(people, land, costs, sigma, alpha):
    sigma, alpha = mp.mpf(sigma), mp.mpf(alpha)
    n = len(people)
    places = range(n)
    markup = sigma / (sigma - 1)

    def parts(x):
        # Scale by total income one; rents are all that is not spent on goods.
        wage, index, income = x[:n], x[n:2 * n], x[2 * n:]
        return wage, index, income, [(1 - alpha) * income[s] / land[s] for s in places]

    def equations(x):
        wage, index, income, rent = parts(x)
        sold = [sum(costs[r][s] * (wage[r] * markup * costs[r][s]) ** -sigma * alpha * income[s] * index[s] ** (sigma - 1)
                    for s in places) for r in places]
        goods = [sold[r] / ((sigma - 1) / sigma) - 1 for r in places]
        prices = [sum(people[r] * (wage[r] * markup * costs[r][s]) ** (1 - sigma) for r in places) / index[s] ** (1 - sigma) - 1
                  for s in places]
        budgets = [(wage[s] * people[s] + rent[s] * land[s]) / income[s] - 1 for s in places]
        return goods[:-1] + [sum(income) - 1] + prices + budgets       # one market clears by Walras' law

    total = sum(people)
    wage0 = alpha / total
    start = [wage0] * n + [wage0 * markup * total ** (1 / (1 - sigma))] * n + [p / total for p in people]
    wage, index, income, rent = parts(solve(equations, start))
    real = [income[s] / people[s] / index[s] ** alpha / rent[s] ** (1 - alpha) for s in places]
    return wage, index, rent, real


def land():
    def gap(share, cost, sigma, alpha):
        one = mp.mpf(1)
        real = land_equilibrium([share, 1 - share], [one, one], ring_costs(2, cost), sigma, alpha)[3]
        return mp.log(real[0] / real[1])

    for sigma, alpha in [(4, 0.8), (2, 0.6), (5, 0.75), (3, 0.9), (1.5, 0.6), (8, 0.95), (6, 0.8)]:
        f = lambda cost: slope(lambda share: gap(share, cost, sigma, alpha))
        write("land_break", (sigma, alpha), [bisect(f, *pair) for pair in brackets(f, 1.003, 500, 60)])
    costs = [[1, 1.5, 2], [1.4, 1.1, 1.3], [2, 1.6, 1]]
    for sigma, alpha in [(4, 0.8), (2, 0.6)]:
        lift = lambda numbers: [mp.mpf(repr(x)) for x in numbers]
        state = land_equilibrium(lift([3, 2, 1]), lift([1, 2, 1.5]), [lift(row) for row in costs],
                                 mp.mpf(repr(sigma)), mp.mpf(repr(alpha)))
        write("land_short_run", [sigma, alpha, 3, 2, 1, 1, 2, 1.5, *sum(costs, [])], sum(map(list, state), []))


# ---- ring: the largest eigenvalue of the Jacobian of real wages at the flat state ----

def ring():
    def log_real_wages(people, costs, sigma, mu):
        n = len(people)
        free = costs ** (1 - sigma)
        markup = sigma / (sigma - 1)

        def residual(logs):
            wage = np.exp(logs)
            supply = free.T @ (people * (wage * markup) ** (1 - sigma))
            income = (1 - mu) / n + wage * people
            sold = (wage * markup) ** -sigma * (free @ (mu * income / supply))
            return sold * sigma / (sigma - 1) - 1

        wage = np.exp(fsolve(residual, np.log(mu) * np.ones(n), xtol=1e-13))
        supply = free.T @ (people * (wage * markup) ** (1 - sigma))
        return np.log(wage) - mu * np.log(supply) / (1 - sigma)

    def fastest(n, sigma, mu, cost):
        costs = np.array(ring_costs(n, cost), float)
        step = 1e-4
        flat = np.full(n, 1 / n)
        # By symmetry one column of the Jacobian is all of it.
        bump = lambda size: log_real_wages(flat * np.exp(size * np.eye(n)[0]), costs, sigma, mu)
        column = (8 * (bump(step) - bump(-step)) - (bump(2 * step) - bump(-2 * step))) / (12 * step)
        growth = np.fft.fft(column).real[1:n // 2 + 1]
        return growth.max(), 1 + int(growth.argmax())

    for n in [2, 3, 4, 5, 6, 7, 8, 9, 12, 15]:
        for sigma, mu in [(5, 0.4), (3, 0.2), (8, 0.7)]:
            grid = np.geomspace(6, 1.05, 80)
            first = next(i for i, cost in enumerate(grid) if fastest(n, sigma, mu, cost)[0] > 0)
            cost = brentq(lambda c: fastest(n, sigma, mu, c)[0], grid[first], grid[first - 1], xtol=1e-13)
            write("ring", (n, sigma, mu), [cost, fastest(n, sigma, mu, cost * 0.9999)[1]])


# ---- logit ----

def logit():
    for attractions, beta, kappa in [([1, 1.5, 0.7], 3, 0.5), ([2, 1], 0.5, 2), ([1, 2, 3, 4], 8, 0.0)]:
        a = np.array(attractions, float)
        share = a / a.sum()
        for _ in range(4000):
            pull = np.exp(beta * (np.log(a) - kappa * np.log(share)))
            share = 0.9 * share + 0.1 * pull / pull.sum()
        write("crowded", [beta, kappa, *a], share)
    for n, lead, beta, kappa in [(30, 0.2, 2, 0.3), (7, -0.5, 1, 0.0), (100, 0.1, 5, 1.0)]:
        chain = np.zeros((n + 1, n + 1))
        for here in range(n + 1):
            # The agent drawn looks at both cities as they would be with it inside.
            if here < n:
                gain = lead - kappa * np.log(here + 1) + kappa * np.log(n - here)
                chain[here, here + 1] = (n - here) / n / (1 + np.exp(-beta * gain))
            if here > 0:
                gain = -lead - kappa * np.log(n - here + 1) + kappa * np.log(here)
                chain[here, here - 1] = here / n / (1 + np.exp(-beta * gain))
            chain[here, here] = 1 - chain[here].sum()
        system = np.vstack([chain.T - np.eye(n + 1), np.ones(n + 1)])
        chances = np.linalg.lstsq(system, np.r_[np.zeros(n + 1), 1.0], rcond=None)[0]
        count = np.arange(n + 1)
        mean = chances @ count
        write("finite_agents", (n, lead, beta, kappa), [mean, np.sqrt(chances @ (count - mean) ** 2)])


# ---- city size: search for the maximum ----

def city_size():
    def highest(f, low, high):
        ratio = (mp.sqrt(5) - 1) / 2
        for _ in range(180):
            left, right = high - ratio * (high - low), low + ratio * (high - low)
            low, high = (left, high) if f(left) < f(right) else (low, right)
        return low

    for a, eps, kap, gam in [(1, 0.06, 0.01, 1.2), (3, 0.05, 0.2, 0.5), (1, 0.1, 0.001, 2)]:
        income = lambda n: a * n ** mp.mpf(eps) * mp.e ** (-mp.mpf(kap) * n ** mp.mpf(gam))
        best = highest(income, mp.mpf(10) ** -6, mp.mpf(1000))
        write("best_size", (a, eps, kap, gam), [best, income(best), income(best / 2), income(best * 2)])
    for a, eps, kap, gam, base in [(1, 0.06, 0.01, 1.2, 0.5), (2, 0.3, 0.02, 0.7, 1), (1, 0.1, 0.001, 2, 4), (1, 0.05, 0.1, 1, 2)]:
        income = lambda n: a * (1 + n / mp.mpf(base)) ** mp.mpf(eps) * mp.e ** (-mp.mpf(kap) * n ** mp.mpf(gam))
        grid = [mp.mpf(0)] + [mp.mpf(10) ** (mp.mpf(i) / 20 - 5) for i in range(180)]
        top = max(range(len(grid)), key=lambda i: income(grid[i]))
        best = highest(income, grid[top - 1], grid[top + 1]) if top else 0
        write("best_size_bounded", (a, eps, kap, gam, base), [best, income(best)])


if __name__ == "__main__":
    print("# Written by: python make_theory.py > theory_values.csv")
    print("# quantity,parameters,values; see make_theory.py for what each means and how it is found.")
    for model in (core_periphery, footloose_entrepreneur, footloose_capital, land, ring, logit, city_size):
        model()
