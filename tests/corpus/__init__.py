"""The corpus: reports made up by us in every shape that sites publish, each with its truth.

How a document is made, one module a step::

    figures.py     draws figures that satisfy the relations (or, where asked, break one)
    contents.py    prints each figure as a cell: 12, １２, 1,234, 22（其中修订16件）, blank, /
    unseen.py      puts beside some of them what nobody is to see: struck out, hidden, raised, covered
    statutory.py   lays the form's tables out as grids with merged cells, as the decree prints them
    wording.py     spoils the labels: spaces inside words, typos, line breaks
    prose.py       writes the title and the six sections
    surroundings.py what a site prints round a report
    page.py        puts these together: a Page and its Truth
    layouts/       turns a page into lines of text, one module a family of layouts
    formats/       turns a page into HTML, DOCX, XLSX or PDF
    scripts.py     traditional characters, Taiwan vocabulary, pinyin
    encodings.py   bytes
    damage.py      loses, repeats, swaps and merges lines and cells
    strangers.py   pages that are no report
    ancient.py     reports of the years before 2019, in another form
    spec.py        one document as data: every choice above, and a seed
    sample.py      which documents make up the corpus
    score.py       holds what gouji read against the truth
    __main__.py    ``make corpus``
"""
