"""The tables of a page: from the text where one stands to a figure, or a doubt, for each of its cells."""
