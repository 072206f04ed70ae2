"""Turns runs into the table of ratios."""

from collections.abc import Mapping
from statistics import median

from wrk import Run

Runs = Mapping[str, Mapping[str, list[Run]]]
"""Of each measure, of each contestant, one run a round."""

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
TITLES = {
    "list": "list of 24",
    "page": "product page",
    "add": "add to cart",
    "checkout": "whole checkout",
}
WANTED = {"list": (0.5, None), "page": (0.5, None), "add": (None, 1.5), "checkout": (None, 1.7)}
"""At least so many times the limit, and the yardstick."""
MOST_MEMORY = 150  # MB of a web worker


def table(runs: Runs, names: list[str], memory: list[float], facts: Mapping[str, str]) -> str:
    others = [name for name in ("limit", "yardstick") if name in names]
    head = ["a second, median of the rounds", *names, *(f"ours ÷ {other}" for other in others)]
    lines = [_row(head), _row(["---"] + ["--:"] * (len(head) - 1))]
    for measure, by_name in runs.items():
        rates = {name: median(run.rate for run in of) for name, of in by_name.items()}
        cells = [f"{rates[name]:,.0f}" if name in rates else "" for name in names]
        ratios = [_ratio(measure, by_name, other) for other in others]
        lines.append(_row([TITLES[measure], *cells, *ratios]))
    lines += ["", _costs(runs, names), ""]
    if memory:
        sizes = ", ".join(f"{size:.0f} MB" for size in memory)
        lines.append(
            f"Resident after the load, each web worker of ours: {sizes} (≤ {MOST_MEMORY})."
        )
    bad = sum(run.refused + run.broken for of in runs.values() for rs in of.values() for run in rs)
    lines.append(f"Answers other than success, and broken connections, in all rounds: {bad}.")
    lines += ["", "; ".join(f"{name}: {value}" for name, value in facts.items()) + "."]
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _ratio(measure: str, by_name: Mapping[str, list[Run]], other: str) -> str:
    """Say the ratio of the medians, the lowest and highest of a round, and what is wanted."""
    if other not in by_name or "ours" not in by_name:
        return ""
    mine, theirs = by_name["ours"], by_name[other]
    each = [a.rate / b.rate for a, b in zip(mine, theirs, strict=True)]
    ratio = median(run.rate for run in mine) / median(run.rate for run in theirs)
    least = WANTED[measure][0 if other == "limit" else 1]
    wanted = f" (≥ {least})" if least else ""
    return f"**{ratio:.2f}**{wanted}, {min(each):.2f} to {max(each):.2f}"


def _costs(runs: Runs, names: list[str]) -> str:
    lines = [_row(["processor µs: server + PostgreSQL", *names])]
    lines.append(_row(["---"] + ["--:"] * len(names)))
    for measure, by_name in runs.items():
        cells = [TITLES[measure]]
        for name in names:
            of = by_name.get(name)
            cost = of and (median(r.server_us for r in of), median(r.database_us for r in of))
            cells.append(f"{cost[0]:,.0f} + {cost[1]:,.0f}" if cost else "")
        lines.append(_row(cells))
    return "\n".join(lines)


def filled(page: str, text: str) -> str:
    """Put the table between the marks of a page."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"
