"""Labels as pages misprint them, mended among the tokens of a table.

Labels that the page broke over lines are joined again, even around their figures; misspelt ones are matched against
the labels that are still missing.
"""

from rapidfuzz import fuzz, process

from services.parse.label_key import label_key
from services.parse.table.tokens import Token
from services.parse.table.vocabulary import Role, Vocabulary

_REACH = 24  # tokens; how far the pieces of a broken label may lie apart, a row of figures between them
_PIECES = 6  # that a label is broken into at most; chosen
_MOST_GUESSES = 300  # words of a table; on a page with more there is nothing to mend
_LONGEST_LABEL = 45  # characters of a label key
_ALIKE = 66.0  # of 100 (rapidfuzz ratio): a label with a third of its characters wrong is still known
_MARGIN = 7.0  # of the same 100, before the next best label; chosen
_MOST_ADDED = 0.75  # of a label's length; with more behind or before it, a text is about something else
_DIRECTIONS = ("增加", "减少", "新增", "增", "减", "上升", "下降")


def mend_labels(tokens: list[Token], vocabulary: Vocabulary) -> None:
    """Makes labels, or parts of them, of the words among ``tokens``, where they can be nothing else."""
    _join_broken(tokens, vocabulary)
    _match_misspelt(tokens, vocabulary)
    _absorb_rests(tokens, vocabulary)


def _as(token: Token, role: Role) -> Token:
    return token._replace(kind=role.kind, key=role.key, column=role.column)


def _join_broken(tokens: list[Token], vocabulary: Vocabulary) -> None:
    for at, token in enumerate(tokens):
        if token.kind != "words":
            continue
        word = label_key(token.text)
        if word in vocabulary.prefixes and (joined := _continue(tokens, at, word, vocabulary)):
            role, pieces = joined
            tokens[at] = _as(token, role)
            for piece in pieces:
                tokens[piece] = tokens[piece]._replace(kind="rest", key=role.key)
        elif (half := vocabulary.half(word)) is not None:
            tokens[at] = _as(token, half)


def _continue(tokens: list[Token], at: int, word: str, vocabulary: Vocabulary) -> tuple[Role, list[int]] | None:
    """The label that begins with ``word``, and the tokens that continue it; one run of figures may lie between."""
    pieces: list[int] = []
    runs, running = 0, False
    for ahead in range(at + 1, min(at + _REACH, len(tokens))):
        token = tokens[ahead]
        if token.kind == "figure":
            runs, running = runs + (token.states and not running), running or token.states
            if runs > 1:
                return None
            continue
        running = False
        if token.kind == "words":
            longer = word + label_key(token.text)
            if (role := vocabulary.exact.get(longer)) is not None:
                return role, [*pieces, ahead]
            if longer in vocabulary.prefixes and len(pieces) < _PIECES:
                word = longer
                pieces.append(ahead)
                continue
            if not vocabulary.is_part_of_group(label_key(token.text)):
                return None
        elif token.kind not in ("group", "caption"):
            return None
    return None


def _match_misspelt(tokens: list[Token], vocabulary: Vocabulary) -> None:
    found = {token.key for token in tokens if token.kind == "row"}
    guesses = [at for at, token in enumerate(tokens) if token.kind == "words"]
    for at in guesses[:_MOST_GUESSES]:
        token = tokens[at]
        word = label_key(token.text)
        if not 2 < len(word) <= _LONGEST_LABEL or any(character.isdigit() for character in word[1:]):
            continue
        if _take_direction(tokens, at, word, vocabulary):
            continue
        role = _nearest(word, vocabulary)
        if role is None or role.kind == "either":
            continue
        if role.kind == "row":
            again = at > 0 and tokens[at - 1].key == role.key and tokens[at - 1].text == token.text
            if not again and (
                role.key in found or not _fits_between(tokens, at, vocabulary.rank[role.key], vocabulary)
            ):
                continue
            found.add(role.key)
        tokens[at] = _as(token, role)


def _take_direction(tokens: list[Token], at: int, word: str, vocabulary: Vocabulary) -> bool:
    """Parts ``word`` where it is a label and the way of a change (本年增/减 + 减少, before 4), which its figure has."""
    for way in _DIRECTIONS:
        label = word.removesuffix(way)
        if label != word and (role := vocabulary.exact.get(label)) is not None:
            tokens[at] = _as(tokens[at], role)
            if at + 1 < len(tokens) and tokens[at + 1].kind == "figure":
                figure = tokens[at + 1].figure._replace(direction=way)
                tokens[at + 1] = tokens[at + 1]._replace(figure=figure, number=None)
            return True
    return False


def _nearest(word: str, vocabulary: Vocabulary) -> Role | None:
    """The label that ``word`` is a misspelling of, if one is clearly nearer than all others."""
    best: Role | None = None
    best_score = runner_up = 0.0
    for known, score, _ in process.extract(
        word, vocabulary.words, scorer=fuzz.ratio, score_cutoff=_ALIKE - _MARGIN, limit=6
    ):
        role = vocabulary.exact[known]
        if known in word and len(word) - len(known) > _MOST_ADDED * len(known):
            continue
        if best is None:
            best, best_score = role, score
        elif role != best:
            runner_up = score
            break
    return best if best_score >= _ALIKE and best_score - runner_up >= _MARGIN else None


def _fits_between(tokens: list[Token], at: int, rank: int, vocabulary: Vocabulary) -> bool:
    """Whether a row of this ``rank`` may stand at ``at``, in the form's order among the rows around it."""
    before = next((t.key for t in reversed(tokens[:at]) if t.kind == "row"), None)
    after = next((t.key for t in tokens[at + 1 :] if t.kind == "row"), None)
    return (before is None or vocabulary.rank[before] < rank) and (after is None or rank < vocabulary.rank[after])


def _absorb_rests(tokens: list[Token], vocabulary: Vocabulary) -> None:
    """What is left of labels that were known by their first piece, numbers that stand apart from their label before its
    figures, and group labels that drift between rows."""
    row: Token | None = None
    left = ordinal = ""
    for at, token in enumerate(tokens):
        if token.kind == "row":
            row, left = token, _left_of(vocabulary.wholes[token.key], label_key(token.text))
            ordinal = label_key(vocabulary.table.rows[vocabulary.rank[token.key]].number)
        elif token.states:
            ordinal = ""
        elif token.kind == "words":
            word = label_key(token.text)
            if not word:
                tokens[at] = token._replace(kind="caption")
            elif row and (word == ordinal or _is_rest(token, word, row, left, vocabulary)):
                tokens[at] = token._replace(kind="rest", key=row.key)
            elif vocabulary.is_part_of_group(word):
                tokens[at] = token._replace(kind="caption", key="group")


def _is_rest(token: Token, word: str, row: Token, left: str, vocabulary: Vocabulary) -> bool:
    return len(word) > 1 and (word in left or token.at == row.at) and word in vocabulary.wholes[row.key]


def _left_of(whole: str, stated: str) -> str:
    """What of a label follows on the piece of it that is ``stated``."""
    known = next((end for end in range(len(whole), 0, -1) if whole[:end] in stated), 0)
    return whole[known:]
