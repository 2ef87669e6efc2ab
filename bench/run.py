"""`make bench`: our app beside a bare Bolt app, in alternating rounds of one run.

Exit code 1 when an expectation is missed. What is measured, and how, stands in bench/README.md.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import apps
from bench.figures import Reading, Result, Round, percentile, results, table
from bench.incidents import write_postmortems
from bench.workspace import CHANNELS, WITH_POSTMORTEM, Asked, at_once, at_rate

PER_SECOND = 50
BURSTS = 3
BURST_OF = 50
#: What a call of Slack's Web API takes on a usual day.
SLACK_TAKES = 0.12

Start = Callable[[apps.Slack, Path], AbstractAsyncContextManager[apps.App]]


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4, help="rounds, each with both apps")
    parser.add_argument("--seconds", type=float, default=6.0, help="steady load in each round")
    parser.add_argument("--plain", action="store_true", help="HTTP, where Slack has HTTPS")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every reading here too")
    parser.add_argument("--no-verdict", action="store_true", help="print, and exit with 0")
    return parser.parse_args()


async def measure(asked: argparse.Namespace, folder: Path) -> list[Round]:
    """All rounds; which app comes first alternates, so that neither has the warmer machine."""
    rounds = []
    secrets = (None, None) if asked.plain else make_certificate(folder)
    async with apps.slack(*secrets) as slack:
        for number in range(asked.rounds):
            order: list[Start] = [apps.bare, apps.ours]
            if number % 2:
                order.reverse()
            readings = {start: await _reading(start, slack, asked.seconds) for start in order}
            rounds.append(Round(readings[apps.bare], readings[apps.ours]))
            print(f"round {number + 1} of {asked.rounds} done", file=sys.stderr)
    return rounds


async def _reading(start: Start, slack: apps.Slack, seconds: float) -> Reading:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        async with start(slack, folder) as app:
            if start is apps.ours:
                await write_postmortems(apps.database_url(folder))
            try:
                return await _figures(app, slack, seconds)
            except BaseException:
                print((folder / apps.LOG).read_text()[-3000:], file=sys.stderr)
                raise


async def _figures(app: apps.App, slack: apps.Slack, seconds: float) -> Reading:
    await slack.send(at_rate(PER_SECOND, 2 * len(CHANNELS)))  # connections, caches, strangers
    commands = at_rate(PER_SECOND, round(PER_SECOND * seconds))
    before = app.cpu()
    steady = await slack.send(commands)
    used = app.cpu() - before
    bursts = [await slack.send(at_once(BURST_OF), SLACK_TAKES) for _ in range(BURSTS)]
    for each in (steady, *bursts):
        assert not each["complaints"], f"people were told: {each['complaints'][:3]}"
    return {
        **_steady(commands, steady),
        "CPU a command": used * 1000 / len(commands),
        **_burst(bursts),
        "commands lost": float(sum(each["opened"].count(None) for each in (steady, *bursts))),
        "resident memory": app.resident(),
        "ready after": app.ready,
    }


def _steady(commands: list[Asked], timings: dict[str, Any]) -> Reading:
    opened = list(zip((each.channel for each in commands), timings["opened"], strict=True))
    new = [took for channel, took in opened if channel not in WITH_POSTMORTEM]
    stored = [took for channel, took in opened if channel in WITH_POSTMORTEM]
    return {
        "acknowledged, p50": percentile(_came(timings["acknowledged"]), 0.5),
        "acknowledged, p99": percentile(_came(timings["acknowledged"]), 0.99),
        "form opened, p50": percentile(_came(timings["opened"]), 0.5),
        "form opened, p99": percentile(_came(timings["opened"]), 0.99),
        "... a new postmortem's, p50": percentile(_came(new), 0.5),
        "... a stored postmortem's, p50": percentile(_came(stored), 0.5),
    }


def _burst(bursts: list[dict[str, Any]]) -> Reading:
    acknowledged = [took for each in bursts for took in _came(each["acknowledged"])]
    opened = [took for each in bursts for took in _came(each["opened"])]
    return {
        "burst: acknowledged, p99": percentile(acknowledged, 0.99),
        "burst: form opened, p50": percentile(opened, 0.5),
        "burst: form opened, p99": percentile(opened, 0.99),
        "burst: form opened, last": max(opened),
    }


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for loopback and its key; Slack is never spoken to without one."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    words = f"""openssl req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256
        -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"""
    subprocess.run(words.split(), check=True, capture_output=True)  # noqa: S603 - our own words
    return certificate, key


def _came(timings: list[float | None]) -> list[float]:
    return [took for took in timings if took is not None]


def main() -> int:
    """Measure, print, judge."""
    asked = options()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        rounds = asyncio.run(measure(asked, Path(folder)))
    found: list[Result] = results(rounds)
    print(table(found))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(each) for each in rounds], indent=1))
    missed = any(each.missed for each in found)
    return 1 if missed and not asked.no_verdict else 0


if __name__ == "__main__":
    sys.exit(main())
