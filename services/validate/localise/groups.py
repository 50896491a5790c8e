"""Broken relations grouped by their cause: those that some explanation mends together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.validate.localise.search import Search
from services.validate.localise.system import Changes, Residuals, System
from shared.form import Cell
from shared.report import Number


@dataclass(frozen=True, slots=True)
class Group:
    """``broken`` equations (by index) that have one cause, the sets of changes that mend them all, and the changes that
    every explanation makes."""

    broken: frozenset[int]
    solutions: tuple[Changes, ...]
    certain: Changes


def grouped(
    system: System,
    figures: Mapping[Cell, Number | None],
    residuals: Residuals,
    search: Search,
    guesses: Sequence[Changes],
) -> list[Group]:
    """The groups of ``residuals`` for which there is an explanation, by the smallest sets of changes that ``search``
    found and by ``guesses`` at known slips. Nothing is certain where the search was not exhaustive, or where a guess
    explains one of the relations otherwise."""
    smallest = [system.components(changes) for changes in search.changes]
    every = {part for parts in smallest for part in parts} | set(guesses)
    groups = []
    for broken in _joined(filter(None, (residuals.keys() & system.touched(part) for part in every))):
        minimal = dict.fromkeys(_within(system, parts, broken) for parts in smallest)
        known = [changes for guess in guesses if (changes := _completed(system, guess, broken, minimal))]
        solutions = tuple(dict.fromkeys([*minimal, *known]))
        if solutions := tuple(each for each in solutions if each and system.mends(figures, residuals, each)):
            certain = frozenset.intersection(*minimal) if minimal else frozenset()
            groups.append(Group(broken, solutions, certain - _contested(system, certain, guesses)))
    return groups


def _joined(sets: Iterable[set[int]]) -> list[frozenset[int]]:
    """The sets, those that have something in common as one."""
    joined: list[frozenset[int]] = []
    for each in sets:
        meeting = [other for other in joined if other & each]
        joined = [other for other in joined if not other & each] + [frozenset(each).union(*meeting)]
    return joined


def _within(system: System, parts: Sequence[Changes], broken: frozenset[int]) -> Changes:
    """Those of ``parts`` that mend some of ``broken``."""
    return frozenset[tuple[Cell, Number]]().union(*(part for part in parts if system.touched(part) & broken))


def _completed(system: System, guess: Changes, broken: frozenset[int], minimal: Iterable[Changes]) -> Changes | None:
    """``guess`` with what else ``broken`` needs: the parts of a smallest set that have nothing to do with it."""
    touched = system.touched(guess)
    if not touched & broken:
        return None
    for changes in minimal:
        others = [part for part in system.components(changes) if not system.touched(part) & touched]
        completed = guess.union(*others)
        if broken <= system.touched(completed):
            return completed
    return guess if broken <= touched else None


def _contested(system: System, certain: Changes, guesses: Iterable[Changes]) -> Changes:
    """What of ``certain`` some guess leaves as it is, though it mends the same relations."""
    return frozenset(
        change
        for change in certain
        if any(change not in guess and system.touched(guess) & system.touched(frozenset([change])) for guess in guesses)
    )
