"""Loads WeasyPrint, the style sheet, the fonts and a first page once, in the process that documents are forked from."""

from core.pdf.document import make

make('<!doctype html><html lang="sv"><title>Prov</title><p>Åäö <b>1</b><table><tr><th>A<td>1</table></html>')
