"""Workbooks (.xlsx, .xls, .xlsb): each sheet a table, its cells as a spreadsheet shows them."""
