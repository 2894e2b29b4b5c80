"""Colours of groups, the largest first, in pages, pictures and graph files.

After Okabe, M., Ito, K. (2008), "Color Universal Design", and Tol, P. (2021), "Colour Schemes": people with any colour vision
tell them apart. ``web/src/colours.js`` has the same, and lighter ones for dark pages.
"""

GROUPS = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#c58a00", "#3aa0d8", "#882255", "#6d7f1f", "#5b4fa8", "#a8643a")
REST = "#9aa3ad"
