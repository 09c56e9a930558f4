"""The learned judge: how likely a claim's drug, outcome and direction are right, from what the rules saw of it."""

from pipeline.judge.scoring import Features, Judge, Judgement, LinearScore, load_judge

__all__ = ["Features", "Judge", "Judgement", "LinearScore", "load_judge"]
