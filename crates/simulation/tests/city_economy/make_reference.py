"""Writes the figures of the mean-field statement of the model that tests/city_economy compares the engine with.

Usage: python make_reference.py PATH/TO/mean_field.py > reference.csv

Four places; people and firms stay where they are (a tenth of the countryside lives in cities), 5 quarters of burn-in,
then 40 quarters. Where the engine means something else, the statement is changed first, each change once:
 - the harvest comes first, from last quarter's town jobs, and this quarter's food price clears it;
 - what migrants send home buys food as rural people do: without it, utilities would depend on the unit of money;
 - an establishment leaves at a loss of a share of its fixed cost, not of a sum of money.
Migrants spend their whole housing share (hM = 1): what the statement does with the rest loses a little money.
Numbers read back as the same bits. Needs numpy.
"""
import sys

import numpy as np

CHANGES = [
    ("        if p['clear_food'] and hasattr(self,'YA'):\n            X=self.YA.sum()",
     "        if self.Atfp is None: self.Atfp = 1.0; self.Fbase = self.F.copy()\n"
     "        Fl = np.maximum(self.F - self.ET, 1e-9)\n"
     "        YA = self.Fbase * self.Atfp * (self.Ar / self.Ar0) ** p['bT'] * (Fl / self.Fbase) ** p['bL']"
     " * ((self.Ar / Fl) / (self.Ar0 / self.F00)) ** p['cons']\n"
     "        if p['clear_food']:\n            X=YA.sum()"),
    ("        Fl = np.maximum(self.F - self.ET, 1e-9)\n        if p['bL'] > 0:\n", "        if False:\n"),
    ("        else: YA = self.Fbase.copy()\n", ""),
    ("(lg(ym) - mu['A']*np.log(self.pA) -",
     "(lg(ym) - (1 - p['remit'] + p['remit'] * ren) * mu['A']*np.log(self.pA) -"),
    ("(prC_now < -.02 * p['fC'])", "(prC_now < -.02 * p['fC'] * cC)"),
]


def load(path):
    source = open(path).read()
    for old, new in reversed(CHANGES):
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    scope = {"__name__": "statement"}
    exec(compile(source, path, "exec"), scope)
    return scope["Model"]


def write(quarter, name, value):
    numbers = np.asarray(value, dtype=float).ravel()
    print(f"{quarter},{name},{';'.join(repr(float(x)) for x in numbers)}")


def write_quarter(quarter, model):
    for name in "pA w q wT h Yc Yf yF ET nC prof Gx Ek A ell G I vC vF lnP lnPF spend YA modern y".split():
        write(quarter, name, getattr(model, name))
    network = model.P_nu * np.log1p(model.M / model.P_M0)
    write(quarter, "vM", model.vM + network)


def main(path):
    model = load(path)(R=4, seed=1, hM=1.0, gA=0.0, g_plan=0.0, mig=False, firm_mig=False)
    spread = np.array([[4., 1., 2., 1.], [2., 3., 1., 1.], [3., 1., 2., 1.], [2., 1., 1., 3.]]) / 80
    model.M = model.F[:, None] * spread
    model.F = model.F - model.M.sum(1)
    model.F00 = model.F.copy()
    model.nT = model.P_nT0 * model.F
    model.ET = .1 * model.nT
    model.Yf = model.F.copy()
    for name in "d C M F Hc Ar Q n nT nC".split():
        write("start", name, getattr(model, name))
    for quarter in range(5):
        model.step(burn=True)
        if quarter in (0, 4):
            write_quarter(f"burn{quarter}", model)
    for quarter in range(40):
        model.step()
        if quarter in (0, 39):
            write_quarter(f"run{quarter}", model)


main(sys.argv[1])
