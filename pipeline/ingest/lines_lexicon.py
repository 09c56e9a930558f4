"""Function words: where they are rare, a line is no running text."""

_FUNCTION_WORDS_WORDS = """
a about after all also although among an and any are as at be because been before being between both but by can
could did do does during each either for from further had has have how however if in into is it its may might more
most must no not of on only or other our out over should since so some such than that the their them then there
these they this those through thus to under until up upon using was we were what when where whether which while who
whose will with within without would
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_WORDS.split())
