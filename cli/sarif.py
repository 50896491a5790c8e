"""Judgements as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the file."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cli.checked import Checked
from shared.form.catalogue import Rule, rules
from shared.report import Diagnosis, Finding, Judgement, Report
from shared.version import VERSION

_LINE = re.compile(r"^L(\d+)(?:C(\d+))?$")


def sarif(checked: Sequence[Checked]) -> dict[str, Any]:
    """One run over all files; those that could not be read are notifications of an unsuccessful one."""
    unreadable = [_notification(one) for one in checked if one.rejected]
    run = {
        "tool": {"driver": {"name": "gouji", "version": VERSION, "rules": [_SLIP, *map(_rule, rules().values())]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not unreadable, "toolExecutionNotifications": unreadable}],
        "results": [
            result
            for one in checked
            if one.report and one.judgement
            for result in _results(one.source, one.report, one.judgement)
        ],
    }
    return {"version": "2.1.0", "runs": [run]}


_SLIP: dict[str, Any] = {
    "id": "diagnosis",
    "shortDescription": {"text": "填报无误"},
    "help": {"text": "若干关系不成立而原因只有一处时，指出应改的单元格"},
    "defaultConfiguration": {"level": "error"},
}
"""What a slip that explains several findings is reported as."""


def _results(source: str, report: Report, judgement: Judgement) -> Iterator[dict[str, Any]]:
    """The slips, then the findings one by one."""
    yield from (_slip(source, report, diagnosis) for diagnosis in judgement.diagnoses)
    yield from (_result(source, report, finding) for finding in judgement.findings)


def _slip(source: str, report: Report, diagnosis: Diagnosis) -> dict[str, Any]:
    readings = [diagnosis.changes] if diagnosis.changes else [other.changes for other in diagnosis.alternatives]
    cells = list(dict.fromkeys(change.cell for changes in readings for change in changes))
    return {
        "ruleId": _SLIP["id"],
        "level": "error",
        "message": {"text": diagnosis.message},
        "locations": [_located(source, report, [cell], [cell]) for cell in cells],
        "properties": diagnosis.model_dump(mode="json", exclude={"message"}),
    }


def _located(source: str, report: Report, cells: list[str], names: list[str]) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _physical(source, report, cells)}
    if names:
        location["logicalLocations"] = [{"fullyQualifiedName": name} for name in names]
    return location


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.holds},
        "help": {"text": rule.source},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(source: str, report: Report, finding: Finding) -> dict[str, Any]:
    cells = [finding.suspect.cell] if finding.suspect else list(finding.cells[:1])
    properties = {
        "at": finding.at,
        "expected": finding.expected,
        "actual": finding.actual,
        "cells": list(finding.cells),
        "quote": finding.quote,
        "place": finding.place,
        "explanations": [found.model_dump(mode="json") for found in finding.explanations],
    }
    return {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [_located(source, report, cells, cells or [finding.at])],
        "properties": properties,
    }


def _physical(source: str, report: Report, cells: list[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(source)}
    line = next((found for cell in cells if (found := _LINE.match(report.sources.get(cell, "")))), None)
    if line:
        place["region"] = {"startLine": int(line[1])}
    return place


def _artifact(source: str) -> dict[str, str]:
    path = Path(source)
    return {"uri": path.as_uri() if path.is_absolute() else path.as_posix()}


def _notification(checked: Checked) -> dict[str, Any]:
    rejected = checked.rejected
    part = f"第{checked.part}份：" if checked.part else ""
    return {
        "level": "error",
        "message": {"text": f"{part}{rejected.code}: {rejected.detail}" if rejected else ""},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(checked.source)}}],
    }
