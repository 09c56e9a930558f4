"""Building and measuring the vocabulary that ships with the project; never needed at run time."""
