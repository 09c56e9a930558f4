"""Carries trained tags and trees over to a network with more inputs, which reads at first as the old one does.

Wider are the input layer (two columns of affixes beside the four of words) and the parser's state (thirteen tokens
for eight). What is new begins at zero, so that training goes on from the old figures.
"""

from __future__ import annotations

from typing import Any, Final

import numpy
from spacy.language import Language

# Where spaCy's thirteen state tokens hold what its eight hold: the left child of the buffer's first moves to the end.
_PLACES: Final = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 7, 6: 5, 7: 6}


def widen_syntax(nlp: Language, trained: Language) -> None:
    """Copy the weights of `trained` (tok2vec, tagger, parser) into `nlp`, which has been initialised.

    Raises:
        ValueError: the pipelines have other labels or layers.
    """
    _copy_layers(nlp, trained, "tok2vec")
    old_tagger, new_tagger = trained.get_pipe("tagger"), nlp.get_pipe("tagger")
    if tuple(old_tagger.labels) != tuple(new_tagger.labels):
        raise ValueError("expected one set of tags, found two")
    _copy_layers(nlp, trained, "tagger")
    old_moves, new_moves = _list_moves(trained), _list_moves(nlp)
    if set(old_moves) != set(new_moves):
        raise ValueError("expected one set of moves of the parser, found two")
    order = [old_moves.index(move) for move in new_moves]
    for old, new in _pair_layers(nlp, trained, "parser"):
        for name in old.param_names:
            before, after = old.get_param(name), new.get_param(name)
            if before.shape[0] == len(order):
                after = before[order]
            elif before.shape == after.shape:
                after = before.copy()
            else:
                after = numpy.zeros_like(after)
                states = (before, after) if name == "W" else (before[0], after[0])
                for place, new_place in _PLACES.items():
                    states[1][new_place] = states[0][place]
            new.set_param(name, after)


def average_syntax(nlp: Language, other: Language) -> None:
    """Set the weights of tags and trees of `nlp` to their mean with those of `other`, a pipeline of the same shape."""
    for component in ("tok2vec", "tagger", "parser"):
        for one, two in zip(_list_layers(nlp, component), _list_layers(other, component), strict=True):
            for name in one.param_names:
                one.set_param(name, (one.get_param(name) + two.get_param(name)) / 2)


def _copy_layers(nlp: Language, trained: Language, component: str) -> None:
    """Copy every layer; one with more columns gets zeros for the new ones, new tables of hashes stay as they are."""
    for old, new in _pair_layers(nlp, trained, component):
        for name in old.param_names:
            before = old.get_param(name)
            after = numpy.zeros_like(new.get_param(name))
            after[..., : before.shape[-1]] = before
            new.set_param(name, after)


def _pair_layers(nlp: Language, trained: Language, component: str) -> list[tuple[Any, Any]]:
    """Return the layers with weights of both pipelines side by side, tables of hashes by their column."""
    old, new = _list_layers(trained, component), _list_layers(nlp, component)
    tables = {layer.attrs["column"]: layer for layer in new if layer.name == "hashembed"}
    pairs = [(layer, tables[layer.attrs["column"]]) for layer in old if layer.name == "hashembed"]
    others = [[layer for layer in layers if layer.name != "hashembed"] for layers in (old, new)]
    if [layer.name for layer in others[0]] != [layer.name for layer in others[1]]:
        raise ValueError(f"{component}: expected the same layers in both pipelines")
    return pairs + list(zip(*others, strict=True))


def _list_layers(nlp: Language, component: str) -> list[Any]:
    model: Any = nlp.get_pipe(component).model
    return [layer for layer in model.walk() if layer.param_names]


def _list_moves(nlp: Language) -> list[str]:
    moves: Any = nlp.get_pipe("parser").moves
    return [moves.get_class_name(index) for index in range(moves.n_moves)]
