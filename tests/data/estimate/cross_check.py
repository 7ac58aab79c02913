#!/usr/bin/env python3
"""Writes cross_check.tsv: expressions with the values that an independent evaluator gives them.

Run by hand: python3 cross_check.py > cross_check.tsv
Numbers are exact fractions wherever that is possible; functions use formulas other than the program's own.
Columns: expression, value in base units (bit, second, dollar, thing), powers of the base units.
"""

import math
import random
from fractions import Fraction

random.seed(20261122)

DAY = 86400
UNITS = {
    "B": (8, {"bit": 1}),
    "KB": (8 * 10**3, {"bit": 1}),
    "MB": (8 * 10**6, {"bit": 1}),
    "GB": (8 * 10**9, {"bit": 1}),
    "TB": (8 * 10**12, {"bit": 1}),
    "KiB": (8 * 2**10, {"bit": 1}),
    "MiB": (8 * 2**20, {"bit": 1}),
    "GiB": (8 * 2**30, {"bit": 1}),
    "TiB": (8 * 2**40, {"bit": 1}),
    "bit": (1, {"bit": 1}),
    "kbit": (10**3, {"bit": 1}),
    "Mbit": (10**6, {"bit": 1}),
    "Gbit": (10**9, {"bit": 1}),
    "Mbps": (10**6, {"bit": 1, "s": -1}),
    "Gbps": (10**9, {"bit": 1, "s": -1}),
    "ms": (Fraction(1, 1000), {"s": 1}),
    "us": (Fraction(1, 10**6), {"s": 1}),
    "s": (1, {"s": 1}),
    "min": (60, {"s": 1}),
    "h": (3600, {"s": 1}),
    "day": (DAY, {"s": 1}),
    "week": (7 * DAY, {"s": 1}),
    "month": (30 * DAY, {"s": 1}),
    "year": (365 * DAY, {"s": 1}),
    "user": (1, {"user": 1}),
    "req": (1, {"req": 1}),
    "requests": (1, {"req": 1}),
    "server": (1, {"server": 1}),
    "QPS": (1, {"req": 1, "s": -1}),
    "$": (1, {"$": 1}),
    "%": (Fraction(1, 100), {}),
}
PLAIN_UNITS = [name for name in UNITS if name not in ("$", "%")]


def combine(a, b, sign):
    powers = dict(a)
    for axis, power in b.items():
        powers[axis] = powers.get(axis, 0) + sign * power
    return {axis: power for axis, power in powers.items() if power}


class Value:
    def __init__(self, number, powers, text, whole=False):
        self.number, self.powers, self.text = number, powers, text
        # Whether the text needs no parentheses.
        self.whole = whole

    def inner(self):
        return self.text if self.whole else f"({self.text})"


def number_text():
    kind = random.randrange(6)
    if kind == 0:
        n = random.randrange(1, 1000)
        return str(n), Fraction(n)
    if kind == 1:
        n = random.randrange(1, 100000)
        return f"{n / 100:.2f}", Fraction(n, 100)
    if kind == 2:
        n = random.randrange(1000, 10**9)
        return f"{n:,}", Fraction(n)
    if kind == 3:
        n, (suffix, factor) = random.randrange(1, 999), random.choice([("k", 10**3), ("M", 10**6), ("bn", 10**9)])
        return f"{n}{suffix}", Fraction(n * factor)
    if kind == 4:
        n, e = random.randrange(1, 99), random.randrange(-3, 9)
        return f"{n}e{e}", Fraction(n) * Fraction(10) ** e
    n = random.randrange(1000, 10**7)
    return f"{n:_}", Fraction(n)


def literal():
    text, number = number_text()
    kind = random.randrange(8)
    if kind == 0:
        return Value(number, {}, text, True)
    if kind == 1:
        return Value(number / 100, {}, text + "%", True)
    if kind == 2:
        return Value(number, {"$": 1}, "$" + text, True)
    first = random.choice(PLAIN_UNITS)
    scale, powers = UNITS[first]
    number, text = number * scale, f"{text} {first}"
    for _ in range(random.randrange(3)):
        name = random.choice([n for n in PLAIN_UNITS if n not in ("Mbps", "Gbps", "QPS")])
        scale, more = UNITS[name]
        number, powers = number / scale, combine(powers, more, -1)
        text += random.choice(["/", " per "]) + name
    # A month in the price would mean 730 h; there is no money in these.
    return Value(number, powers, text, True)


