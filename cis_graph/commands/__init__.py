"""Commands of the command line that have a module of their own, and what each of them ends with."""

DONE, DATA_SAY_NO, WRONG_USAGE, OUTSIDE_FAILED = 0, 1, 2, 3
