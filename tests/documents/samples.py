"""Old postmortems of nobody's, and what is read of them."""

from documents.document import Document
from documents.importing import read
from domain.passages import Passage

NAME = "2024-05-01 checkout.md"


def imported(text: str, name: str = NAME) -> Document:
    document = read(text, name).document
    assert document is not None
    return document


def timeline(text: str) -> list[tuple[str, str]]:
    """The entries below a heading, each as its instant and its words."""
    entries = imported(f"# Checkout down\n\n## Timeline\n\n{text}").entries
    return [(f"{each.at:%d %H:%M}", each.text) for each in entries]


def asked(text: str, heading: str = "Action items") -> list[str]:
    document = imported(f"# Checkout down\n\n## {heading}\n\n{text}")
    return [each.text for each in document.inherited]


def notes(document: Document) -> str:
    return document.passages.get(Passage.NOTES, "")


FULL = """\
---
title: Checkout refused cards
severity: SEV1
service: checkout
date: 2024-05-01
tags: [payments]
---
# Incident report: Checkout refused cards

**Status:** final
**Users affected:** 1,200 users

## Summary

Cards were refused.

## Impact

Every fourth order failed.

## Root cause

The certificate of the card gateway had expired.

## Contributing factors

- Nothing watched the certificate
- The runbook was for the old gateway

## Timeline (UTC)

| When | Who | What happened |
|------|-----|---------------|
| 14:03 | Ana | First alert: 5 % of orders fail |
| 14:40 | Bo | Resolved: new certificate |

## What went well

- Quick roll-back

## What went wrong

- Slow paging

## Follow-ups

1. [ ] Watch certificates
2. [x] Write a runbook

## Lessons learned

Certificates end.

## Metrics

- Time to detect: 12 min
- Time to recover: 1h 20m
- Pages sent: 4
"""