def expression(depth):
    if depth == 0 or random.random() < 0.15:
        return literal()
    kind = random.randrange(6)
    a, b = expression(depth - 1), expression(depth - 1)
    if kind == 0:
        return Value(a.number * b.number, combine(a.powers, b.powers, 1), f"{a.inner()} * {b.inner()}")
    if kind == 1 and b.number:
        return Value(a.number / b.number, combine(a.powers, b.powers, -1), f"{a.inner()} / {b.inner()}")
    if kind == 2:
        # The same dimension by construction: a plus a multiple of itself.
        factor = random.randrange(2, 9)
        return Value(a.number * (1 + factor), a.powers, f"{a.inner()} + {factor} * {a.inner()}")
    if kind == 3:
        # Without cancellation: a difference of near equals would lose digits in any float.
        return Value(a.number * Fraction(-1, 2), a.powers, f"{a.inner()} / 2 - {a.inner()}")
    if kind == 4:
        power = random.randrange(2, 4)
        powers = {axis: own * power for axis, own in a.powers.items()}
        return Value(a.number**power, powers, f"({a.text})^{power}")
    pct = random.randrange(1, 100)
    return Value(b.number * Fraction(pct, 100), b.powers, f"{pct}% of {b.inner()}")


def functions():
    yield "sqrt(2)", 2**0.5, {}
    for n in (10, 1000):
        yield f"log2({n})", math.log(n) / math.log(2), {}
        yield f"ln({n})", math.log(n), {}
    for a in (99, 99.9, 99.95, 99.99, 99.999):
        yield f"downtime({a}%)", (1 - a / 100) * 365 * DAY, {"s": 1}
        yield f"nines({a}%)", -math.log(1 - a / 100, 10), {}
        for n in (1, 2, 3):
            yield f"parallel({a}%, {n})", 1 - (1 - a / 100) ** n, {}
    for k, n in ((1, 1), (2, 3), (3, 5), (17, 20), (400, 500)):
        for p in (0.5, 0.9, 0.99):
            exact = sum(
                math.comb(n, i) * Fraction(p).limit_denominator() ** i * (1 - Fraction(p).limit_denominator()) ** (n - i)
                for i in range(k, n + 1)
            )
            yield f"k_of_n({k}, {n}, {p})", float(exact), {}
    for n, bits in ((10, 16), (100, 20), (1000, 30)):
        different = Fraction(1)
        for i in range(n):
            different *= 1 - Fraction(i, 2**bits)
        # The program's approximation differs by about n / 2^bits.
        if n / 2**bits < 1e-4:
            yield f"birthday({n}, {bits})", float(1 - different), {}
    for n, p in ((1e6, 0.01), (1e9, 0.001)):
        yield f"bloom_bits({n:.0f}, {p * 100:g}%)", -n * math.log(p) / math.log(2) ** 2, {"bit": 1}
    for c, load in ((1, 0.5), (3, 2), (10, 8), (50, 45), (150, 140)):
        # Straight from the definition, with exact fractions.
        a = Fraction(load).limit_denominator()
        top = a**c / math.factorial(c) * c / (c - a)
        wait = top / (sum(a**k / math.factorial(k) for k in range(c)) + top)
        yield f"erlang_c({load}, {c})", float(wait), {}
        yield f"mmc_wait({load * 10:g} req/s, 10 req/s, {c})", float(wait / (c * 10 - a * 10)), {"s": 1}


def main():
    written = 0
    while written < 600:
        value = expression(random.randrange(1, 5))
        number = float(value.number)
        if value.text.count(" ") > 150 or not 1e-100 < abs(number) < 1e100:
            continue
        if any(abs(power) > 20 for power in value.powers.values()):
            continue
        print_row(value.text, number, value.powers)
        written += 1
    for text, number, powers in functions():
        print_row(text, number, powers)


def print_row(text, number, powers):
    shown = " ".join(f"{axis}:{power}" for axis, power in sorted(powers.items()))
    print(f"{text}\t{number!r}\t{shown}")


main()
