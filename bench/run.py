"""`make bench`: our app beside a bare Bolt app, in alternating rounds of one run.

Exit code 1 when an expectation is missed. What is measured, and how, stands in bench/README.md.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import apps, page
from bench.figures import Reading, Round, percentile, results, table
from bench.incidents import write_postmortems
from bench.workspace import CHANNELS, UNREAD, WITH_POSTMORTEM, WITHOUT, at_once, at_rate

PER_SECOND = 50
PAGE_ROUNDS = 3
BURSTS = 3
BURST_OF = 50
#: What a call of Slack's Web API takes on a usual day.
SLACK_TAKES = 0.12
#: The steady load, a third of the time each.
PHASES = {
    "to start a postmortem": WITHOUT,
    "in a channel not read yet": UNREAD,
    "of a stored one": WITH_POSTMORTEM,
}

Start = Callable[[apps.Slack, Path], AbstractAsyncContextManager[apps.App]]
#: What the fake Slack reports of the commands it sent, and `cpu`, what they cost.
Sent = dict[str, Any]


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4, help="rounds, each with both apps")
    parser.add_argument("--seconds", type=float, default=8.0, help="steady load in each round")
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


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for loopback and its key; Slack is never spoken to without one."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    words = f"""openssl req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256
        -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"""
    subprocess.run(words.split(), check=True, capture_output=True)  # noqa: S603 - our own words
    return certificate, key


async def _reading(start: Start, slack: apps.Slack, seconds: float) -> Reading:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        try:
            async with start(slack, folder) as app:
                if start is apps.ours:
                    await write_postmortems(apps.database_url(folder))
                return await _figures(app, slack, seconds)
        except BaseException:
            print((folder / apps.LOG).read_text()[-3000:], file=sys.stderr)
            raise


async def _figures(app: apps.App, slack: apps.Slack, seconds: float) -> Reading:
    await slack.send(at_rate(PER_SECOND, 2 * len(CHANNELS)))  # connections, caches, strangers
    phases = {
        name: await _steady(app, slack, channels, seconds / len(PHASES))
        for name, channels in PHASES.items()
    }
    bursts = [await slack.send(at_once(BURST_OF), SLACK_TAKES) for _ in range(BURSTS)]
    everything = (*phases.values(), *bursts)
    assert not any(each["complaints"] for each in everything), "people were told of errors"
    return {
        **_of_steady(phases),
        **_of_bursts(bursts),
        "commands lost": float(sum(each["opened"].count(None) for each in everything)),
        "resident memory": app.resident(),
        "ready after": app.ready,
    }


async def _steady(
    app: apps.App, slack: apps.Slack, channels: Sequence[str], seconds: float
) -> Sent:
    commands = at_rate(PER_SECOND, round(PER_SECOND * seconds), channels)
    before = app.cpu()
    sent = await slack.send(commands)
    return sent | {"cpu": (app.cpu() - before) * 1000 / len(commands)}


def _of_steady(phases: Mapping[str, Sent]) -> Reading:
    everything = list(phases.values())
    acknowledged, opened = _came("acknowledged", everything), _came("opened", everything)
    each = {f"... {name}, p50": percentile(_came("opened", [s]), 0.5) for name, s in phases.items()}
    return {
        "acknowledged, p50": percentile(acknowledged, 0.5),
        "acknowledged, p99": percentile(acknowledged, 0.99),
        "form opened, p50": percentile(opened, 0.5),
        "form opened, p99": percentile(opened, 0.99),
        **each,
        "CPU a command": sum(sent["cpu"] for sent in everything) / len(everything),
        **{f"... {name}": sent["cpu"] for name, sent in phases.items()},
    }


def _of_bursts(bursts: Sequence[Sent]) -> Reading:
    acknowledged, opened = _came("acknowledged", bursts), _came("opened", bursts)
    return {
        "burst: acknowledged, p99": percentile(acknowledged, 0.99),
        "burst: acknowledged, last": percentile(acknowledged, 1),
        "burst: form opened, p99": percentile(opened, 0.99),
        "burst: form opened, last": percentile(opened, 1),
    }


def _came(what: str, sent: Sequence[Sent]) -> list[float]:
    return [took for each in sent for took in each[what] if took is not None]


def main() -> int:
    """Measure, print, judge."""
    asked = options()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        rounds = asyncio.run(measure(asked, Path(folder)))
    found = results(rounds)
    print(table(found))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(each) for each in rounds], indent=1))
    missed = any(each.missed for each in [*found, *page.bench(PAGE_ROUNDS)])
    return 1 if missed and not asked.no_verdict else 0


if __name__ == "__main__":
    sys.exit(main())
