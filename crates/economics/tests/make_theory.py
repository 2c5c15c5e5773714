"""Writes the table of theoretical figures with which tests/theory compares the closed forms.

Usage, in the folder of the repository:

    python crates/economics/tests/make_theory.py > crates/economics/tests/theory_values.csv

Nothing here uses a closed form. Break points come from complete equilibria, solved from the equations of demand, supply
and income, whose stability is found by finite differences or as the largest eigenvalue of a numerical Jacobian; the best
city size from a search for the maximum. A line is: quantity, parameters, values; numbers within a cell are separated by
a semicolon. All numbers have 40 digits before they are written, so that the table is the same on any machine. Needs
mpmath; takes some minutes.
"""
import mpmath as mp

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
        inside = gap(mp.mpf(0)) > 0 > gap(mp.mpf(1))
        write("capital", (share, free), [bisect(gap, mp.mpf(10) ** -9, mp.mpf(1)) if inside else gap(mp.mpf(1) / 2) > 0])


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
    def log_real_wages(people, free, sigma, mu, start, jacobian):
        """Clears the markets near the flat state by Newton's method with the Jacobian of that state."""
        n = len(people)
        markup = sigma / (sigma - 1)

        def parts(logs):
            price = [mp.e ** x * markup for x in logs]
            weight = [p * x ** (1 - sigma) for p, x in zip(people, price)]
            supply = [sum(free[(i - j) % n] * weight[i] for i in range(n)) for j in range(n)]
            spent = [mu * ((1 - mu) / n + x / markup * p) / s for x, p, s in zip(price, people, supply)]
            sold = [x ** -sigma * sum(free[(i - j) % n] * spent[j] for j in range(n)) for i, x in enumerate(price)]
            return [mp.log(q * markup) for q in sold], supply

        if jacobian is None:
            return parts(start)
        logs = start
        for _ in range(6):
            step = mp.lu_solve(jacobian, mp.matrix(parts(logs)[0]))
            logs = [x - s for x, s in zip(logs, step)]
        return [x - mu * mp.log(s) / (1 - sigma) for x, s in zip(logs, parts(logs)[1])]

    def fastest(n, sigma, mu, cost):
        sigma, mu, step = mp.mpf(sigma), mp.mpf(mu), mp.mpf(10) ** -12
        free = [x ** (1 - sigma) for x in ring_costs(n, cost)[0]]
        flat = [mp.mpf(1) / n] * n
        bump = lambda of, size: [x + size * (i == 0) for i, x in enumerate(of)]
        equal = mp.findroot(lambda x: log_real_wages(flat, free, sigma, mu, [x] * n, None)[0][0], mp.log(mu))
        excess = lambda size: log_real_wages(flat, free, sigma, mu, bump([equal] * n, size), None)[0]
        # By symmetry one column of a Jacobian is all of it.
        column = [(a - b) / (2 * step) for a, b in zip(excess(step), excess(-step))]
        jacobian = mp.matrix([[column[(i - j) % n] for j in range(n)] for i in range(n)])
        wages = lambda size: log_real_wages(bump(flat, size / n), free, sigma, mu, [equal] * n, jacobian)
        response = [(a - b) / (2 * step) for a, b in zip(wages(step), wages(-step))]
        growth = [sum(x * mp.cos(2 * mp.pi * m * i / n) for i, x in enumerate(response)) for m in range(1, n // 2 + 1)]
        return max(growth), 1 + growth.index(max(growth))

    for n in [2, 3, 4, 5, 6, 7, 8, 9, 12, 15]:
        for sigma, mu in [(5, 0.4), (3, 0.2), (8, 0.7)]:
            f = lambda cost: fastest(n, sigma, mu, cost)[0]
            cost = bisect(f, *brackets(f, 1.05, 6, 30)[-1])
            write("ring", (n, sigma, mu), [cost, fastest(n, sigma, mu, cost * 0.9999)[1]])


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


if __name__ == "__main__":
    print("# Made by: python crates/economics/tests/make_theory.py")
    print("# quantity,parameters,values; see make_theory.py for what each means and how it is found.")
    for model in (core_periphery, footloose_entrepreneur, footloose_capital, land, ring, city_size):
        model()
