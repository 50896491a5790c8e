"""OpenDocument (ISO 26300): texts (.odt) and spreadsheets (.ods), a zip archive of XML each.

styles.py       how text looks by the styles
text.py         the runs of a paragraph
document.py     a text document: paragraphs and tables
spreadsheet.py  the sheets of a spreadsheet
"""
