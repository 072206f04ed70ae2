"""What Lighthouse says of the pages that buyers see, of a shop in production's settings.

It needs Node, npm and Chromium. Anything else that the machine does meanwhile lowers the first of
the four figures: each page is looked at several times, and the median counts. See README.md.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from contestants import HERE, Contestant, call, environment, running
from inside import PORT, counting, in_production

PROGRAM = [sys.executable, "-m", "trastienda"]
FOLDER = HERE / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
FORMS: dict[str, list[str]] = {"mobile": [], "desktop": ["--preset=desktop"]}
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --ignore-certificate-errors"
QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund")
NOT_FOR_SEARCH = "--skip-audits=is-crawlable"
"""A cart is not for search engines, so it is not asked whether they may list it."""
Scores = dict[str, float]


def pages(one: Contestant) -> Iterator[tuple[str, str, list[str]]]:
    """Give the name and the address of each page, and what Lighthouse is told about it."""
    with psycopg.connect(one.database) as connection:
        rows = connection.execute(
            "SELECT products.slug, variants.sku FROM products"
            " JOIN variants ON variants.product_id = products.id"
            " JOIN stock ON stock.variant_id = variants.id AND on_hand - reserved > 0"
            " WHERE products.published ORDER BY products.created_at, sku LIMIT 3"
        ).fetchall()
    lines = [{"sku": sku, "quantity": 1} for _, sku in rows]
    cart = json.loads(one.ask("POST", "/v1/carts", json.dumps({"lines": lines})))["id"]
    cookie = json.dumps({"Cookie": f"__Host-cart={cart}.{len(lines)}"})
    yield "home", "/", []
    yield "list", "/products", []
    yield "product", f"/products/{rows[0][0]}", []
    yield "cart", "/cart", [f"--extra-headers={cookie}", NOT_FOR_SEARCH]


def looked_at(url: str, told: list[str], work: Path) -> Any:  # noqa: ANN401 - JSON
    """Return Lighthouse's report about a page."""
    report = work / "report.json"
    command = [str(FOLDER / "node_modules/.bin/lighthouse"), url, "--quiet", "--output=json"]
    command += [f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags={CHROMIUM}", *told]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    call(FOLDER, environment(CHROME_PATH=chromium), *command)
    return json.loads(report.read_text())


def scores(report: Any) -> Scores:  # noqa: ANN401 - JSON
    return {name: report["categories"][name]["score"] * 100 for name in CATEGORIES}


def faults(report: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return the names of audits that were not passed and count."""
    counted = [
        audit["id"]
        for name in CATEGORIES
        for audit in report["categories"][name]["auditRefs"]
        if audit["weight"]
    ]
    found = {it: report["audits"][it]["score"] for it in counted}
    return [it for it, score in found.items() if score is not None and score < LEAST / 100]


def rows(one: Contestant, given: argparse.Namespace) -> Iterator[str]:
    yield f"| median of {given.times} | {' | '.join(CATEGORIES)} | not passed |"
    yield "|---|--:|--:|--:|--:|---|"
    for name, path, told in pages(one):
        for form, options in FORMS.items():
            reports = [
                looked_at(one.url + path, [*options, *told], given.work) for _ in range(given.times)
            ]
            found = [scores(report) for report in reports]
            cells = [f"{median(it[name] for it in found):.0f}" for name in CATEGORIES]
            missed = sorted({it for report in reports for it in faults(report)})
            yield f"| {name}, {form} | {' | '.join(cells)} | {', '.join(missed)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="for each page")
    parser.add_argument("--work", type=Path, default=HERE / ".work" / "lighthouse")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    # A lock file without addresses cannot say what "latest" was: package.json says it instead.
    call(FOLDER, environment(), "npm", "ci", *QUIETLY)
    with counting(given.work) as server:
        told = environment(**in_production(server.url, given.work), TRASTIENDA_WORKERS="1")
        call(HERE, told, *PROGRAM, "migrate")
        call(HERE, told | {"TRASTIENDA_ENV": "development"}, *PROGRAM, "seed", "--demo")
        address, authority = f"https://localhost:{PORT}", given.work / "shop" / "tls" / "ca.pem"
        serve = [*PROGRAM, "serve"]
        one = Contestant("lighthouse", address, server.url, serve, HERE, told, authority)
        with running(one, given.work / "server.log"):
            for row in rows(one, given):
                print(row, flush=True)
    print("load: {:.1f} {:.1f} {:.1f}".format(*os.getloadavg()))


if __name__ == "__main__":
    main()
