"""The gold set and its measures: labels, matching, scores, agreement, reconciliation and gates.

What the layers above use: ``load_gold`` (``gold``), ``evaluate`` (``reconciliation``), ``check_gate`` (``gates``).
"""
