"""The gold set and its measures: labels, matching, scores, agreement and reconciliation."""
