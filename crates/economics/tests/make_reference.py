"""Writes the table of reference values that tests/reference replays.

Usage, in the folder of the repository:

    python crates/economics/tests/make_reference.py docs/reference/mean_field.py > crates/economics/tests/reference_values.csv

Runs the mean-field statement of the model and writes, for a few quarters of a few runs, the
parameters, the state before the quarter, and every quantity that the quarter computes. Numbers are
written so that reading them back gives the same bits. Needs numpy.
"""
import importlib.util
import sys

import numpy as np

CASES = {
    # name: (overrides, quarters). hM = 1: migrants spend the whole housing share, see tests/reference.
    "four": (dict(R=4, seed=1, hM=1.0), [0, 40]),
    "ten": (dict(R=10, seed=0, hM=1.0), [0, 40]),
    "transfer": (dict(R=4, seed=2, hM=1.0, transfer=True), [12]),
    "respending": (dict(R=4, seed=1), [40]),
}
STATE = """C M F Hc Ar Ar0 F00 Fbase home reserve waste pool_o Q n nT nC w q wT ET Ek spend spend_mult Yc Yf YA
Atfp wbar0 zv khv quota_pay quota_rev base d""".split()
LOCALS = """N I A ell LS wbar rK GSs GS c pr cT pT pab Sc Sf Scu ren rev revT rv cost costT ES prof profT
modern Einf costC LC landC lnGC prC_next prC_now LD h spH landexp wage capinc remit Fl TVE y rent_pc cap_pc
ycit ym lnP lnPF vC vF vM""".split()
AFTER = """I G A ell pA Gx Ek w q wT Yc Yf YA ET spend gdp n nT nC C M F Hc Ar home reserve waste pool_o
quota_pay quota_rev conv""".split()


def load(path):
    spec = importlib.util.spec_from_file_location("mean_field", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(case, quarter, name, value):
    numbers = np.asarray(value, dtype=float).ravel()
    print(f"{case},{quarter},{name},{';'.join(repr(float(x)) for x in numbers)}")


def write_parameters(case, quarter, parameters):
    for name, value in parameters.items():
        if name == "mu":
            for good, share in value.items():
                write(case, quarter, f"parameter.mu{good}", share)
        elif value is not None and not isinstance(value, (bool, str)) and not callable(value):
            write(case, quarter, f"parameter.{name}", value)


def step_with_locals(model):
    """One quarter, and the local variables of its step when it returns."""
    caught = {}

    def profiler(frame, event, _argument):
        if event == "return" and frame.f_code.co_name == "step":
            caught.update(frame.f_locals)

    sys.setprofile(profiler)
    try:
        model.step()
    finally:
        sys.setprofile(None)
    return caught


def main():
    mean_field = load(sys.argv[1])
    print("# Values of the mean-field reference that the equations of this crate must reproduce.")
    print("# Made by: python crates/economics/tests/make_reference.py docs/reference/mean_field.py")
    print("# case,quarter,name,values (row-major, separated by semicolons)")
    for case, (overrides, quarters) in CASES.items():
        model = mean_field.Model(**overrides)
        model.burnin(300)
        for quarter in range(max(quarters) + 1):
            if quarter not in quarters:
                model.step()
                continue
            write_parameters(case, quarter, model.p)
            for name in STATE:
                write(case, quarter, f"before.{name}", getattr(model, name))
            found = step_with_locals(model)
            for name in LOCALS:
                write(case, quarter, f"within.{name}", found[name])
            for good, spending in zip("LK", (found["E"][0], found["E"][1])):
                write(case, quarter, f"within.E{good}", spending)
            for name in AFTER:
                write(case, quarter, f"after.{name}", getattr(model, name))


if __name__ == "__main__":
    main()
